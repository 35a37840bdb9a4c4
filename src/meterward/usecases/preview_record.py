"""The record that a line would become if it were appended now. Nothing is appended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Problem
from meterward.usecases.append_record import Order, Ready, make_ready, make_records

if TYPE_CHECKING:
    from meterward.core.records.record import Record
    from meterward.usecases.append_record import Check, Line
    from meterward.usecases.ports import Book, Ledgers


def preview_record(ledgers: Ledgers, ledger: str, line: Line, check: Check) -> Record[Any] | list[Problem]:
    """The record, or everything that stands against it, in the words of an append."""
    order = Order([line])
    ready = make_ready(order)
    if problems := [one for one in ready if isinstance(one, Problem)]:
        return problems

    def make(book: Book) -> Record[Any] | list[Problem]:
        made = make_records(book, order, [one for one in ready if isinstance(one, Ready)], check)
        return made if isinstance(made, list) else made[0][0].record

    made = ledgers.write(ledger, make)
    return [made] if isinstance(made, Problem) else made
