"""How strong a duty is can depend on a bracket that the draft leaves open."""

from __future__ import annotations

from meterward.core.obligations.law import Force, ForceWhere
from tests.builders.stories import the_pack


def test_complying_with_the_standard_is_absolute_where_the_bracket_says_comply() -> None:
    pack = the_pack()
    others = {one.id: one.force_where for one in pack.duties if one.force_where}
    assert others == {"Z.8": (ForceWhere("z8_strength", "comply", Force.ABSOLUTE),)}
    duty = pack.duty("Z.8")
    assert duty is not None
    assert duty.force_under(pack.defaults()) is Force.REASONABLE_STEPS
    assert duty.force_under({**pack.defaults(), "z8_strength": "comply"}) is Force.ABSOLUTE


def test_a_force_depends_on_a_parameter_of_its_duty_and_one_of_its_values() -> None:
    pack = the_pack()
    values = {one.name: one.values for one in pack.parameters}
    for duty in pack.duties:
        for one in duty.force_where:
            assert one.parameter in duty.parameters, duty.id
            assert one.value in values[one.parameter], duty.id
