"""Three incidents with texts, and a search among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.usecases.ports import Wanted
from tests.builders.kept import LEDGER
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
TEXTS = (
    "The head-end was unreachable for an hour; nobody was hurt.",
    "A meter's café door was forced. See O\u2019Brien and the CAFÉ.",
    "Unreachable again, by way of the head-end's 3rd party.",
)


def incident(number: int, text: str, day: date = DAY) -> dict[str, Json]:
    """The line of an incident with a text."""
    facts = {"detected": day, "severity": "low"}
    return {
        **Draft("incident.recorded", day, day, facts, f"incident/{number}").line(number),
        "text": {"description": text},
    }


def found(store: Store, words: str = "", **wanted: Any) -> list[int]:  # noqa: ANN401 - what is wanted
    """The indices of what is found, in the order in which it is."""
    asked = Wanted(words)._replace(**wanted)
    return [hit.index for hit in store.ledgers.search(LEDGER, asked, 1_000).hits]
