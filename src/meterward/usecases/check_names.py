"""States, questions and clauses in effective records: what nobody asks for of a subject is read by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.obligations.registry import ASKED
from meterward.core.records.kinds import audit_reported, judgement_made, state_evidenced
from meterward.core.records.kinds.state_evidenced import by_fact
from meterward.core.records.terms import LICENSEE, SYSTEM
from meterward.usecases.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.usecases.slip import Found

_CONSTANTS = frozenset((SYSTEM, LICENSEE))
_NO_ASPECT = {"": None}


def slips_of_names(pack: Pack, in_use: Sequence[Pack], read: Reader) -> Found:
    """Everything that neither the pack in use nor an adopted one asks for, or of another subject or aspect."""
    aspects = _Aspects(read)
    states = dict.fromkeys(name for one in in_use for name in one.reference.states)
    for finding in read.all(state_evidenced.KIND):
        name = finding.facts.fact
        if name not in states:
            yield finding, Slip("facts.fact", name, f"{pack.name} asks about no such state", states)
        else:
            slips = (aspects.slip(*cell) for cell in by_fact(finding.subject, finding.facts))
            yield from ((finding, slip) for slip in slips if slip)
    questions = dict.fromkeys(name for one in in_use for name in one.reference.questions)
    for judgement in read.all(judgement_made.KIND):
        name, aspect = judgement.facts.question, judgement.facts.aspect
        if name not in questions:
            yield judgement, Slip("facts.question", name, f"{pack.name} asks no such question", questions)
        elif slip := aspects.slip(name, judgement.subject, aspect or ""):
            yield judgement, slip


def slips_of_clauses(pack: Pack, in_use: Sequence[Pack], read: Reader) -> Found:
    """Every clause that an audit report is said to cover, and that neither the pack in use nor an adopted one has."""
    clauses = _clauses(in_use)
    for report in read.all(audit_reported.KIND):
        for place, clause in enumerate(report.facts.coverage):
            if clause not in clauses:
                yield report, Slip(f"facts.coverage[{place}]", clause, f"{pack.name} has no such clause", clauses)


class _Aspects:
    """What the domains ask for, by name and subject, found once for each."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._known: dict[tuple[str, str], Mapping[str, None] | Slip | None] = {}

    def slip(self, name: str, subject: str, aspect: str) -> Slip | None:
        """What is wrong with a state or a question of a subject under an aspect, if anything is."""
        key = name, subject
        if key not in self._known:
            self._known[key] = self._look_up(name, subject)
        known = self._known[key]
        if isinstance(known, Slip):
            return known
        if known is None or aspect in known:
            return None
        if known == _NO_ASPECT:
            return Slip("facts.aspect", aspect, f"{name} is asked without an aspect", hint="Leave it out.")
        why = f"{name} of {subject} is not asked under that" if aspect else f"{name} is asked under an aspect"
        return Slip("facts.aspect", aspect, why, known)

    def _look_up(self, name: str, subject: str) -> Mapping[str, None] | Slip | None:
        """The aspects; a slip if no such subject is asked; None where there is nothing to compare with."""
        there = [asked for asked in ASKED if asked.name == name]
        for asked in there:
            if subject.partition("/")[0] in asked.of:
                aspects = asked.aspects(self._read, subject)
                return None if aspects is None else dict.fromkeys(aspects)
        if not there:
            return None
        of = ", ".join(one if one in _CONSTANTS else f"{one}/…" for asked in there for one in asked.of)
        return Slip("statement.subject", subject, f"{name} is not asked of that", hint=f"It is asked of: {of}.")


def _clauses(packs: Sequence[Pack]) -> Mapping[str, None]:
    """Every clause of some packs, and every paragraph that has such clauses, in their order."""
    provisions = [one.clause for pack in packs for one in pack.provisions]
    named = [*provisions, *(one.clause for pack in packs for one in pack.duties)]
    covered = [clause for pack in packs for clause in pack.reference.audit_coverage]
    paragraphs = [clause.partition("(")[0] for clause in named]
    return dict.fromkeys((*covered, *paragraphs, *named))
