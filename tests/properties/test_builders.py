"""The random ledgers that the properties are tried on: valid, and rich enough for a property to be able to fail."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings

from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import Status
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.usecases.read_ledger import read_ledger
from tests.builders.evaluations import evaluated, the_pack
from tests.builders.ledgers import THEMES, ledgers, rich_ledger
from tests.docs.kinds_page import readers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.builders.scribe import Scribe


@cache
def _rich() -> list[Scribe]:
    return [rich_ledger(seed, theme) for theme in THEMES for seed in range(32)]


@cache
def _statuses() -> Mapping[str, set[Status]]:
    """Every status that some reading of a duty has on some day."""
    found: dict[str, set[Status]] = defaultdict(set)
    for scribe in _rich():
        for result in evaluated(scribe.records).duties:
            for reading in result.readings:
                found[result.duty.id].update(reading.timeline.values)
    return found


@settings(max_examples=50)
@given(ledgers())
def test_what_is_written_is_read_back(scribe: Scribe) -> None:
    loaded = read_ledger(scribe.file())
    assert loaded.problems == []
    assert [one.id for one in loaded.records] == [one.id for one in scribe.records]


def test_every_kind_and_every_link_is_there() -> None:
    records = [record for scribe in _rich() for record in scribe.records]
    read = {name for name, kind in all_kinds().items() if Keeper.LICENSEE in kind.homes and readers(kind)}
    assert read - {record.kind.name for record in records} == set()
    assert {name for record in records for name, target in record.links._asdict().items() if target} == {
        "corrects",
        "withdraws",
        "replaces",
        "ends",
    }


def test_some_corrections_are_corrected_or_withdrawn_in_turn() -> None:
    for name in ("corrects", "withdraws"):
        assert any(
            scribe.admission.acts.known[target].links.corrects
            for scribe in _rich()
            for record in scribe.records
            if (target := getattr(record.links, name))
        ), name


def test_every_duty_is_met_and_is_not() -> None:
    good = {Status.MET, Status.MET_LATE}
    bad = {Status.BREACHED, Status.INDETERMINATE}
    scored = [duty.id for duty in the_pack().duties if duty.kind is not DutyKind.UMBRELLA]
    assert [duty for duty in scored if not _statuses()[duty] & good or not _statuses()[duty] & bad] == []


def test_every_duty_begins_and_ceases() -> None:
    outside = {Status.NOT_IN_FORCE, Status.CEASED}
    assert [duty.id for duty in the_pack().duties if not outside <= _statuses()[duty.id]] == []
