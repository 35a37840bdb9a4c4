"""`pack.adopted`: which law pack and parameters a licensee goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import MANAGERS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Setting(NamedTuple):
    """One parameter of the pack."""

    name: Annotated[str, "The parameter."]
    value: Annotated[str, "Its value."]


class PackAdopted(NamedTuple):
    """The licensee adopts a law pack and sets its parameters (the brackets that the draft left open)."""

    pack: Annotated[str, "The law pack, such as condition_z_2012."]
    pack_version: Annotated[int, "The version of the pack."]
    parameters: Annotated[tuple[Setting, ...], "The parameters that differ from the pack's defaults."] = ()


def distinct_settings(seen: Seen[PackAdopted]) -> Iterable[Unmet]:
    """A parameter has one value."""
    names = [setting.name for setting in seen.facts.parameters]
    if len(set(names)) != len(names):
        yield Unmet("facts.parameters", "A parameter is set twice.", "Set each once.")


KIND = Kind(
    name="pack.adopted",
    facts=PackAdopted,
    by=(*MANAGERS, Role.LEGAL_ADVISER),
    text={"reason": "Why these parameters."},
    about=("licensee",),
    constraints=(distinct_settings,),
    example={"pack": "condition_z_2012", "pack_version": 1, "parameters": [{"name": "z8_strength", "value": "comply"}]},
)
