"""`licence.held`: the licence under which the condition binds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL, Role


class LicenceHeld(NamedTuple):
    """The licensee holds a supply licence. A dual-fuel supplier has two, and each is evaluated by itself."""

    fuel: Annotated[Literal["electricity", "gas"], "The fuel that the licence is for."]
    held_from: Annotated[date, "First day on which the licence is held."]


KIND = Kind(
    name="licence.held",
    facts=LicenceHeld,
    by=(*PERSONNEL, Role.OPERATOR),
    text={"number": "The licence's number or reference."},
    introduces="licence",
    lasting=True,
    example={"fuel": "electricity", "held_from": "2013-03-04"},
)
