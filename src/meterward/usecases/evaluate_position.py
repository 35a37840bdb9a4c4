"""Evaluate the position of each licence of a licensee, from the records of its ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.evaluate import Evaluation, Setting, evaluate
from meterward.core.obligations.position import Position, position
from meterward.core.obligations.receipt import Receipt, receipt
from meterward.core.records.kinds import licence_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record


@dataclass(slots=True)
class Licence:
    """One licence of a licensee: its effective records, and everything that was computed from them so far."""

    licensee: str
    name: str
    reader: Reader
    hypothesis: Mapping[str, str] = field(default_factory=dict)

    def append(self, record: Record[Any]) -> None:
        """Take in one more record."""
        self.reader.index.append(record)

    def evaluate(self, pack: Pack) -> Evaluation:
        """Evaluate all duties; after a further record only what it touches is made again."""
        held = self.reader.of(licence_held.KIND, f"licence/{self.name}")
        fuel = held[-1].facts.fuel if held else pack.defaults()["fuel"]
        return evaluate(pack, self.reader, Setting(self.licensee, self.name, fuel, self.hypothesis))


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The position of one licence, with its receipt."""

    position: Position
    receipt: Receipt


def licences_of(
    licensee: str, records: Sequence[Record[Any]], wanted: str | None, hypothesis: Mapping[str, str]
) -> list[Licence] | Problem:
    """The licences that records are about, or the one that is wanted."""
    names = sorted({licence for record in records for licence in record.licences})
    if wanted is not None and wanted not in names:
        hint = f"The licences are: {', '.join(names)}."
        return Problem(Code.LICENCE_UNKNOWN, f"No record is about a licence “{wanted}”.", hint)
    return [_licence(licensee, records, name, hypothesis) for name in names if wanted in (None, name)]


def _licence(licensee: str, records: Iterable[Record[Any]], name: str, hypothesis: Mapping[str, str]) -> Licence:
    index = Index(name)
    for record in records:
        index.append(record)
    return Licence(licensee, name, Reader(index), hypothesis)


def evaluate_position(licence: Licence, pack: Pack, as_at: date, engine: str, catalogues: str = "") -> Evaluated:
    """The position of a licence as at a day, and its receipt."""
    found = position(licence.evaluate(pack), as_at)
    return Evaluated(found, receipt(found, licence.reader.index.ids(), engine, catalogues))


def check_hypothesis(pack: Pack, hypothesis: Mapping[str, str]) -> list[Problem]:
    """What is wrong with parameters that somebody tries out."""
    known = {parameter.name: parameter.values for parameter in pack.parameters}
    problems = []
    for name, value in hypothesis.items():
        if name not in known:
            hint = f"The parameters are: {', '.join(known)}."
            problems.append(Problem(Code.PARAMETER_UNKNOWN, f"{pack.name} has no parameter “{name}”.", hint))
        elif value not in known[name]:
            hint = f"Its values are: {', '.join(known[name])}."
            problems.append(Problem(Code.PARAMETER_VALUE, f"{name} cannot be “{value}”.", hint))
    return problems
