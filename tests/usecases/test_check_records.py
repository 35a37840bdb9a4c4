"""Names that nobody knows, and adoptions: what only the whole of a ledger beside a law pack can show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.usecases.check_records import check_hypothesis, check_records
from tests.builders.stories import PACK, the_pack, told
from tests.usecases.naming import assessed, finding, found, judged, one, treated

if TYPE_CHECKING:
    import pytest


def test_names_that_the_pack_knows_are_taken() -> None:
    assert found(finding("element_secure"), judged("resource_adequate")) == []


def test_a_state_that_the_pack_does_not_know_is_told_with_the_nearest() -> None:
    (problem,) = found(finding("element_secured"))
    assert (problem.code.value, problem.field, problem.line) == ("name.unknown", "facts.fact", 4)
    assert problem.message == "It is “element_secured”, but condition_z_2012 asks about no such state."
    assert problem.hint.startswith("Did you mean element_secure? The names are: element_secure, ")


def test_a_question_that_the_pack_does_not_know_is_told() -> None:
    (problem,) = found(judged("is_all_well"))
    assert (problem.code.value, problem.field) == ("name.unknown", "facts.question")
    assert problem.hint.startswith("The names are: all_steps_taken, ")


def test_what_two_licences_share_is_told_once() -> None:
    assert len(found(finding("element_secured"), licences=2)) == 1


def test_a_slip_is_mended_by_a_correction_or_a_withdrawal() -> None:
    wrong = finding("element_secured", label="wrong")
    assert found(wrong, finding("element_secure", corrects="wrong")) == []
    taken_back = one("record.withdrawn", "2013-04-02", facts={"because": "never-happened"}, withdraws="wrong")
    assert found(wrong, taken_back) == []


def test_names_of_another_pack_count_once_it_was_adopted() -> None:
    pack = the_pack()
    other = replace(
        pack,
        name="other",
        reference=replace(pack.reference, states={"elsewhere": next(iter(pack.reference.states.values()))}),
    )
    adopted = one("pack.adopted", "2013-01-05", "licensee", facts={"pack": "other", "pack_version": 1})
    for story, expected in (((finding("elsewhere"),), 1), ((adopted, finding("elsewhere")), 0)):
        index = Index("electricity")
        for record in told(*story):
            index.append(record)
        assert len(list(check_records(pack, {PACK: pack, "other": other}, [Reader(index)]))) == expected


def test_every_slip_is_told_at_once_and_guesses_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.usecases.check_records.MOST_GUESSED", 2)
    problems = found(assessed("R-07"), *(treated(f"R-0{number}") for number in (1, 2, 3, 4)))
    assert sorted(problem.line for problem in problems) == [5, 6, 7, 8]
    assert ["Did you mean" in problem.hint for problem in problems] == [True, True, False, False]


def test_the_fuel_is_never_adopted() -> None:
    facts = {"pack": PACK, "pack_version": 1, "parameters": [{"name": "fuel", "value": "gas"}]}
    (problem,) = found(one("pack.adopted", "2013-01-05", "licensee", facts=facts))
    assert (problem.code.value, problem.field) == ("parameter.derived", "facts.parameters[0]")


def test_a_parameter_is_told_with_the_nearest() -> None:
    (problem,) = check_hypothesis(the_pack(), {"z8_strenght": "comply"})
    assert problem.hint.startswith("Did you mean z8_strength? ")
