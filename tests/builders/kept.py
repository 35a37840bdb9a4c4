"""Ledgers on their way into a store, and what is compared of them."""

from __future__ import annotations

from dataclasses import fields
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.core.records.statement import Entry
from meterward.usecases.append_record import Appended, Order, append_records
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Ledgers
    from tests.builders.stores import Store

LEDGER = "northlight"
_NEXT = count(1)


def fresh(store: Store) -> str:
    """The name of a new ledger."""
    name = f"ledger-{next(_NEXT)}"
    store.ledgers.open(name)
    return name


def restore(ledgers: Ledgers, ledger: str, lines: Sequence[Mapping[str, Any]]) -> Appended | list[Problem]:
    """Append whole lines with the instants at which they were recorded."""
    return append_records(ledgers, ledger, Order(lines, keep_recorded=True), lambda _: ())


def append(ledgers: Ledgers, ledger: str, *lines: Mapping[str, Any], key: str = "") -> Appended | list[Problem]:
    """Append lines now."""
    bare = [{name: part for name, part in line.items() if name not in ("recorded", "id")} for line in lines]
    return append_records(ledgers, ledger, Order(bare, key), lambda _: ())


def opening(day: date) -> dict[str, Json]:
    """The line that opens a ledger."""
    return Draft("ledger.opened", day, day, {"clock": "simulated", "purpose": "test"}, files=False).line("opening")


def incident(number: int, day: date) -> dict[str, Json]:
    """The line of an incident."""
    facts = {"detected": day, "severity": "low"}
    return Draft("incident.recorded", day, day, facts, f"incident/{number}", files=False).line(number)


def told(records: Iterable[Record[Any]]) -> list[tuple[object, ...]]:
    """Everything that records say, to be compared."""
    return [
        (one.kind.name, *(getattr(one, field.name) for field in fields(one) if field.name != "kind")) for one in records
    ]


def said(lines: Iterable[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """Lines without the parts that are empty, which say nothing."""
    return [{name: part for name, part in line.items() if part or name == "facts"} for line in lines]


def leaf_hashes(lines: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """The hash of the entry of each line, reckoned from the lines alone."""
    counters, found = dict[str, int](), list[bytes]()
    for index, line in enumerate(lines):
        statement = line["statement"]
        stream = f"{statement['licensee']}/{statement['kind'].partition('.')[0]}"
        number = counters.get(stream, 0)
        entry = Entry(index, line["recorded"], stream, number, bytes.fromhex(cast("str", line["id"])))
        counters[stream] = number + 1
        found.append(leaf_hash(entry.leaf()))
    return found


def roots(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """The Merkle root after each line, reckoned from the lines alone."""
    tree, found = Frontier(), list[str]()
    for one in leaf_hashes(lines):
        tree.append(one)
        found.append(tree.root().hex())
    return found
