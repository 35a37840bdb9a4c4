"""Moving whole ledgers: out of the store into a file, and from a file into an empty place in a store."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from meterward.adapters.journal import open_journal
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.together import together
from meterward.usecases.append_record import Order, append_records
from meterward.usecases.check_signatures import wrong_signatures
from meterward.usecases.import_lines import BATCH, parse_lines
from meterward.usecases.read_ledger import MOST_PROBLEMS
from meterward.wiring import keeping
from meterward.wiring.setting_up import name_of_ledger
from meterward.wiring.store import alone_within, head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from meterward.adapters.journal import Journal
    from meterward.usecases.ports import Head, Ledgers
    from meterward.wiring import Hear
    from meterward.wiring.installed import Installation

T = TypeVar("T")


def export(home: Path, licensee: str, take: Callable[[Head, str, Iterator[str]], T]) -> T | Problem:
    """Hand on a ledger: where it stands, its root, and its lines as a file has them."""

    def hand_on(ledgers: Ledgers) -> T | Problem:
        head = head_of(ledgers, licensee)
        if isinstance(head, Problem):
            return head
        lines = (f"{json.dumps(line, ensure_ascii=False)}\n" for line in ledgers.lines(licensee, 0, head.size))
        return take(head, ledgers.root(licensee, head.size), lines)

    return within(home, lambda store: hand_on(store.ledgers))


def restore(home: Path, licensee: str, file: str, root: str, hear: Hear) -> list[Problem]:
    """Write the whole ledger of a file, which was checked and has a root, where there is none; all of it or nothing."""
    if problem := name_of_ledger(licensee):
        return [problem]
    journal = open_journal(file)
    if isinstance(journal, Problem):
        return [journal]

    def write(store: Installation) -> list[Problem]:
        problems = together(lambda: _restore(store, licensee, journal, root, hear))
        lost = None if problems else keeping.ready(store, licensee)
        return [lost] if lost else problems

    with journal:
        # What is kept outside may know more of the ledger than the file has: then that is said, and nothing goes on.
        done = alone_within(home, "restores a ledger into it", write)
    return [done] if isinstance(done, Problem) else done


def _restore(store: Installation, licensee: str, journal: Journal, root: str, hear: Hear) -> list[Problem]:
    ledgers = store.ledgers
    head = ledgers.head(licensee)
    if head and head.size:
        message = f"{licensee} has a ledger here already."
        hint = "A ledger is restored into an empty place only: name another store with --home."
        return [Problem(Code.LEDGER_OPENED_TWICE, message, hint)]
    ledgers.open(licensee)
    return _fill(store, licensee, journal, hear) or _compared(ledgers, licensee, root)


def _fill(store: Installation, licensee: str, journal: Journal, hear: Hear) -> list[Problem]:
    lines, number = iter(journal), 0
    while batch := list(islice(lines, BATCH)):
        parsed, problems = parse_lines(batch, number + 1)
        order = Order(parsed, keep_recorded=True)
        done = problems or append_records(store.ledgers, licensee, order, lambda _: (), store.signers.sign_unsigned)
        if isinstance(done, list):
            return done
        number += len(batch)
        hear(number, journal.share)
    return []


def _compared(ledgers: Ledgers, licensee: str, root: str) -> list[Problem]:
    head = ledgers.head(licensee)
    kept = ledgers.root(licensee, head.size) if head and head.size else ""
    if kept == root:
        return list(islice(wrong_signatures(ledgers, head), MOST_PROBLEMS)) if head else []
    message = f"What was written has the root {kept[:16]}…, and the file has {root[:16]}…."
    return [Problem(Code.COMMITMENT_MISMATCH, message, "The file changed while it was read: restore it again.")]
