"""Harbour, the licensee of a new store: what somebody appends to its ledger at a terminal, and how it then stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.builders.terminal import COMMAND, Terminal

if TYPE_CHECKING:
    from tests.builders.terminal import Said

LICENSEE = "harbour"
OF = ("--licensee", LICENSEE)
BECAUSE = ("--reason", "The disk failed, and nothing newer was kept.")


def incident(number: int) -> dict[str, Any]:
    """The line of an incident."""
    statement = {
        "kind": "incident.recorded",
        "version": 1,
        "licensee": LICENSEE,
        "licences": ["gas"],
        "occurred": "2014-11-18",
        "subject": f"incident/{number}",
        "actor": {"person": "p-01", "role": "security_manager", "organisation": LICENSEE},
    }
    facts = {"detected": "2014-11-18", "severity": "high"}
    return {"statement": statement, "facts": facts, "salts": {"facts": f"{number:032x}"}}


def written(*numbers: int) -> str:
    """The lines of incidents, as a file has them."""
    return "".join(f"{json.dumps(incident(number))}\n" for number in numbers)


def append(terminal: Terminal, number: int, command: list[str] = COMMAND) -> Said:
    """Append an incident."""
    return terminal.enter("append", LICENSEE, "-", piped=written(number), command=command)


def shown(terminal: Terminal) -> dict[str, Any]:
    """What `ledger show` tells a script."""
    found: dict[str, Any] = terminal.enter("ledger", "show", *OF, "--format", "json").json
    return found
