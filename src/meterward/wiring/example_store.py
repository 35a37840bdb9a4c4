"""An example installation: the example licensee in a store of its own, and one sign-in for each role."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from meterward import wiring
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.ports import PersonKept
from meterward.wiring import keeping
from meterward.wiring.appending import introduce_first_key
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.problem import Problem

LEDGER = wiring.EXAMPLE
EXAMPLE_PASSWORD = "meterward-example"  # noqa: S105 - it opens the example alone, which listens on the loopback
"""The password of every example person. An example installation shows it, and nobody else can reach it."""


class ExamplePerson(NamedTuple):
    """Somebody who signs in to the example, and what they are there for."""

    person: PersonKept
    title: str
    does: str


def example_people() -> list[ExamplePerson]:
    """One for each role, the daily user first."""
    return [
        ExamplePerson(PersonKept(sign_in, pseudonym, organisation), title, does)
        for sign_in, pseudonym, organisation, title, does in _PEOPLE
    ]


def make_example(day: date) -> list[Problem]:
    """Fill an empty store with the example licensee as of a day, and let its people sign in."""
    store = installation()
    store.ledgers.open(LEDGER)
    for one in example_people():
        store.people.keep(one.person, EXAMPLE_PASSWORD)
    head = store.ledgers.head(LEDGER)
    if head and head.size:
        return []
    lines = [json.loads(line) for line in wiring.example(LEDGER, day).splitlines()]
    if problem := keeping.ready(store, LEDGER):
        return [problem]
    done = append_records(store.ledgers, LEDGER, Order(lines, keep_recorded=True), lambda _: (), store.signers.sign)
    if not isinstance(done, Appended):
        return done
    keeping.keep(store, LEDGER, done.count)
    keyless = introduce_first_key(LEDGER)
    return [keyless] if keyless else []


_PEOPLE = (
    ("security", "p-01", "northlight", "Security manager", "runs the security of the system day by day"),
    ("operations", "p-02", "northlight", "Risk owner", "owns the risks of metering operations"),
    ("counsel", "p-03", "northlight", "Legal adviser", "records determinations, directions and their validity"),
    ("board", "p-04", "northlight", "Senior manager", "considers and decides"),
    ("monitoring", "p-07", "northlight", "Contributor", "supplies evidence"),
    ("auditor", "p-21", "auditor-a", "Lead auditor", "reads the evidence and reports"),
    ("authority", "p-31", "authority", "Officer of the Authority", "reads the position and directs"),
    ("department", "p-32", "department", "Officer of the Secretary of State", "reads the position and directs"),
)
