"""Files that will not do: each is refused with its row and column, and leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import duckdb
import pytest

from meterward.adapters import coverage
from meterward.adapters.coverage import DuckComparing
from meterward.adapters.duck import Duck
from meterward.core.base.problem import Code, Problem
from meterward.usecases.ports.tables import Coverage, Tables
from tests.builders.premises import FUELS, day
from tests.builders.wrong import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = "premises,fuel,gained,lost\nP1,gas,2020-01-01,\nP2,gas,2020-01-01,2020-06-01\n"
INVENTORY = "premises,device,fuel,state,installed,removed\nP1,D1,gas,live,2020-01-01,\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the engine puts things aside; nothing is left there."""
    place = tmp_path / "aside"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []


def asked(tmp_path: Path, feed: str | bytes = FEED, inventory: str | bytes = INVENTORY) -> Coverage | list[Problem]:
    """What comes of a feed and an inventory."""
    for name, given in (("feed", feed), ("inventory", inventory)):
        (tmp_path / f"{name}.csv").write_bytes(given.encode() if isinstance(given, str) else given)
    with DuckComparing() as comparing:
        tables = Tables(str(tmp_path / "feed.csv"), str(tmp_path / "inventory.csv"), day(10), FUELS)
        return comparing.compare(tables, lambda _what, _share: None)


def refused(tmp_path: Path, feed: str | bytes = FEED, inventory: str | bytes = INVENTORY) -> list[Problem]:
    """The problems of a feed and an inventory, each said plainly."""
    found = asked(tmp_path, feed, inventory)
    assert isinstance(found, list), found
    return plain(found)


def places(problems: list[Problem]) -> list[tuple[Code, str, int]]:
    """Code, column and line of each."""
    return [(one.code, one.field, one.line) for one in problems]


def test_what_is_sound_is_counted(tmp_path: Path) -> None:
    found = asked(tmp_path)
    assert isinstance(found, Coverage)
    assert found.whole[1:] == (2, 1, 1, 0, 1, 0)


@pytest.mark.parametrize(
    "same",
    [
        FEED.replace(",", ";"),
        FEED.replace(",", "\t"),
        FEED.replace("\n", "\r\n"),
        "\ufeff" + FEED,
        FEED.rstrip("\n"),
        FEED + "\n",
        FEED.replace("premises,fuel", " Premises ,FUEL"),
        FEED.replace("P1", '"P1"'),
        'note,premises,fuel,gained,lost\n"a, b\n""c""",P1,gas,2020-01-01,\n,P2,gas,2020-01-01,2020-06-01\n',
    ],
    ids=["semicolons", "tabs", "CRLF", "mark", "no end", "empty line", "names", "quoted", "quotes and line breaks"],
)
def test_the_same_in_other_clothes_is_counted_the_same(tmp_path: Path, same: str) -> None:
    found = asked(tmp_path, same)
    assert isinstance(found, Coverage), found
    assert (found.feed.rows, found.whole.premises) == (2, 2)


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ("P3,gas,2020-13-01,", Code.FIELD_VALUE, "feed.gained"),
        ("P3,gas,01/02/2020,", Code.FIELD_VALUE, "feed.gained"),
        ("P3,gas,2020-01-01,tomorrow", Code.FIELD_VALUE, "feed.lost"),
        ("P3,gas,2020-02-30,", Code.FIELD_VALUE, "feed.gained"),
        ("P3,gas,,", Code.FIELD_VALUE, "feed.gained"),
        ("P3,water,2020-01-01,", Code.FIELD_VALUE, "feed.fuel"),
        ("P3,,2020-01-01,", Code.FIELD_VALUE, "feed.fuel"),
        (",gas,2020-01-01,", Code.FIELD_VALUE, "feed.premises"),
        ("P3,gas,2020-01-02,2020-01-01", Code.FIELD_VALUE, "feed.lost"),
        ("=1+1,gas,2020-01-01,", Code.FIELD_VALUE, "feed.premises"),
        ('"=HYPERLINK(""http://x"")",gas,2020-01-01,', Code.FIELD_VALUE, "feed.premises"),
        ("@SUM(A1),gas,2020-01-01,", Code.FIELD_VALUE, "feed.premises"),
        ('"P3\nP4",gas,2020-01-01,', Code.FIELD_VALUE, "feed.premises"),
        (f"{'P' * 65},gas,2020-01-01,", Code.FIELD_VALUE, "feed.premises"),
        ("P3,gas,2020-01-01,,more", Code.ROW_UNREADABLE, "feed"),
        ('"P3" x,gas,2020-01-01,', Code.ROW_UNREADABLE, "feed.premises"),
        ('"P3,gas,2020-01-01,', Code.ROW_UNREADABLE, "feed.premises"),
        ("premises,fuel,gained,lost", Code.FIELD_VALUE, "feed.fuel"),
        (f"{'P' * 1_000_000},gas,2020-01-01,", Code.LINE_TOO_LONG, "feed"),
    ],
)
def test_a_row_that_will_not_do_is_named_with_its_column(tmp_path: Path, row: str, code: Code, field: str) -> None:
    assert (code, field, 4) in places(refused(tmp_path, f"{FEED}{row}\n"))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("P1,,gas,live,2020-01-01,", "inventory.device"),
        ("P1,-D1,gas,live,2020-01-01,", "inventory.device"),
        ("+P1,D1,gas,live,2020-01-01,", "inventory.premises"),
        ("P1,D1,gas,Live,2020-01-01,", "inventory.state"),
        ("P1,D1,gas,,2020-01-01,", "inventory.state"),
        ("P1,D1,gas,live,,", "inventory.installed"),
        ("P1,D1,gas,live,2020-01-02,2020-01-01", "inventory.removed"),
    ],
)
def test_so_is_a_row_of_the_inventory(tmp_path: Path, row: str, field: str) -> None:
    assert places(refused(tmp_path, inventory=f"{INVENTORY}{row}\n")) == [(Code.FIELD_VALUE, field, 3)]


def test_a_row_that_is_cut_off_is_named(tmp_path: Path) -> None:
    found = places(refused(tmp_path, f"{FEED}P3,gas\n"))
    assert {(Code.ROW_UNREADABLE, "feed.gained", 4), (Code.ROW_UNREADABLE, "feed.lost", 4)} <= {*found}


def test_all_that_is_wrong_is_told_up_to_a_bound(tmp_path: Path) -> None:
    found = refused(tmp_path, FEED + "P3,gas,never,\n" * 10_000)
    assert len(found) == coverage.MOST
    assert {one.line for one in found} <= set(range(4, 10_004))


@pytest.mark.parametrize(
    "raw", [b"P\xff,gas,2020-01-01,\n", b"P\xe9,gas,2020-01-01,\n", b"P\xed\xa0\x80,gas,2020-01-01,\n"]
)
def test_a_row_that_is_not_utf8_is_named(tmp_path: Path, raw: bytes) -> None:
    assert places(refused(tmp_path, FEED.encode() + raw)) == [(Code.LINE_NOT_UTF8, "feed.premises", 4)]


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"premises,fuel,gained,lost\n", Code.FILE_EMPTY),
        (FEED.encode("utf-16"), Code.LINE_NOT_UTF8),
        (b"pr\xe9mises,fuel,gained,lost\n", Code.LINE_NOT_UTF8),
        (b"\0" * 100, Code.LINE_NOT_UTF8),
        (b"x" * 1_000_000, Code.LINE_TOO_LONG),
        (b"PK\x03\x04rest", Code.FILE_UNREADABLE),
        (b"\x1f\x8b\x08rest", Code.FILE_UNREADABLE),
        (b"PAR1 and no more", Code.FILE_UNREADABLE),
        (FEED.replace("gained", "won").encode(), Code.FIELD_MISSING),
        (FEED.replace("gained", "fuel").encode(), Code.FIELD_VALUE),
        (b"supplied,premises\n", Code.FIELD_MISSING),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, feed: bytes, code: Code) -> None:
    assert code in {one.code for one in refused(tmp_path, feed)}


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (good := tmp_path / "good.csv").write_text(INVENTORY)
    os.mkfifo(tmp_path / "pipe")
    for path, code in (
        (str(tmp_path / "none.csv"), Code.FILE_MISSING),
        (str(tmp_path), Code.FILE_UNREADABLE),
        (str(tmp_path / "pipe"), Code.FILE_UNREADABLE),
        ("/dev/zero", Code.FILE_UNREADABLE),
        ("", Code.FILE_UNREADABLE),
        ("http://example.com/feed.csv", Code.FILE_MISSING),
        ("a\0b", Code.FILE_UNREADABLE),
    ):
        with DuckComparing() as comparing:
            found = comparing.compare(Tables(path, str(good), day(10), FUELS), lambda _what, _share: None)
        assert isinstance(found, list)
        assert [one.code for one in plain(found)] == [code], path


def test_a_path_is_no_pattern_and_no_name_of_a_form(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a]*?"
    folder.mkdir()
    assert isinstance(asked(folder), Coverage)
    (folder / "feed.csv").rename(folder / "feed.parquet.gz")
    tables = Tables(str(folder / "feed.parquet.gz"), str(folder / "inventory.csv"), day(10), FUELS)
    with DuckComparing() as comparing:
        assert isinstance(comparing.compare(tables, lambda _what, _share: None), Coverage)


def parquet(path: Path, select: str) -> bytes:
    """The bytes of a Parquet file with what is selected."""
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


ROWS = "SELECT 'P' || i AS premises, 'gas' AS fuel, DATE '2020-01-01' AS gained, NULL::DATE AS lost FROM range(3) t(i)"


def test_parquet_is_read_too(tmp_path: Path) -> None:
    found = asked(tmp_path, parquet(tmp_path / "p", ROWS))
    assert isinstance(found, Coverage)
    assert found.whole[1:] == (3, 1, 2, 0, 1, 0)


@pytest.mark.parametrize(
    ("select", "code", "field"),
    [
        (ROWS.replace("'P' || i", "i"), Code.FIELD_TYPE, "feed.premises"),
        (ROWS.replace("DATE '2020-01-01'", "'2020-01-01'"), Code.FIELD_TYPE, "feed.gained"),
        (ROWS.replace("AS lost", "AS left"), Code.FIELD_MISSING, "lost"),
        (ROWS.replace("'gas'", "'water'"), Code.FIELD_VALUE, "feed.fuel"),
        (ROWS.replace("'P' || i", "'=1'"), Code.FIELD_VALUE, "feed.premises"),
        (f"{ROWS} LIMIT 0", Code.FILE_EMPTY, ""),
    ],
)
def test_parquet_is_held_to_the_same(tmp_path: Path, select: str, code: Code, field: str) -> None:
    assert (code, field) in {(one.code, one.field) for one in refused(tmp_path, parquet(tmp_path / "p", select))}


MANY = ROWS.replace("'P' || i", "'P'").replace("range(3)", "range(500000)")


@pytest.mark.parametrize(("most", "refused"), [(500_000, False), (499_999, True)])
def test_a_parquet_file_of_too_many_rows_is_refused_by_what_it_says_of_all_its_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, *, refused: bool
) -> None:
    monkeypatch.setattr(coverage, "MOST_ROWS", most)
    found = asked(tmp_path, parquet(tmp_path / "p", MANY))
    said = "The feed has 500,000 rows; at most 499,999 are compared. Nothing of it was read."
    assert [one.message for one in found if isinstance(one, Problem)] == refused * [said]


def test_a_file_that_changes_meanwhile_is_not_counted(tmp_path: Path) -> None:
    feed, inventory = tmp_path / "feed.csv", tmp_path / "inventory.csv"
    feed.write_text(FEED)
    inventory.write_text(INVENTORY)

    def change(what: str, _share: float | None) -> None:
        if what == "Reading the inventory":
            feed.write_text(FEED + "P3,gas,2020-01-01,\n")

    with DuckComparing() as comparing:
        found = comparing.compare(Tables(str(feed), str(inventory), day(10), FUELS), change)
    assert isinstance(found, list)
    assert "changed while it was read" in found[0].message


def test_what_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    feed, inventory = tmp_path / "feed.csv", tmp_path / "inventory.csv"
    feed.write_text(FEED)
    inventory.write_text(INVENTORY)

    def stop(what: str, _share: float | None) -> None:
        if what == "Comparing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), DuckComparing() as comparing:
        comparing.compare(Tables(str(feed), str(inventory), day(10), FUELS), stop)


def test_more_than_memory_holds_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise duckdb.OutOfMemoryException("full")

    monkeypatch.setattr(Duck, "run", full)
    assert places(refused(tmp_path)) == [(Code.FILE_TOO_LARGE, "", 0)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{other}')",
        "COPY (SELECT 1) TO '{other}'",
        "ATTACH '{other}' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('https://example.com/a.csv')",
        "SET enable_external_access = true",
        "SET threads = 8",
    ],
)
def test_the_engine_opens_nothing_else(tmp_path: Path, sql: str) -> None:
    (tmp_path / "feed").write_text(FEED)
    other = tmp_path / "other"
    with Duck({"feed": tmp_path / "feed"}) as duck:
        assert duck.run(
            "", "SELECT count(*) FROM read_text($path)", lambda _what, _share: None, {"path": duck.place("feed")}
        ) == [(1,)]
        with pytest.raises(duckdb.Error):
            duck.run("", sql.format(other=other), lambda _what, _share: None)
    assert not other.exists()
