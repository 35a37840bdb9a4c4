"""An installation with several organisations, and what they say to each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.usecases.append_record import Appended
from meterward.usecases.open_ledger import Opening, opening_lines
from meterward.wiring.appending import append
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.canonical import Json

HELD = {"gas": date(2013, 3, 4)}
PEOPLE = {
    Keeper.LICENSEE: ("p-01", "security_manager"),
    Keeper.AUDITOR: ("p-21", "lead_auditor"),
    Keeper.AUTHORITY: ("p-31", "authority_officer"),
    Keeper.DEPARTMENT: ("p-32", "secretary_of_state_officer"),
}


def open_for(organisation: str, keeper: Keeper = Keeper.LICENSEE) -> None:
    """Open an organisation's ledger, with the first of its people."""
    installation().ledgers.open(organisation)
    opening = Opening(organisation, HELD if keeper is Keeper.LICENSEE else {}, PEOPLE[keeper][0], keeper)
    entered(append(organisation, list(opening_lines(opening, clock.today(), fresh_salt))))


def entered(done: object) -> Appended:
    """What was entered, or a failing test with the problems."""
    assert isinstance(done, Appended), done
    return done


def last_of(ledger: str) -> str:
    """The id of the last record of a ledger."""
    head = installation().ledgers.head(ledger)
    assert head is not None
    return str((installation().ledgers.line(ledger, head.size - 1) or {})["id"])


def line(
    kind: str, by: Keeper, organisation: str, facts: Mapping[str, Json], about: str = "", **more: str
) -> dict[str, Json]:
    """A line that somebody of an organisation says today; about itself, unless a licensee is named."""
    person, role = PEOPLE[by]
    whom = about or organisation
    licensee = by is Keeper.LICENSEE or bool(about)
    statement: dict[str, Json] = {
        "kind": kind,
        "version": all_kinds()[kind].version,
        "licensee": whom,
        "licences": [*HELD] if licensee else ["any"],
        "occurred": clock.today().isoformat(),
        "actor": {"person": person, "role": role, "organisation": organisation},
        **more,
    }
    text: dict[str, Json] = dict.fromkeys(all_kinds()[kind].needs_text, "In a few words.")
    salts: dict[str, Json] = {"facts": fresh_salt(), **({"text": fresh_salt()} if text else {})}
    return {"statement": statement, "facts": {**facts}, "salts": salts, **({"text": text} if text else {})}


def direction(issuer: str, addressees: Sequence[str], subject: str, **more: str) -> dict[str, Json]:
    """A direction of the Authority or of the Secretary of State to some licensees."""
    by = Keeper.AUTHORITY if issuer == "authority" else Keeper.DEPARTMENT
    facts: dict[str, Json] = {
        "issuers": [issuer],
        "addressees": [*addressees],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
    }
    return line("direction.issued", by, by.value, facts, subject=subject, **more)
