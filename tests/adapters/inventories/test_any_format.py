"""What a file is, its content says; what is too large is not read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.base.problem import Code
from meterward.usecases.ports.inventories import Read, Tables
from tests.builders.inventories import read, wrong

if TYPE_CHECKING:
    from pathlib import Path


class Unread(io.BytesIO):
    """A file of two gigabytes of which nobody may read anything."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 2 * 2**30 if whence else offset

    def read(self, _: int | None = -1) -> bytes:
        raise AssertionError("it was read")


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read() -> None:
    found = AnyFormat().read(Unread(), "inventory.csv")
    assert isinstance(found, list)
    assert found[0].code is Code.FILE_TOO_LARGE
    assert "It has 2,048 MiB; an inventory has at most 64." in found[0].message


def test_so_is_one_that_is_there_on_the_disk(tmp_path: Path) -> None:
    place = tmp_path / "inventory.xlsx"
    with place.open("wb") as file:
        file.truncate(2 * 2**30)
    with place.open("rb") as file:
        found = AnyFormat().read(file, place.name)
    assert isinstance(found, list)
    assert [one.code for one in found] == [Code.FILE_TOO_LARGE]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old kind (XLS)"),
        (b"<?xml version='1.0'?><bom/>", "XML"),
        (b" \n<html>", "XML"),
    ],
)
def test_kinds_that_are_not_read_are_named(raw: bytes, said: str) -> None:
    (found,) = wrong(raw, "inventory.csv")
    assert found.code is Code.INVENTORY_UNKNOWN
    assert said in found.message


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="ignore")))
def test_no_bytes_at_all_make_it_break(raw: bytes) -> None:
    for name in ("a.csv", "a.yaml", "a.xlsx"):
        found = read(raw, name)
        assert isinstance(found, Read) or all(one.hint for one in found)


def test_tables_can_be_looked_at_before_anything_is_understood() -> None:
    found = AnyFormat().tables(io.BytesIO(b"Strange;Words\n1;2\n"), "a.csv")
    assert isinstance(found, Tables)
    assert (found.tables[0].headers, found.tables[0].rows[0].cells) == (("Strange", "Words"), ("1", "2"))
