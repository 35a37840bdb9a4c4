"""Make everything anew that a store computes from entries as they are written: it may be lost, and nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.ports import Ledgers


def rebuild_all(ledgers: Ledgers, hear: Callable[[str], None] = lambda _: None) -> list[Problem]:
    """Rebuild the projections of every ledger, and say what kept one from it; `hear` is told the name of each."""
    problems: list[Problem] = []
    for name in ledgers.names():
        hear(name)
        done = ledgers.rebuild(name)
        if isinstance(done, Problem):
            problems.append(done)
    return problems
