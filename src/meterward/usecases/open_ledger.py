"""Open an organisation's ledger: the records that every ledger begins with, and the first who may append others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.core.records.terms import EVERY_LICENCE
from meterward.usecases.operator_statement import operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meterward.core.base.canonical import Json


class Opening(NamedTuple):
    """What must be known to open a ledger."""

    organisation: str
    licences: Mapping[str, date]
    """For each fuel the first day on which its licence is held; none where the organisation is no licensee."""
    manager: str
    """The pseudonym of the first who may append."""
    keeper: Keeper = Keeper.LICENSEE


FIRST_ROLE: Mapping[Keeper, Role] = {
    Keeper.LICENSEE: Role.SECURITY_MANAGER,
    Keeper.AUDITOR: Role.LEAD_AUDITOR,
    Keeper.AUTHORITY: Role.AUTHORITY_OFFICER,
    Keeper.DEPARTMENT: Role.SECRETARY_OF_STATE_OFFICER,
}
"""The role of the first who may append, by what the organisation is."""


def opening_lines(opening: Opening, day: date, salt: Callable[[], str]) -> Iterator[dict[str, Json]]:
    """The lines of an opening on a day, without `recorded`: the ledger, each licence, the first who may append.

    A licence counts from the day on which it was first held. One that is held from a day ahead is known today.
    """
    opened: dict[str, Json] = {"clock": "system", "purpose": "live"}
    keeper: dict[str, Json] = {} if opening.keeper is Keeper.LICENSEE else {"keeper": opening.keeper.value}
    yield _line(opening, "ledger.opened", "", day, opened | keeper, salt())
    for fuel, held_from in opening.licences.items():
        facts: dict[str, Json] = {"fuel": fuel, "held_from": held_from.isoformat()}
        yield _line(opening, "licence.held", f"licence/{fuel}", min(held_from, day), facts, salt())
    appointed: dict[str, Json] = {"person": opening.manager, "role": FIRST_ROLE[opening.keeper].value}
    yield _line(opening, "role.appointed", "appointment/1", day, appointed, salt())


def _line(
    opening: Opening, kind: str, subject: str, occurred: date, facts: dict[str, Json], salt: str
) -> dict[str, Json]:
    about = [subject.partition("/")[2]] if subject.startswith("licence/") else opening.licences or (EVERY_LICENCE,)
    more = {"subject": subject} if subject else {}
    statement = operator_statement(all_kinds()[kind], opening.organisation, about, occurred, **more)
    return {"statement": statement, "facts": facts, "salts": {"facts": salt}}
