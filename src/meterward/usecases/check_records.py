"""Check what only the whole of a ledger can show: adoptions, names that nobody knows, elements part of themselves.

Only effective records are looked at: what was corrected or withdrawn harms nobody, so a slip is mended by a record.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from meterward.core.base.circles import MEND, in_words
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import pack_adopted
from meterward.core.system.winding import closed_circles
from meterward.usecases.check_names import slips_of_clauses, slips_of_names
from meterward.usecases.check_parts import slips_of_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record

FUEL = "fuel"
"""The parameter that follows from the licence itself, so that nobody can adopt another."""

MOST_GUESSED = 100
"""For so many problems the name that was probably meant is looked for: among many names that takes milliseconds."""


def check_records(pack: Pack, packs: Mapping[str, Pack], licences: Sequence[Reader]) -> Iterator[Problem]:
    """Everything that is wrong with the effective records of some licences, by the pack in use and those adopted.

    `packs` are those that are here, by name. The line of a problem is the record's place among the entries, from 1.
    """
    said: set[tuple[bytes, str]] = set()
    for read in licences:
        adopted = read.all(pack_adopted.KIND)
        for record in adopted:
            for problem in _adoption(pack, packs, record):
                if _first(said, record, problem.field):
                    yield replace(problem, line=record.index + 1)
        in_use = [pack, *(packs[name] for name in dict.fromkeys(one.facts.pack for one in adopted) if name in packs)]
        named = chain(slips_of_names(pack, in_use, read), slips_of_clauses(pack, in_use, read))
        for slipped, slip in chain(named, slips_of_parts(read)):
            if _first(said, slipped, slip.field):
                yield replace(slip.problem(guess=len(said) <= MOST_GUESSED), line=slipped.index + 1)
        yield from _circles(read, said)


def _circles(read: Reader, said: set[tuple[bytes, str]]) -> Iterator[Problem]:
    for circle, closing, field in closed_circles(read):
        if _first(said, closing, field):
            yield Problem(Code.SYSTEM_CIRCLE, in_words(circle), MEND, field, closing.index + 1)


def _first(said: set[tuple[bytes, str]], record: Record[Any], field: str) -> bool:
    """Whether this is the first that is said of a field of a record; licences may share it."""
    before = len(said)
    said.add((record.id, field))
    return len(said) > before


def _adoption(pack: Pack, packs: Mapping[str, Pack], record: Record[Any]) -> Iterator[Problem]:
    facts = record.facts
    if not 1 <= facts.pack_version <= (packs[facts.pack].version if facts.pack in packs else 0):
        there = ", ".join(f"{name}, version {one.version}" for name, one in sorted(packs.items()))
        message = f"It adopts version {facts.pack_version} of “{facts.pack}”, which is not here."
        yield Problem(Code.PACK_UNKNOWN, message, f"{nearest(facts.pack, packs)}The packs are: {there}.", "facts.pack")
    if facts.pack != pack.name:
        return
    for place, setting in enumerate(facts.parameters):
        where = f"facts.parameters[{place}]"
        if setting.name == FUEL:
            hint = "Leave it out: the licence.held of each licence says which fuel it is for."
            message = "The fuel is not adopted: it follows from the licence."
            yield Problem(Code.PARAMETER_DERIVED, message, hint, where)
        else:
            yield from (replace(one, field=where) for one in check_hypothesis(pack, {setting.name: setting.value}))


def check_hypothesis(pack: Pack, hypothesis: Mapping[str, str]) -> list[Problem]:
    """What is wrong with parameters that somebody tries out."""
    known = {parameter.name: parameter.values for parameter in pack.parameters}
    problems = []
    for name, value in hypothesis.items():
        if name not in known:
            hint = f"{nearest(name, known)}The parameters are: {', '.join(known)}."
            problems.append(Problem(Code.PARAMETER_UNKNOWN, f"{pack.name} has no parameter “{name}”.", hint))
        elif value not in known[name]:
            hint = f"Its values are: {', '.join(known[name])}."
            problems.append(Problem(Code.PARAMETER_VALUE, f"{name} cannot be “{value}”.", hint))
    return problems
