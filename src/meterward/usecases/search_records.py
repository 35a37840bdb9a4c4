"""Which kinds of record a search by clause is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.usecases.find_clause import names, unknown_clause
from meterward.usecases.index_kinds import clauses_of, find_kind

if TYPE_CHECKING:
    from meterward.core.obligations.law import Pack
    from meterward.usecases.ports import Wanted


def narrow(pack: Pack, wanted: Wanted, clause: str) -> Wanted | Problem | None:
    """What is wanted, narrowed down to the kinds that a clause reads; None if there is no such kind."""
    for kind in wanted.kinds:
        if isinstance(found := find_kind(kind), Problem):
            return found
    if not clause:
        return wanted
    kinds = kinds_read_by(pack, clause)
    if isinstance(kinds, Problem):
        return kinds
    left = tuple(kind for kind in kinds if not wanted.kinds or kind in wanted.kinds)
    return wanted._replace(kinds=left) if left else None


def kinds_read_by(pack: Pack, clause: str) -> tuple[str, ...] | Problem:
    """The kinds of record that a clause, or one beneath it, reads; the index is computed from what the law says."""
    there = (*(one.clause for one in pack.duties), *(one.clause for one in pack.provisions))
    if not names(clause, *there):
        return unknown_clause(pack, clause)
    return tuple(name for name, kind in all_kinds().items() if names(clause, *clauses_of(pack, kind)))
