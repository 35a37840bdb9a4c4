"""The register of the example licensee as files, and the weaknesses that its bills of materials were matched with."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.threats.any_source import AnySource
from meterward.catalogues.examples import tell
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.usecases.compare_register import RegisterDifference, compare_register
from meterward.usecases.match_threats import compare_threats, components_of
from meterward.usecases.read_register import RegisterRead, read_register
from meterward.usecases.tell_threats import Telling, lines_of
from tests.builders.example_files import DAY, FOLDER, NAME, REGISTER, register, told
from tests.cli.test_example_files import BILLS, EXTRACT, README, read

TABLES = ("northlight-risks.csv", "northlight-measures.csv", "northlight-treatments.csv")


def rows(name: str) -> RegisterRead:
    """A file, read as any register is."""
    tables = AnyFormat().tables(io.BytesIO((FOLDER / name).read_bytes()), name)
    assert not isinstance(tables, list), tables
    found = read_register(tables, None, register().scales)
    assert isinstance(found, RegisterRead), found
    return found


@pytest.mark.parametrize("names", [TABLES, (REGISTER,)], ids=["tables", "spreadsheet"])
def test_the_register_is_what_the_ledger_tells(names: tuple[str, ...]) -> None:
    found = [rows(name) for name in names]
    for one in found:
        difference = compare_register(register(), one, told().elements)
        assert isinstance(difference, RegisterDifference), difference
        assert difference.changes == ()
    named = [(row.space, row.name) for one in found for row in one.rows if row.space != "treatment"]
    assert sorted(named) == sorted((space, name) for space in ("risk", "measure") for name in register().rows[space])


def test_it_has_the_size_that_is_told_of_it() -> None:
    counts = [len(register().rows[space]) for space in ("risk", "measure", "treatment")]
    assert counts == [int(one) for one in re.findall(r"a row for each of (\d+) ", README)]


def test_the_weaknesses_that_were_matched_are_those_of_the_extract() -> None:
    intelligence = AnySource().read([FOLDER / EXTRACT])
    assert isinstance(intelligence, tuple), intelligence
    bills = {bill.digest: bill.components for name in BILLS if (bill := read(name).bill)}
    compared = compare_threats(Reader(Index("gas")), DAY, intelligence, components_of(told(), bills))
    assert isinstance(compared, tuple), compared
    (line,) = lines_of([(one, {}) for one in compared], Telling({}, lambda: ("", "")))
    (matched,) = kinds("threats.matched")
    found = line["facts"]
    assert isinstance(found, dict)
    assert matched == {**found, "as_at": matched["as_at"]}


def test_one_match_is_open_and_each_other_came_to_something() -> None:
    matched = {row["match"] for row in kinds("threats.matched")[0]["matches"]}
    settled = [line["statement"] for line in lines() if line["statement"]["kind"] == "match.settled"]
    assert matched - {one["subject"] for one in settled} == {"match/CVE-2023-46604/head-end"}
    assert {one["outcome"] for one in kinds("match.settled")} == {"not_affected", "remedied", "risk"}


def kinds(kind: str) -> list[dict[str, Any]]:
    """The facts of every record of a kind."""
    return [line["facts"] for line in lines() if line["statement"]["kind"] == kind]


def lines() -> list[dict[str, Any]]:
    return [dict(line) for line in tell(NAME, DAY)]
