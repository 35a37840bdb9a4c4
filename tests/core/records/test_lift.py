"""An old version of a kind is lifted to the present one; what was committed to stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from meterward.core.ledger.commitment import Part
from meterward.core.records.body import body_of
from meterward.core.records.kind import Kind, Lift
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem

SALT = "00" * 16


class InspectedFirst(NamedTuple):
    """What version 1 declared."""

    passed: Annotated[bool, "Whether it passed."]


class InspectedSecond(NamedTuple):
    """What version 2 declared."""

    passed: Annotated[bool, "Whether it passed."]
    inspector: Annotated[str, "Who inspected it."]


class Inspected(NamedTuple):
    """A site was inspected."""

    result: Annotated[str, "passed or failed, since version 3 in words."]
    inspector: Annotated[str, "Who inspected it, since version 2."]


def _with_inspector(old: dict[str, Json]) -> dict[str, Json]:
    return {**old, "inspector": "unknown"}


def _in_words(old: dict[str, Json]) -> dict[str, Json]:
    passed = old["passed"]
    return {"inspector": old["inspector"], "result": "passed" if passed else "failed"}


KIND: Kind[Any] = Kind(
    name="site.inspected",
    facts=Inspected,
    by=(Role.CONTRIBUTOR,),
    version=3,
    lifts={1: Lift(InspectedFirst, _with_inspector), 2: Lift(InspectedSecond, _in_words)},
)


def _facts(version: int, values: dict[str, Json]) -> tuple[Inspected, Part]:
    problems: list[Problem] = []
    body = body_of({"facts": values, "salts": {"facts": SALT}}, KIND, version, problems)
    assert body is not None, problems
    return body.facts, body.facts_part


def test_each_old_version_reads_as_the_present_one() -> None:
    assert _facts(1, {"passed": True})[0] == Inspected("passed", "unknown")
    assert _facts(2, {"passed": False, "inspector": "agent-a"})[0] == Inspected("failed", "agent-a")
    assert _facts(3, {"result": "passed", "inspector": "agent-a"})[0] == Inspected("passed", "agent-a")


def test_the_commitment_is_to_what_was_written() -> None:
    _, part = _facts(1, {"passed": True})
    assert part.commitment() == Part({"passed": True}, bytes.fromhex(SALT)).commitment()


def test_the_present_form_does_not_pass_for_an_old_one() -> None:
    problems: list[Problem] = []
    assert body_of({"facts": {"result": "passed"}, "salts": {"facts": SALT}}, KIND, 2, problems) is None
    assert problems
