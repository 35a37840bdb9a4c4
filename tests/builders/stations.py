"""One person for each role in each organisation of the example, and who of them is let in where."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.records.keeper import Keeper
from meterward.core.records.roles import AUDITORS, PERSONNEL, REGULATORS, Role
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import PersonKept
from meterward.wiring.appending import append
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.base.canonical import Json

LEDGERS = {
    LEDGER: Keeper.LICENSEE,
    "auditor-a": Keeper.AUDITOR,
    "authority": Keeper.AUTHORITY,
    "department": Keeper.DEPARTMENT,
}
"""The ledgers of the example, with what their keepers are."""
_HOMES = {Role.AUTHORITY_OFFICER: "authority", Role.SECRETARY_OF_STATE_OFFICER: "department"}
_APPOINTERS = {
    LEDGER: ("p-04", "senior_manager"),
    "auditor-a": ("p-21", "lead_auditor"),
    "authority": ("p-31", "authority_officer"),
    "department": ("p-32", "secretary_of_state_officer"),
}


class Station(NamedTuple):
    """Somebody with one role in one ledger, or in none."""

    person: PersonKept
    role: Role
    ledger: str
    """Where they hold it; empty if nobody let them in anywhere."""

    @property
    def is_guest(self) -> bool:
        """Whether they are there for another organisation."""
        return bool(self.ledger) and self.person.organisation != self.ledger


def take_stations() -> list[Station]:
    """Let somebody have each role wherever it can be had; each can sign in."""
    found = list(_stations())
    for one in found:
        installation().people.keep(one.person, EXAMPLE_PASSWORD)
        if one.ledger:
            _let_in(one)
    return found


def _stations() -> Iterator[Station]:
    number = 100
    for role, organisation, ledger in _places():
        number += 1
        yield Station(PersonKept(f"s{number}", f"p-{number}", organisation), role, ledger)


def _places() -> Iterator[tuple[Role, str, str]]:
    for role in (*PERSONNEL, Role.READER, Role.OPERATOR):
        yield role, LEDGER, LEDGER
    for role in (*AUDITORS, Role.READER):
        yield role, "auditor-a", "auditor-a"
    for role in REGULATORS:
        yield role, _HOMES[role], _HOMES[role]
        yield Role.READER, _HOMES[role], _HOMES[role]
    for role in (*AUDITORS, *REGULATORS):
        yield role, _HOMES.get(role, "auditor-a"), LEDGER
    yield Role.SECURITY_MANAGER, "southlight", ""
    for role in (*AUDITORS, *REGULATORS):
        yield role, _HOMES.get(role, "auditor-b"), ""


def _let_in(one: Station) -> None:
    granted = one.is_guest or one.role is Role.OPERATOR
    kind, space = ("access.granted", "access") if granted else ("role.appointed", "appointment")
    person, role = _APPOINTERS[one.ledger]
    facts: dict[str, Json] = {"person": one.person.pseudonym, "role": one.role.value}
    if granted:
        facts["organisation"] = one.person.organisation
    done = append(
        one.ledger,
        [
            {
                "statement": {
                    "kind": kind,
                    "version": 1,
                    "licensee": one.ledger,
                    "licences": ["electricity", "gas"] if one.ledger == LEDGER else ["any"],
                    "occurred": clock.today().isoformat(),
                    "subject": f"{space}/{one.person.pseudonym}",
                    "actor": {"person": person, "role": role, "organisation": one.ledger},
                },
                "facts": facts,
                "salts": {"facts": fresh_salt()},
            }
        ],
    )
    assert isinstance(done, Appended), done


def gate_of(sign_in: str, row: Any, address: str) -> int:  # noqa: ANN401 - a row of any matrix
    """What the gate answers somebody who sends a request: 0 if it lets them through to the view."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - Django must be set up
    from django.test import RequestFactory  # noqa: PLC0415 - the same
    from django.urls import resolve  # noqa: PLC0415 - the same

    from meterward.web.gate import Gate  # noqa: PLC0415 - the same

    def never(_: object) -> Any:  # noqa: ANN401 - nobody comes here
        raise NotImplementedError

    request = RequestFactory().generic(row.method, address)
    people = get_user_model()
    request.user = people.objects.get(**{people.USERNAME_FIELD: sign_in})
    shown = {"method": "mfa", "at": time.time()}
    request.session = {  # type: ignore[assignment] # all that the gate asks of one
        "account_authentication_methods": [shown],
        "account_authentication_methods_user": str(request.user.pk),
    }
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined] # noqa: SLF001 - as the test client does
    match = resolve(address)
    request.resolver_match = match
    answer = Gate(never).process_view(request, match.func, (), match.kwargs)
    return answer.status_code if answer else 0
