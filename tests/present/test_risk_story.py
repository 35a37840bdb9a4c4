"""The story of a risk: the steps to the level of today, the one that is planned, and the one that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.risk.register import rated, register
from meterward.core.risk.scales import scales_on
from meterward.present.risk_story import measures, steps
from tests.builders.risk_told import APRIL, JUNE, MARCH, MAY, estimate, measure, progress, risk, scales
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping


def told(*story: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """The steps in June: their names, what they say, and the likelihood that they lead to."""
    read = reader(scales(), risk(), *story)
    (found,) = register(read).on(JUNE)
    shown = steps(found, JUNE, scales_on(read, JUNE))
    now = rated(read, found, JUNE)
    by_name = {one.name: one.rating for one in shown}
    assert (by_name["residual"], by_name["planned"]) == (now.residual, now.planned)
    return [(one.name, one.says if one.name == "measure" else "", one.rating.likelihood) for one in shown if one.rating]


def test_what_works_lowers_what_there_is_and_what_is_planned_what_there_will_be() -> None:
    story = (
        estimate(3, 3, MARCH, "inherent"),
        measure(APRIL, "1"),
        progress("operating", MAY),
        measure(APRIL, "2"),
        estimate(1, 1, APRIL, "target"),
    )
    assert told(*story) == [
        ("inherent", "", 3),
        ("measure", "lowers likelihood by 1 level", 2),
        ("residual", "", 2),
        ("measure", "lowers likelihood by 1 level", 1),
        ("planned", "", 1),
        ("target", "", 1),
    ]


def test_what_works_no_more_is_given_back_until_it_works_again() -> None:
    story = (measure(), progress("operating", APRIL), estimate(2, 3, MAY), progress("ineffective", JUNE))
    assert told(*story) == [
        ("current", "", 2),
        ("measure", "works no more, which raises likelihood by 1 level", 3),
        ("residual", "", 3),
        ("measure", "lowers likelihood by 1 level", 2),
        ("planned", "", 2),
    ]
    (found,) = register(reader(scales(), risk(), *story)).on(JUNE)
    (shown,) = measures(found, JUNE)
    assert shown.counted == "was known to the last estimate and works no more, which is given back"
