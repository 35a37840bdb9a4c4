"""What is shown of a table before somebody says how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.usecases.head_columns import MOST_SAMPLES, MOST_WORDS, fitting, headed
from meterward.usecases.ports.inventories import ColumnMapping, Columns, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = ColumnMapping(())


def table(headers: Sequence[str], *rows: Sequence[str], title: str = "") -> Table:
    return Table(
        "file.csv", tuple(headers), [Row(tuple(cells), line) for line, cells in enumerate(rows, 2)], title=title
    )


def test_a_few_samples_and_a_few_unknown_words_are_shown_however_many_there_are() -> None:
    rows = [(f"a{place}", f"strange-{place}") for place in range(MOST_WORDS * 2)]
    tag, kind = headed(table(("id", "type"), ("", "head end"), *rows), NOTHING).headings
    assert tag.samples == ("a0", "a1", "a2")
    assert len(tag.samples) == MOST_SAMPLES
    assert kind.words == tuple(f"strange-{place}" for place in range(MOST_WORDS))


def test_what_was_kept_counts_where_all_its_headers_are_and_under_its_title_alone() -> None:
    kept = Columns("element", {"Tag": ("element",)})
    assert fitting([table(("Tag", "Other"))], [kept]).tables == (kept,)
    assert fitting([table(("Other",))], [kept]) == NOTHING
    titled = kept._replace(table="Assets")
    assert fitting([table(("Tag",), title="Sites")], [titled]) == NOTHING
    assert fitting([table(("Tag",), title="assets")], [titled]).tables == (titled._replace(table="assets"),)
