"""What is withheld of the small ledger of Northlight, and the bundle without it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meterward.usecases.withhold import Asked
from tests.builders.northlight import SMALL, maker

if TYPE_CHECKING:
    from tests.builders.bundles import MemoryBundle

ELEMENT, ROLE = "element.declared", "role.appointed"
TEXTS, FILES = Asked("text"), Asked("files")
FACT = Asked("facts", "power", ELEMENT)
APPOINTED = Asked("facts", "role", ROLE)


@cache
def shown(*asked: Asked) -> MemoryBundle:
    """The small ledger without what is withheld."""
    return maker(SMALL).bundle(withheld=asked)
