"""What speaks against issuing a direction: each thing that cannot be right alone, mixed with others, and none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.assurance.issuing import Addressee, Known, check_correcting, check_issuing, check_taking_back
from meterward.core.records.kinds import direction_issued
from tests.builders.stories import reader

if TYPE_CHECKING:
    from meterward.core.records.kinds.direction_issued import DirectionIssued

DAY = date(2014, 3, 4)
SOUND: dict[str, Any] = {
    "issuers": ["secretary_of_state"],
    "addressees": ["northlight", "harbour"],
    "purposes": ["mitigate"],
    "requirements": [{"name": "step-1", "act": "do", "due": "2014-03-04"}, {"name": "refrain-1", "act": "refrain"}],
    "evidence": ["request/1"],
}
OPEN, NARROW = Addressee({}), Addressee({"z17_authority": "sos_only", "z17c_report_authority": "no"})
KNOWN = Known(DAY, {"northlight": OPEN, "harbour": OPEN})
BOTH = ["secretary_of_state", "authority"]
PAST = [{"name": "step-1", "act": "do", "due": "2014-03-03"}]
REPORT = [{"name": "report-1", "act": "report", "due": "2014-04-01", "to": ["authority"]}]


def said(**facts: object) -> DirectionIssued:
    return direction_issued.KIND.read({**SOUND, **facts})  # type: ignore[dict-item] # facts as JSON


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, []),
        ({"issuers": []}, ["facts.issuers"]),
        ({"addressees": []}, ["facts.addressees"]),
        ({"addressees": ["northlight", "auditor-a"]}, ["facts.addressees"]),
        ({"purposes": []}, ["facts.purposes"]),
        ({"requirements": []}, ["facts.requirements"]),
        ({"requirements": PAST}, ["facts.requirements[0].due"]),
        ({"issuers": BOTH}, ["facts.issuers"]),
        ({"purposes": [], "requirements": PAST, "issuers": BOTH}, [
            "facts.purposes", "facts.requirements[0].due", "facts.issuers",
        ]),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_each_thing_by_itself(facts: dict[str, Any], fields: list[str]) -> None:
    assert [one.field for one in check_issuing(said(**facts), KNOWN).refused] == fields


@pytest.mark.parametrize(("agreed", "refused"), [((), 1), (("secretary_of_state",), 1), (tuple(BOTH), 0)])
def test_a_joint_direction_needs_both(agreed: tuple[str, ...], refused: int) -> None:
    assert len(check_issuing(said(issuers=BOTH), KNOWN._replace(agreed=agreed)).refused) == refused


@pytest.mark.parametrize(
    ("facts", "northlight", "warned"),
    [
        ({}, NARROW, ()),
        ({"issuers": ["authority"], "grounds": ["consumer_protection"]}, OPEN, ()),
        ({"issuers": ["authority"], "grounds": ["consumer_protection"]}, NARROW, ("By the Authority alone",)),
        ({"issuers": ["authority"]}, OPEN, ("It does not say for what the Authority directs",)),
        ({"requirements": REPORT}, OPEN, ()),
        ({"requirements": REPORT}, NARROW, ("report-1 would go to the Authority alone",)),
        ({}, OPEN._replace(go_live=DAY), ("For northlight the condition has ended",)),
        ({}, OPEN._replace(go_live=date(2014, 3, 5)), ()),
        ({"evidence": []}, OPEN, ("It names no evidence",)),
        ({"requirements": [{"name": "step-1", "act": "do"}]}, OPEN, ("step-1 has no date",)),
    ],
)
def test_what_the_lawyers_must_see_is_said_and_refuses_nothing(
    facts: dict[str, Any], northlight: Addressee, warned: tuple[str, ...]
) -> None:
    found = check_issuing(said(**facts), KNOWN._replace(licensees={"northlight": northlight, "harbour": OPEN}))
    assert found.refused == ()
    assert len(found.warned) == len(warned)
    assert all(one.startswith(start) for one, start in zip(found.warned, warned, strict=True))


def test_a_direction_without_reasons_is_warned_of() -> None:
    assert check_issuing(said(), KNOWN._replace(reasons=False)).warned == ("It gives no reasons.",)


@pytest.mark.parametrize(
    ("lives", "over", "refused"),
    [
        ((None, None), None, False),
        ((DAY, None), None, False),
        ((DAY, DAY), None, True),
        ((DAY, date(2014, 3, 5)), None, False),
        ((None, None), date(2014, 3, 1), True),
    ],
)
def test_what_is_over_for_everybody_is_not_taken_back(
    lives: tuple[date | None, date | None], over: date | None, refused: bool
) -> None:
    story = {"kind": "direction.issued", "on": date(2014, 1, 6), "subject": "direction/1", "facts": SOUND}
    (direction,) = reader(story).all(direction_issued.KIND)
    known = {name: Addressee({}, live) for name, live in zip(SOUND["addressees"], lives, strict=True)}
    assert bool(check_taking_back(direction, Known(DAY, known, over=over))) is refused


@pytest.mark.parametrize(
    ("was", "becomes", "over", "fields"),
    [
        (SOUND["requirements"], PAST, None, ["facts.requirements[0].due"]),
        (PAST, PAST, None, []),
        (PAST, [{"name": "step-1", "act": "do", "due": "2014-03-02"}], None, ["facts.requirements[0].due"]),
        (PAST, [{"name": "step-2", "act": "do", "due": "2014-03-03"}], None, ["facts.requirements[0].due"]),
        (PAST, [{"name": "step-1", "act": "do", "due": "2014-03-04"}], None, []),
        ([{"name": "step-1", "act": "do", "within_days": 57}], [{"name": "step-1", "act": "do", "within_days": 56}],
         None, ["facts.requirements[0].within_days"]),
        ([{"name": "step-1", "act": "do", "within_days": 56}], [{"name": "step-1", "act": "do", "due": "2014-03-03"}],
         None, []),
        (SOUND["requirements"], SOUND["requirements"], date(2014, 3, 1), ["statement.corrects"]),
    ],
)  # fmt: skip
def test_a_correction_puts_nothing_into_the_past_and_brings_back_nothing(
    was: list[dict[str, Any]], becomes: list[dict[str, Any]], over: date | None, fields: list[str]
) -> None:
    day = date(2014, 1, 6)
    told = [
        {
            "kind": "direction.issued",
            "on": day,
            "subject": f"direction/{number}",
            "facts": {**SOUND, "requirements": one},
        }
        for number, one in enumerate((was, becomes))
    ]
    old, new = sorted(reader(*told).all(direction_issued.KIND), key=lambda one: one.subject)
    assert [one.field for one in check_correcting(new, old, KNOWN._replace(over=over))] == fields
