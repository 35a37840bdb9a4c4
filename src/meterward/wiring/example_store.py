"""An example installation: the example licensee in a store of its own, and one sign-in for each role."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.catalogues.examples import workings
from meterward.core.assurance import sampling
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import sample_drawn
from meterward.core.records.roles import Role
from meterward.core.records.story import Teller
from meterward.core.records.terms import EVERY_LICENCE
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.exchange_records import owed_to
from meterward.usecases.open_ledger import FIRST_ROLE
from meterward.usecases.ports import PersonKept
from meterward.wiring import keeping
from meterward.wiring.entering import introduce_first_key
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
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
    return _fill(LEDGER, lines) or [problem for party in _PARTIES for problem in _open(party, lines[0], day)]


def _fill(ledger: str, lines: list[dict[str, Any]]) -> list[Problem]:
    """Enter the lines of a simulated clock in an empty ledger, and then the key by which its owner signs."""
    store = installation()
    if problem := keeping.ready(store, ledger):
        return [problem]
    done = append_records(store.ledgers, ledger, Order(lines, keep_recorded=True), lambda _: (), store.signers.sign)
    if not isinstance(done, Appended):
        return done
    keeping.keep(store, ledger, done.count)
    keyless = introduce_first_key(ledger)
    return [keyless] if keyless else []


def _open(party: _Party, first: Mapping[str, Any], today: date) -> list[Problem]:
    """Open the ledger of another party on the day of the licensee's, and enter what that has for it since."""
    store, name = installation(), party.organisation
    store.ledgers.open(name)
    day = date.fromisoformat(first["recorded"][:10])
    opened = {"clock": "simulated", "purpose": "example", "keeper": party.keeper.value}
    appointed = {"person": party.person, "role": FIRST_ROLE[party.keeper].value}
    teller = Teller(name, (EVERY_LICENCE,), seed=name)
    story: list[dict[str, Any]] = [
        {"kind": "ledger.opened", "on": day, "facts": opened},
        {"kind": "role.appointed", "on": day, "subject": "appointment/1", "facts": appointed, "role": Role.OPERATOR},
    ]
    owed = owed_to(store.ledgers, LEDGER, name)
    own = workings_lines(name, today) if party.keeper is Keeper.AUDITOR else []
    about = Teller(LEDGER, (EVERY_LICENCE,), {"today": today}, seed=f"{name} on {LEDGER}")
    looked_into = about.tell(_CASE if party.keeper is Keeper.AUTHORITY else ())
    return _fill(name, sorted([*teller.tell(story), *owed, *own, *looked_into], key=lambda line: str(line["recorded"])))


def workings_lines(auditor: str, today: date) -> list[dict[str, Json]]:
    """What the example's auditors keep to themselves, with what they drew from the licensee's ledger."""
    plot = workings(auditor, today)
    return plot.teller.tell([_drawn(record) for record in plot.records])


def _drawn(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record; of a sample, with the population as it was on its day, and what was drawn from that."""
    if record["kind"] != sample_drawn.KIND.name:
        return record
    facts, ledgers = record["facts"], installation().ledgers
    size = ledgers.size_on(LEDGER, record["on"])
    found = ledgers.records_of(LEDGER, (facts["kind"],))
    there = [one.id.hex() for one in found if one.kind.name == facts["kind"] and one.index < size]
    told = {
        "ledger_size": size,
        "ledger_root": ledgers.root(LEDGER, size),
        "population": len(there),
        "digest": sampling.digest_of(there),
        "drawn": [*sampling.draw(facts["seed"], there, facts["size"])],
    }
    return {**record, "facts": {**facts, **told}}


class _Party(NamedTuple):
    """Another organisation of the example, with the first of its people."""

    organisation: str
    keeper: Keeper
    person: str


_PARTIES = (
    _Party("auditor-a", Keeper.AUDITOR, "p-21"),
    _Party("authority", Keeper.AUTHORITY, "p-31"),
    _Party("department", Keeper.DEPARTMENT, "p-32"),
)


_CASE: tuple[Mapping[str, Any], ...] = (
    {
        "kind": "case.opened",
        "on": "today-1m-9d",
        "subject": "case/1",
        "person": "p-31",
        "facts": {"clauses": ["Z.14"]},
        "text": {"matter": "Whether each yearly audit was made in time: it depends on how its year is read."},
    },
    {
        "kind": "case.noted",
        "on": "today-12d",
        "subject": "case/1",
        "person": "p-31",
        "facts": {"what": "contact"},
        "text": {"note": "The licensee was asked by telephone when the next audit begins. It will say so in writing."},
    },
)
"""What the Authority of the example looks into."""

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
