"""Every address of a ledger, for every role, of the own and of other organisations, in the ledger of each party.

Who is let through is written down here once for each reach; which reach an address has stands in its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import resolve

from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.wiring.example_store import LEDGER
from tests.access.test_matrix import ROWS
from tests.builders.access_rows import Reach
from tests.builders.owned import own_something
from tests.builders.stations import LEDGERS, gate_of, take_stations

if TYPE_CHECKING:
    from tests.builders.access_rows import Row
    from tests.builders.stations import Station

OF_LICENSEE = {
    Role.SECURITY_MANAGER,
    Role.RISK_OWNER,
    Role.SENIOR_MANAGER,
    Role.CONTRIBUTOR,
    Role.LEGAL_ADVISER,
}
OF_AUDITOR = {Role.LEAD_AUDITOR, Role.AUDITOR}
OF_REGULATOR = {Role.AUTHORITY_OFFICER, Role.SECRETARY_OF_STATE_OFFICER}
OWN = {
    Reach.POSITION: OF_LICENSEE | OF_AUDITOR | OF_REGULATOR | {Role.READER},
    Reach.RECORD: OF_LICENSEE | OF_AUDITOR | OF_REGULATOR | {Role.READER},
    Reach.INSIDE: OF_LICENSEE | OF_AUDITOR | OF_REGULATOR | {Role.READER},
    Reach.WRITER: OF_LICENSEE | OF_AUDITOR | OF_REGULATOR,
    Reach.SENDER: OF_LICENSEE | OF_AUDITOR | OF_REGULATOR | {Role.OPERATOR},
    Reach.MANAGER: {Role.SECURITY_MANAGER, Role.SENIOR_MANAGER} | OF_AUDITOR | OF_REGULATOR,
    Reach.INVITER: {Role.SECURITY_MANAGER, Role.SENIOR_MANAGER, Role.LEAD_AUDITOR} | OF_REGULATOR,
    Reach.ROLE: set(Role),
    Reach.OWNER: set(),
}
"""Who comes there in the ledger of their own organisation. What is owned is somebody else's here."""
GUESTS = {
    Reach.POSITION: OF_AUDITOR | OF_REGULATOR,
    Reach.RECORD: OF_AUDITOR,
    Reach.INSIDE: OF_AUDITOR,
    Reach.WRITER: OF_AUDITOR,
    Reach.SENDER: OF_AUDITOR,
    Reach.MANAGER: OF_AUDITOR,
    Reach.INVITER: set(),
    Reach.ROLE: OF_AUDITOR | OF_REGULATOR,
    Reach.OWNER: set(),
}
"""Who comes there of those whom a licensee let in. Nobody else lets anybody in."""


def expected(row: Row, station: Station, ledger: str, kind: str) -> bool:
    """Whether somebody is let through to a page of a ledger."""
    kept_by = row.kept_by or (tuple(Keeper) if row.everywhere else (Keeper.LICENSEE,))
    if station.ledger != ledger or LEDGERS[ledger] not in kept_by:
        return False
    there = (GUESTS if station.is_guest else OWN)[row.reach]
    return station.role in there and (kind not in all_kinds() or station.role in all_kinds()[kind].by)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_role_comes_where_it_may_and_nowhere_else(ledger: str) -> None:
    owned, stations, wrong = own_something(), take_stations(), []
    assert {one.role for one in stations if one.ledger == LEDGER} == set(Role)
    for row in (row for row in ROWS if LEDGER in row.address):
        address = row.address.format(**owned).replace(LEDGER, ledger, 1)
        kind = str(resolve(address).kwargs.get("kind", ""))
        for station in stations:
            found = gate_of(station.person.sign_in, row, address)
            if (found == 0) is not expected(row, station, ledger, kind):
                wrong.append((row.method, address, station.role.value, station.ledger, found))
            if not station.ledger and found != 404:
                wrong.append((row.method, address, "a stranger", "", found))
    assert not wrong, "\n".join(map(str, wrong))
