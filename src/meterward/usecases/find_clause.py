"""Find the clauses that somebody names, and put them in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds
from meterward.usecases.index_kinds import clauses_of

if TYPE_CHECKING:
    from meterward.core.obligations.law import Pack


def names(wanted: str, *there: str) -> bool:
    """Whether what somebody wrote names one of these clauses, or one above it."""
    low = wanted.lower()
    return any(low == one.lower() or one.lower().startswith(f"{low}(") for one in there)


def kinds_read_by(pack: Pack, clause: str) -> frozenset[str] | Problem:
    """The kinds of record that a clause reads, or one beneath it; or the problem that there is no such clause."""
    read = {name: clauses_of(pack, kind) for name, kind in all_kinds().items()}
    found = frozenset(name for name, clauses in read.items() if names(clause, *clauses))
    return found if found or any(names(clause, one.clause) for one in pack.duties) else unknown_clause(pack, clause)


def unknown_clause(pack: Pack, clause: str) -> Problem:
    """The problem of a clause that the pack has not."""
    known = dict.fromkeys([*(one.clause for one in pack.provisions), *(one.clause for one in pack.duties)])
    hint = f"The clauses are: {', '.join(sorted(known, key=clause_order))}."
    return Problem(Code.CLAUSE_UNKNOWN, f"{pack.name} has no clause “{clause}”.", hint)


def clause_order(clause: str) -> tuple[int, str]:
    """Clauses in the order of the text: Z.9 before Z.10."""
    number = clause.partition(".")[2].partition("(")[0].partition("/")[0]
    return (int(number) if number.isdigit() else 0, clause)
