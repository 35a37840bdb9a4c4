"""What a regulator's own ledger says of each licensee: what stands, what is late, and what is taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.assurance.outstanding import outstanding
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.story import Teller

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.assurance.outstanding import Outstanding
    from meterward.core.records.record import Record

DAY = date(2014, 6, 1)
DIRECTION: Mapping[str, Any] = {
    "kind": "direction.issued",
    "on": "2014-01-10",
    "subject": "direction/authority-1",
    "role": "authority_officer",
    "label": "order",
    "facts": {
        "issuers": ["authority"],
        "addressees": ["harbour", "southlight"],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2014-05-31"}],
    },
}
UNKNOWN: Mapping[str, date] = {}
"""No Go Live is known."""
OPENED: Mapping[str, Any] = {"kind": "case.opened", "on": "2014-02-01", "subject": "case/1", "facts": {}}


def told(*records: Mapping[str, Any], about: str = "authority") -> Sequence[Record[Any]]:
    """The records of a story."""
    lines = [read_object(one) for one in Teller(about, ("any",), seed=about).tell(records)]
    return [_record(one, place) for place, one in enumerate(lines) if isinstance(one, Sealed)]


def _record(sealed: Sealed, place: int) -> Record[Any]:
    from meterward.core.records.record import Record as Made  # noqa: PLC0415 - beside its only use

    header, links = sealed.header, sealed.links
    identity = sealed.statement.digest()
    actor, facts = header.actor, sealed.facts
    return Made(
        identity,
        sealed.kind,
        header.occurred,
        header.occurred,
        place,
        header.subject or "",
        ("any",),
        actor,
        facts,
        0,
        links,
        header.licensee,
    )


def of(found: Mapping[str, Outstanding], licensee: str) -> tuple[int, int]:
    """How many directions a licensee has, and how many are late."""
    return len(found[licensee].directions), found[licensee].late_directions


def test_a_direction_stands_for_each_addressee_and_is_late_after_its_last_day() -> None:
    records = told(DIRECTION)
    assert of(outstanding(records, date(2014, 5, 31), UNKNOWN), "harbour") == (1, 0)
    found = outstanding(records, DAY, UNKNOWN)
    assert of(found, "harbour") == of(found, "southlight") == (1, 1)
    assert not outstanding(records, date(2014, 1, 9), UNKNOWN)


def test_a_direction_lapses_at_go_live_of_its_addressee() -> None:
    for go_live, left in ((DAY, (0, 0)), (date(2014, 6, 2), (1, 1))):
        found = outstanding(told(DIRECTION), DAY, {"harbour": go_live})
        assert of(found, "harbour") == left
        assert of(found, "southlight") == (1, 1)


def test_what_ended_or_was_withdrawn_stands_no_more() -> None:
    for link, kind in (("ends", "record.ended"), ("withdraws", "record.withdrawn")):
        facts = {"because": "never-happened" if kind == "record.withdrawn" else "revoked"}
        end = {"kind": kind, "on": "2014-03-01", link: "order", "role": "authority_officer", "facts": facts}
        assert not outstanding(told(DIRECTION, end), DAY, UNKNOWN)


def test_a_request_is_late_unless_something_answers_all_of_it() -> None:
    asked = {"kind": "evidence.requested", "on": "2014-01-10", "subject": "request/1", "role": "authority_officer"}
    request = told({**asked, "facts": {"by": ["authority"], "due": "2014-02-28"}}, about="harbour")
    found = outstanding(request, DAY, UNKNOWN)["harbour"]
    assert (len(found.requests), found.late_requests) == (1, 1)
    for complete, left in ((False, 1), (True, 0)):
        answer = {
            "kind": "evidence.produced",
            "on": "2014-02-20",
            "subject": "request/1",
            "facts": {"complete": complete},
        }
        said = outstanding([*request, *told(answer, about="harbour")], DAY, UNKNOWN)
        assert (len(said["harbour"].requests) if "harbour" in said else 0) == left


def test_a_case_has_its_notes_and_is_open_until_it_is_closed() -> None:
    noted = {"kind": "case.noted", "on": "2014-03-01", "subject": "case/1", "facts": {"what": "note"}}
    closed = {"kind": "case.closed", "on": "2014-04-01", "subject": "case/1", "facts": {"outcome": "no_action"}}
    (case,) = outstanding(told(OPENED, noted, about="harbour"), DAY, UNKNOWN)["harbour"].cases
    assert (len(case.notes), case.closed) == (1, None)
    found = outstanding(told(OPENED, noted, closed, about="harbour"), DAY, UNKNOWN)["harbour"]
    assert found.open_cases == 0
    assert (
        outstanding(told(OPENED, noted, closed, about="harbour"), date(2014, 3, 31), UNKNOWN)["harbour"].open_cases == 1
    )
