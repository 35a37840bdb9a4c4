"""What reaches a terminal: nothing that it would obey, columns that fit, and progress only where somebody watches."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from meterward.cli import progress
from meterward.cli.columns import print_columns, print_flow, print_items
from meterward.cli.plain import speak_plainly
from meterward.cli.progress import Watch
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Callable


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029"


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    cleaned = clean(text)
    assert not [one for one in cleaned if (ord(one) < 32 and one not in "\t\n") or 127 <= ord(one) < 160]
    assert not set(cleaned) & set(TURNS)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_what_is_harmless_stays(text: str) -> None:
    assert clean(text) == text


def printed(show: Callable[[Console], None], width: int) -> list[str]:
    """The lines that something prints on a console of a width."""
    file = io.StringIO()
    show(Console(file=file, width=width, highlight=False, markup=False))
    return file.getvalue().splitlines()


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=60), min_size=1, max_size=4), st.integers(8, 20))
def test_columns_fit_and_lose_no_word(texts: list[str], width: int) -> None:
    cells = [(Text(text), width) for text in texts]
    lines = printed(lambda on: print_columns(on, cells), 400)
    assert all(len(line) <= (width + 2) * len(texts) and line == line.rstrip() for line in lines)
    letters = sorted("".join("".join(lines).split()))
    assert letters == sorted("".join("".join(texts).split()))


def test_a_flow_breaks_between_its_items() -> None:
    items = [Text("one two"), Text("three four"), Text("five six")]
    assert printed(lambda on: print_flow(on, items), 22) == ["one two   three four", "five six"]


def test_labels_stand_in_one_column() -> None:
    lines = printed(lambda on: print_items(on, [("a", "first"), ("longer", "second")]), 40)
    assert [line.index(word) for line, word in zip(lines, ("first", "second"), strict=True)] == [10, 10]


def test_a_stream_without_utf8_gets_plain_characters() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    speak_plainly(stream)
    stream.write("“●” … ✕ 日")
    stream.flush()
    assert raw.getvalue() == b'"*" ... x ?'


class Screen(io.StringIO):
    """Standard error that is a terminal, or not."""

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        """Whether somebody watches."""
        return self.watched


@pytest.mark.parametrize(
    ("watched", "patience", "shown"), [(True, -1.0, True), (True, 3600.0, False), (False, -1.0, False)]
)
def test_progress_is_shown_after_a_while_and_to_somebody(
    watched: bool, patience: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(watched=watched)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with Watch() as watch:
        watch.show("Reading, 5,000 lines", 0.4)
        watch.show("Evaluating 5,000 records")
    assert ("Reading" in screen.getvalue()) is shown
    assert (screen.getvalue() != "") is shown
