"""Texts that a spreadsheet would compute are none to it, wherever a cell begins for it, and come back as they were."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters.inventories.guarded import guarded, unguarded
from tests.builders.inventories import sound

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
TEXTS = st.text(st.sampled_from(f"{SIGNS};|\t' a("), max_size=12).map(str.strip)


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS, st.sampled_from(",;|\t"))
def test_no_cell_begins_as_a_formula_whatever_separates(text: str, between: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["one", guarded(text), "other"])
    (row,) = csv.reader([out.getvalue()], delimiter=between)
    assert not [cell for cell in row if re.match(f"[{re.escape(SIGNS)}]", cell.strip())]


@pytest.mark.parametrize("text", ["'a", "a; '-b'", "rock 'n' roll", "a'=b", "it's; it's", "'a;b"])
def test_an_apostrophe_of_somebody_else_stays(text: str) -> None:
    assert unguarded(text) == text


@pytest.mark.parametrize("text", ["\uff1d1+1", "a;=1", "=a;=b", "a;'=1", "-", "a;\uff20b"])
def test_a_label_is_the_same_after_the_file(text: str) -> None:
    row = f'id,name,category,operator,power,in service\nHES,"{guarded(text)}",network,licensee,within,2013-03-04\n'
    assert sound(row).drawn.elements["element/HES"].label == text
