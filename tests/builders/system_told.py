"""A system as it is told: rows of elements, links and populations, the records and the lines that have them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds import system_described
from meterward.core.records.line import Sealed, read_object
from meterward.core.system.model import Drawn
from meterward.usecases.say_lines import Saying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe

DAY = date(2013, 5, 1)

STATEMENT: dict[str, Any] = {
    "licensee": "northlight",
    "licences": ["electricity"],
    "occurred": str(DAY),
    "actor": {"person": "p-07", "role": "security_manager", "organisation": "northlight"},
}
_ELEMENT: Mapping[str, Any] = {
    "categories": ["communication_equipment"],
    "operator": "licensee",
    "power": "within",
    "in_service": "2012-12-01",
}


def element(name: str, **more: object) -> dict[str, Any]:
    """The row of an element, with what is said of it beside what is usual."""
    return {"element": f"element/{name}", "told": {**_ELEMENT, **more}}


def link(name: str, source: str, target: str, **more: object) -> dict[str, Any]:
    """The row of a link between two elements."""
    return {"link": f"link/{name}", "source": f"element/{source}", "target": f"element/{target}", **more}


def population(name: str, of: str, devices: int, **more: object) -> dict[str, Any]:
    """The row of so many devices, live."""
    said = {"element": f"element/{of}", "devices": devices, "state": "live"}
    return {"population": f"population/{name}", **said, **more}


def described(
    on: date, *rows: Mapping[str, Any], gone: tuple[str, ...] = (), telling: int = 1, **more: object
) -> dict[str, Any]:
    """A record of a story that tells some rows, each in its place, and what is gone."""
    facts: dict[str, Any] = {"source": "by_hand", **({"telling": telling} if telling != 1 else {})}
    for row in rows:
        facts.setdefault(f"{next(iter(row))}s", []).append(dict(row))
    if gone:
        facts["gone"] = list(gone)
    return {"kind": "system.described", "on": on, "facts": facts, **more}


def drawn(*rows: Mapping[str, Any]) -> Drawn:
    """The system that some rows tell."""
    facts = system_described.KIND.read(described(DAY, *rows)["facts"])
    return Drawn(
        {row.element: row.told for row in facts.elements},
        {row.link: row for row in facts.links},
        {row.population: row for row in facts.populations},
    )


def saying(day: date = DAY, **more: Any) -> Saying:  # noqa: ANN401 - any field
    """What the lines of an act say beside; each has salts of its own."""
    numbers = count(1)
    return Saying({**STATEMENT, "occurred": str(day)}, "csv", lambda: (f"{next(numbers):032x}", "0" * 32), **more)


def admitted(scribe: Scribe, line: Mapping[str, Any]) -> Record[Any]:
    """The record of a line, entered into a ledger."""
    sealed = read_object({**line, "recorded": "2014-01-02T12:00:00Z"})
    assert isinstance(sealed, Sealed), sealed
    record = scribe.admission.admit(sealed)
    assert not isinstance(record, list), record
    scribe.records.append(record)
    return record
