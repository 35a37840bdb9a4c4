"""Open a licensee's ledger: the records that every ledger begins with, and the first who may append others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.usecases.operator_statement import operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meterward.core.base.canonical import Json


class Opening(NamedTuple):
    """What must be known to open a ledger."""

    licensee: str
    licences: Mapping[str, date]
    """For each fuel the first day on which its licence is held."""
    manager: str
    """The pseudonym of the first security manager."""


def opening_lines(opening: Opening, day: date, salt: Callable[[], str]) -> Iterator[dict[str, Json]]:
    """The lines of an opening on a day, without `recorded`: the ledger, each licence, the first security manager.

    A licence counts from the day on which it was first held. One that is held from a day ahead is known today.
    """
    yield _line(opening, "ledger.opened", "", day, {"clock": "system", "purpose": "live"}, salt())
    for fuel, held_from in opening.licences.items():
        facts: dict[str, Json] = {"fuel": fuel, "held_from": held_from.isoformat()}
        yield _line(opening, "licence.held", f"licence/{fuel}", min(held_from, day), facts, salt())
    appointed: dict[str, Json] = {"person": opening.manager, "role": Role.SECURITY_MANAGER.value}
    yield _line(opening, "role.appointed", "appointment/1", day, appointed, salt())


def _line(
    opening: Opening, kind: str, subject: str, occurred: date, facts: dict[str, Json], salt: str
) -> dict[str, Json]:
    about = opening.licences if not subject.startswith("licence/") else [subject.partition("/")[2]]
    more = {"subject": subject} if subject else {}
    statement = operator_statement(all_kinds()[kind], opening.licensee, about, occurred, **more)
    return {"statement": statement, "facts": facts, "salts": {"facts": salt}}
