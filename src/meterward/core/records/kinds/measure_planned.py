"""`measure.planned`: something that is to be done about risks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct, in_order
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Effect(NamedTuple):
    """What a measure is there for: one risk, and by how many levels it lowers it once it works."""

    risk: Annotated[str, Ref(("risk",)), "The risk."]
    likelihood: Annotated[int, "By how many levels it lowers the likelihood."] = 0
    consequence: Annotated[int, "By how many levels it lowers the consequences."] = 0


class MeasurePlanned(NamedTuple):
    """A measure to treat risks. What it does to them counts from the day on which it is shown to operate."""

    label: Annotated[Label, "What it is called."]
    option: Annotated[Literal["modify", "avoid", "share"], "The treatment, in ISO 27005's terms."]
    effects: Annotated[tuple[Effect, ...], "The risks that it is there for."]
    due: Annotated[date, "The day by which it operates."]
    starts: Annotated[date | None, "The day on which work on it begins."] = None
    owner: Annotated[str | None, "Who answers for it, by pseudonym."] = None
    controls: Annotated[tuple[str, ...], "The controls that it realises, such as iso27001-2022/A.8.24."] = ()
    elements: Annotated[tuple[str, ...], Ref(("element",)), "The elements at which it is done."] = ()
    cost: Annotated[int | None, "What it costs once, in pounds."] = None
    cost_yearly: Annotated[int | None, "What it costs each year, in pounds."] = None


def for_some_risk(seen: Seen[MeasurePlanned]) -> Iterable[Unmet]:
    """A measure is there for a risk, names each once, and lowers it if it is to modify it."""
    effects = seen.facts.effects
    if not effects:
        yield Unmet("facts.effects", "The list is empty.", "Name at least one risk: a measure is there for one.")
    names = [effect.risk for effect in effects]
    for place, effect in enumerate(effects):
        where = f"facts.effects[{place}]"
        if effect.risk in names[:place]:
            yield Unmet(f"{where}.risk", f"{effect.risk} stands there twice.", "Name each risk once.")
        if effect.likelihood == 0 and effect.consequence == 0:
            yield Unmet(where, "It lowers nothing.", "Say by how many levels it lowers likelihood or consequences.")


def by_risk(subject: str, facts: MeasurePlanned) -> list[tuple[str, ...]]:
    """Looked up by its name, and by each risk that it is there for."""
    return [(subject,), *((risk,) for risk in dict.fromkeys(effect.risk for effect in facts.effects))]


KIND = Kind(
    name="measure.planned",
    facts=MeasurePlanned,
    by=PERSONNEL,
    text={"description": "What is done, and how it will be shown to work."},
    introduces="measure",
    lasting=True,
    renewed=True,
    links=("corrects", "replaces"),
    constraints=(for_some_risk, in_order("starts", "due"), distinct("controls"), distinct("elements")),
    cells=by_risk,
    example={
        "label": "Two people release every bulk command",
        "option": "modify",
        "effects": [{"risk": "risk/1", "likelihood": 2}],
        "due": "2014-06-30",
        "cost": 180_000,
    },
)
