"""The shape of a law pack: dated, cited data. `law/` reads packs from TOML into these."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.base.working_days import WorkingDays
    from meterward.core.facts.owed import Source
    from meterward.core.facts.reference import Reference


class DutyKind(StrEnum):
    """The kinds of duty; `duties.md` says what each means on a day."""

    PURPOSE = "PURPOSE"
    WINDOW = "WINDOW"
    DEFINE = "DEFINE"
    POWER = "POWER"
    UMBRELLA = "UMBRELLA"
    ESTABLISH = "ESTABLISH"
    MAINTAIN = "MAINTAIN"
    CONTENT = "CONTENT"
    REVIEW = "REVIEW"
    CONSIDER = "CONSIDER"
    PERFORM_BY = "PERFORM_BY"
    RECORD = "RECORD"
    PRODUCE = "PRODUCE"
    COMPLY_INSTRUMENT = "COMPLY_INSTRUMENT"


NOT_SCORED = frozenset((DutyKind.PURPOSE, DutyKind.WINDOW, DutyKind.DEFINE, DutyKind.POWER))
"""They shape the others and stand in every trace."""


class Force(StrEnum):
    """How strong a duty is."""

    ABSOLUTE = "absolute"
    WITHIN_POWER = "within-power"
    REASONABLE_STEPS = "all-reasonable-steps"
    JUDGEMENT = "appropriate"


class ForceWhere(NamedTuple):
    """That a duty has another force where a parameter has some value."""

    parameter: str
    value: str
    force: Force


class Limit(StrEnum):
    """What a limit is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Due:
    """A limit of a duty: how long after the clock starts, and who set it.

    `parameter` names the parameter that holds the count, where the text leaves it open.
    """

    count: int
    unit: Limit
    source: Source
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which records a duty reads, and as what; each is `kind` or `kind?field=value`.

    Taking away a *proof* never improves a status; an *act* taken away never turns something owed into something
    done; without any *trigger* nothing is asked; taking away an *adverse* record never makes it worse. A *mixed* record
    speaks for and against (a recognition that ends, a decision that opens an action): without it no day before its own
    differs.
    """

    proofs: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    adverse: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every selector."""
        return (*self.proofs, *self.acts, *self.triggers, *self.adverse, *self.mixed)


@dataclass(frozen=True, slots=True)
class Reading:
    """One sensible way to read a clause."""

    id: str
    says: str
    settings: Mapping[str, str] = field(default_factory=dict)
    due: Due | None = None
    mixed: tuple[str, ...] = ()
    """Records that under this reading are read as mixed, whatever the duty says of them."""
    supposes: str = ""
    """What it takes the clause to mean, as the end of a sentence with “if”; empty where there is no other."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A scored duty. The first reading is the product's default."""

    id: str
    clause: str
    part: str
    title: str
    kind: DutyKind
    force: Force
    bearer: str
    says: str
    trigger: str
    proof: str
    facts: tuple[str, ...]
    readings: tuple[Reading, ...]
    inputs: Inputs
    due: Due | None = None
    force_where: tuple[ForceWhere, ...] = ()
    recurs: bool = False
    children: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """The parameters that it depends on."""

    def force_under(self, parameters: Mapping[str, str]) -> Force:
        """How strong it is under some parameters."""
        found = (one.force for one in self.force_where if parameters[one.parameter] == one.value)
        return next(found, self.force)


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause that is not scored: it says when, what or whom the others are about."""

    clause: str
    part: str
    title: str
    kind: DutyKind
    says: str
    shapes: tuple[str, ...] = ()
    """The duties in whose trace it stands; all if empty."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A bracket that the text leaves open. The first value is the default."""

    name: str
    says: str
    values: tuple[str, ...]
    title: str
    words: Mapping[str, str]
    """Each value as a person reads it."""


@dataclass(frozen=True)
class Pack:
    """A law pack. `digest` is the SHA-256 (hex) of its data: its own, and the calendar that it counts by."""

    name: str
    version: int
    title: str
    source: str
    digest: str
    parts: Mapping[str, str]
    provisions: tuple[Provision, ...]
    duties: tuple[Duty, ...]
    parameters: tuple[Parameter, ...]
    reference: Reference
    working_days: WorkingDays

    def duty(self, identity: str) -> Duty | None:
        """A duty by its id."""
        return next((duty for duty in self.duties if duty.id == identity), None)

    def accepted(self, settings: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Those settings that name a parameter of the pack and one of its values."""
        known = {parameter.name: parameter.values for parameter in self.parameters}
        return {name: value for name, value in settings if value in known.get(name, ())}

    def defaults(self) -> dict[str, str]:
        """Every parameter at its default."""
        return {parameter.name: parameter.values[0] for parameter in self.parameters}
