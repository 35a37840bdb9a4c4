"""`licensee.listed`: a regulator notes a licensee whose ledger may be kept elsewhere."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind
from meterward.core.records.roles import REGULATORS
from meterward.core.records.terms import Fuels


class LicenseeListed(NamedTuple):
    """A licensee is listed, by the name that its own ledger has, so that directions can be addressed to it.

    Another record ends the listing when the licence does.
    """

    fuels: Annotated[Fuels, "For which fuel it holds a licence."]


KIND = Kind(
    name="licensee.listed",
    facts=LicenseeListed,
    by=REGULATORS,
    text={"note": "Where the licence is registered, and who to turn to."},
    introduces="listing",
    homes=REGULATOR_KEEPERS,
    lasting=True,
    links=("corrects", "replaces"),
    example={"fuels": "both"},
)
