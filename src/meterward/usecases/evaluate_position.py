"""Evaluate the position of each licence of a licensee, from the records of its ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.nearest import listed, nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.evaluate import Basis, DutyResult, Evaluation, evaluate
from meterward.core.obligations.position import DutyPosition, Position, duty_position
from meterward.core.obligations.receipt import Receipt, duty_digest, receipt
from meterward.core.records.kinds import licence_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The position of one licence, with its receipt."""

    position: Position
    receipt: Receipt


class _Made(NamedTuple):
    """What was made of a duty last time, and from which result."""

    result: DutyResult
    as_at: date
    go_live: date | None
    position: DutyPosition
    digest: str


@dataclass(slots=True)
class Dossier:
    """One licence of a licensee: its effective records, and everything that was computed from them so far."""

    licensee: str
    name: str
    reader: Reader
    hypothesis: Mapping[str, str] = field(default_factory=dict)
    _made: dict[str, _Made] = field(default_factory=dict)
    _then: tuple[date, Dossier] | None = None

    def append(self, record: Record[Any]) -> None:
        """Take in one more record."""
        self.reader.index.append(record)
        if self._then is None:
            return
        as_at, then = self._then
        if record.links.corrects or record.links.withdraws or (then is self and record.occurred > as_at):
            self._then = None
        elif then is not self and record.occurred <= as_at:
            then.append(record)

    def evaluate(self, pack: Pack) -> Evaluation:
        """Evaluate all duties; after a further record only what it touches is made again."""
        held = self.reader.of(licence_held.KIND, f"licence/{self.name}")
        fuel = held[-1].facts.fuel if held else pack.defaults()["fuel"]
        return evaluate(pack, self.reader, Basis(self.licensee, self.name, fuel, self.hypothesis))

    def position(self, pack: Pack, as_at: date, engine: str) -> Evaluated:
        """The position as at a day, and its receipt. `engine` is the digest of its sources."""
        evaluation = self.evaluate(pack)
        ahead = self._as_of(as_at).evaluate(pack)
        made = [self._duty(evaluation, result, ahead, as_at) for result in evaluation.duties]
        found = Position(evaluation, as_at, tuple(one.position for one in made))
        digests = {one.position.duty.id: one.digest for one in made}
        return Evaluated(found, receipt(found, digests, self.reader.index.ids(), engine))

    def _as_of(self, as_at: date) -> Dossier:
        """The licence as if nothing were done after a day; corrections and withdrawals are resolved first."""
        if self._then is None or self._then[0] != as_at:
            index = self.reader.index
            later = any(index.records[one].occurred > as_at for one in index.effective)
            then = _dossier(self.licensee, index.standing(as_at), self.name, self.hypothesis) if later else self
            self._then = (as_at, then)
        return self._then[1]

    def _duty(self, evaluation: Evaluation, result: DutyResult, ahead: Evaluation, as_at: date) -> _Made:
        go_live = evaluation.regime(as_at).go_live
        made = self._made.get(result.duty.id)
        if made is None or made.result is not result or (made.as_at, made.go_live) != (as_at, go_live):
            without = ahead.duty(result.duty.id)
            stands = duty_position(evaluation, result, as_at, without.timeline if without else None)
            made = _Made(result, as_at, go_live, stands, duty_digest(result, stands))
            self._made[result.duty.id] = made
        return made


def dossiers_of(
    licensee: str, records: Sequence[Record[Any]], wanted: str | None, hypothesis: Mapping[str, str]
) -> list[Dossier] | Problem:
    """The dossiers of the licences that records are about, or of the one that is wanted."""
    about: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for record in records:
        for licence in record.licences:
            about[licence].append(record)
    if wanted is not None and wanted not in about:
        hint = f"{nearest(wanted, about)}The licences are: {listed(sorted(about))}."
        return Problem(Code.LICENCE_UNKNOWN, f"No record is about a licence “{wanted}”.", hint)
    return [_dossier(licensee, about[name], name, hypothesis) for name in sorted(about) if wanted in (None, name)]


def _dossier(licensee: str, records: Iterable[Record[Any]], name: str, hypothesis: Mapping[str, str]) -> Dossier:
    index = Index(name)
    for record in records:
        index.append(record)
    return Dossier(licensee, name, Reader(index), hypothesis)
