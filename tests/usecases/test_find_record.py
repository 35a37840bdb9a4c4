"""Finding a record by its id, the index from kinds to duties, and the check of an installation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.usecases.check_itself import check_itself
from meterward.usecases.find_record import Found, Search, begin_search, find_record
from meterward.usecases.index_kinds import clauses_of, find_kind, uses_of
from meterward.usecases.make_template import make_template, subject_of
from meterward.usecases.read_ledger import read_ledger
from tests.builders import brightwater
from tests.usecases.positions import AS_AT, load, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

ELSEWHERE = {name for name, kind in all_kinds().items() if Keeper.LICENSEE not in kind.homes} - {"paper.filed"}
"""The kinds of ledgers over which no law is evaluated."""
FRAME = ELSEWHERE | {
    "access.granted",
    "audit.answered",
    "audit.asked",
    "audit.scoped",
    "delegation.given",
    "delivery.confirmed",
    "direction.advised",
    "direction.progressed",
    "direction.questioned",
    "glass.broken",
    "glass.reviewed",
    "report.commented",
    "checkpoint.stamped",
    "coverage.measured",
    "assessment.reviewed",
    "match.settled",
    "scenario.dismissed",
    "threats.matched",
    "ledger.loss_accepted",
    "ledger.opened",
    "licence.held",
    "date.determined",
    "rollout.planned",
    "key.introduced",
    "pack.adopted",
    "record.ended",
    "record.withdrawn",
}
"""The kinds that no duty reads: they say when, for whom and with what effect the others count, who may see them, and
what was counted."""


def find(told: Sequence[dict[str, Any]], prefix: str) -> Found | Problem:
    """Search the records of a ledger."""
    search = begin_search(prefix)
    assert isinstance(search, Search)
    loaded = read_ledger((json.dumps(line).encode() for line in told), see=search.see)
    return find_record(search, loaded.records, pack())


def test_every_record_is_found_with_its_own_entry() -> None:
    told = brightwater.lines()
    counters: dict[str, int] = {}
    for place, line in enumerate(told):
        found = find(told, line["id"])
        assert isinstance(found, Found)
        family = line["statement"]["kind"].partition(".")[0]
        assert (found.entry.index, found.entry.recorded) == (place, line["recorded"])
        assert found.entry.counter == counters.get(family, 0)
        counters[family] = counters.get(family, 0) + 1
        assert found.line == line


def test_links_point_at_each_other() -> None:
    told = brightwater.lines()
    first, second = (line["id"] for line in told if line["statement"]["kind"] == "incident.recorded")
    earlier, later = find(told, first), find(told, second)
    assert isinstance(earlier, Found)
    assert isinstance(later, Found)
    assert [(link.verb, link.other.id.hex()) for link in later.links] == [("corrects", first)]
    assert [(link.verb, link.other.id.hex()) for link in earlier.linked] == [("corrects", second)]


def test_no_digit_is_a_problem() -> None:
    found = begin_search("")
    assert isinstance(found, Problem)
    assert found.code is Code.FIELD_VALUE


def test_the_index_is_that_of_the_pack() -> None:
    for duty in pack().duties:
        for selector in duty.inputs.all():
            name = selector.partition("?")[0]
            kinds = (
                [kind for kind in all_kinds().values() if kind.document] if name == "*document" else [all_kinds()[name]]
            )
            assert kinds
            for kind in kinds:
                assert duty.id in {use.duty.id for use in uses_of(pack(), kind)}


def test_the_index_from_kinds_to_clauses() -> None:
    index = {name: tuple(clauses_of(pack(), kind)) for name, kind in all_kinds().items()}
    assert {kind for kind, clauses in index.items() if not clauses} == FRAME
    assert index["evidence.requested"] == ("Z.7(b)",)
    assert index["element.declared"] == ("Z.4", "Z.11")
    assert index["standard.assessed"] == ("Z.7(b)", "Z.8")
    assert index["risk.treated"] == ("Z.10(a)", "Z.11")
    assert index["audit.reported"] == (
        "Z.7(b)",
        "Z.11",
        "Z.14(a)",
        "Z.14(b)",
        "Z.15(a)",
        "Z.15(b)",
        "Z.16(a)",
        "Z.16(b)",
    )


def test_a_kind_that_makes_no_document_is_not_read_as_one() -> None:
    assert "Z.7(b)" not in clauses_of(pack(), all_kinds()["role.appointed"])
    assert "Z.7(b)" in clauses_of(pack(), all_kinds()["audit.engaged"])


def test_a_condition_tells_records_of_a_kind_apart() -> None:
    records = {record.kind.name: record for record in load(brightwater.lines()).records}
    uses = uses_of(pack(), all_kinds()["state.evidenced"])
    reading = {use.role for use in uses if use.duty.id == "Z.4" and use.reads(records["state.evidenced"])}
    assert reading == {"proof"}


def test_an_unknown_kind_is_a_problem() -> None:
    found = find_kind("nothing")
    assert isinstance(found, Problem)
    assert found.code is Code.KIND_UNKNOWN


@pytest.mark.parametrize("name", list(all_kinds()))
def test_a_template_asks_for_a_subject_that_its_kind_allows(name: str) -> None:
    kind = all_kinds()[name]
    subject = subject_of(kind)
    line = make_template(kind, AS_AT, "2014-11-20T09:00:00Z", ("ab" * 16, "cd" * 16))
    statement = line["statement"]
    assert isinstance(statement, dict)
    space = subject.partition("/")[0]
    assert space in str(statement.get("subject", ""))
    assert space == kind.introduces or space in kind.about or kind.about in ((), ("any",))
    assert set(line["salts"] if isinstance(line["salts"], dict) else ()) == {"facts", *(("text",) if kind.text else ())}


def test_a_sound_ledger_passes_the_self_test() -> None:
    assert check_itself(brightwater.lines(), pack(), AS_AT, "tests") == ""


def test_a_ledger_that_does_not_read_fails_the_self_test() -> None:
    told = brightwater.lines()
    told[4]["facts"]["pack_version"] = "one"
    assert "does not read" in check_itself(told, pack(), AS_AT, "tests")


def test_an_engine_that_minds_the_order_fails_the_self_test(monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.usecases import check_itself as module  # noqa: PLC0415 - to change what it uses

    calls: list[int] = []

    def minding(*_: object) -> list[str]:
        calls.append(1)
        return [str(len(calls))]

    monkeypatch.setattr(module, "_receipts", minding)
    assert "another order" in check_itself(brightwater.lines(), pack(), AS_AT, "tests")
