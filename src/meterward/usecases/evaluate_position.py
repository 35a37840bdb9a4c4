"""Evaluate the position of each licence of a licensee, from the records of its ledger."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field, replace
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
from meterward.core.records.terms import EVERY_LICENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record


_MOST_VIEWS = 3
"""For so many days is kept what was made for the position as at them."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The position of one licence, with its receipt."""

    position: Position
    receipt: Receipt
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of what came out for each duty, by its id."""


class _Made(NamedTuple):
    """What was made of a duty last time, and from which result."""

    result: DutyResult
    go_live: date | None
    position: DutyPosition
    digest: str


@dataclass(slots=True)
class _View:
    """What was made for the position as at one day."""

    made: dict[str, _Made] = field(default_factory=dict)
    then: Dossier | None = None
    """The licence as if nothing were done after that day, where something was."""
    nothing_later: bool = False

    def append(self, record: Record[Any], as_at: date) -> None:
        """Take in one more record, or forget what it makes wrong."""
        if record.links.corrects or record.links.withdraws or (self.nothing_later and record.occurred > as_at):
            self.forget()
        elif self.then and record.occurred <= as_at:
            self.then.append(record)

    def forget(self) -> None:
        """Sort out anew what was done later."""
        if self.then:
            self.then.forget()
        self.then, self.nothing_later = None, False


@dataclass(slots=True)
class Dossier:
    """One licence of a licensee: its effective records, and everything that was computed from them so far."""

    licensee: str
    name: str
    reader: Reader
    hypothesis: Mapping[str, str] = field(default_factory=dict)
    _views: OrderedDict[date, _View] = field(default_factory=OrderedDict)

    @property
    def weight(self) -> int:
        """How many records are held here, those held again for earlier days counted again."""
        return len(self.reader.index.records) + sum(view.then.weight for view in self._views.values() if view.then)

    def append(self, record: Record[Any]) -> None:
        """Take in one more record."""
        self.reader.index.append(record)
        for as_at, view in self._views.items():
            view.append(record, as_at)

    def is_ready(self, as_at: date) -> bool:
        """Whether what was not done by a day needs not be sorted out first."""
        view = self._views.get(as_at)
        return view is not None and (view.then is not None or view.nothing_later)

    def forget(self) -> None:
        """Give back the memory now: what is kept refers to the reader that keeps it. Nothing is asked after that."""
        for view in self._views.values():
            view.forget()
        self._views.clear()
        self.reader.forget()

    def fork(self, as_at: date) -> Dossier:
        """The same licence, to be asked as at one day with further records that this one never hears of."""
        view = self._views.get(as_at) or _View()
        forked = _View(dict(view.made), view.then and view.then.fork(as_at), view.nothing_later)
        return replace(self, reader=self.reader.fork(), _views=OrderedDict({as_at: forked}))

    def evaluate(self, pack: Pack) -> Evaluation:
        """Evaluate all duties; after a further record only what it touches is made again."""
        held = self.reader.of(licence_held.KIND, f"licence/{self.name}")
        fuel = held[-1].facts.fuel if held else pack.defaults()["fuel"]
        return evaluate(pack, self.reader, Basis(self.licensee, self.name, fuel, self.hypothesis))

    def position(self, pack: Pack, as_at: date, engine: str) -> Evaluated:
        """The position as at a day, and its receipt. `engine` is the digest of its sources."""
        evaluation = self.evaluate(pack)
        view = self._view(as_at)
        ahead = view.then.evaluate(pack) if view.then else evaluation
        made = [_duty(view, evaluation, result, ahead, as_at) for result in evaluation.duties]
        found = Position(evaluation, as_at, tuple(one.position for one in made))
        digests = {one.position.duty.id: one.digest for one in made}
        return Evaluated(found, receipt(found, digests, self.reader.index.ids(), engine), digests)

    def _view(self, as_at: date) -> _View:
        """What was made for a day; corrections and withdrawals are resolved before what was done later is left out."""
        view = self._views.setdefault(as_at, _View())
        self._views.move_to_end(as_at)
        while len(self._views) > _MOST_VIEWS:
            self._views.popitem(last=False)[1].forget()
        if view.then is None and not view.nothing_later:
            index = self.reader.index
            view.nothing_later = all(index.records[one].occurred <= as_at for one in index.effective)
            if not view.nothing_later:
                view.then = _dossier(self.licensee, index.standing(as_at), self.name, self.hypothesis)
        return view


def _duty(view: _View, evaluation: Evaluation, result: DutyResult, ahead: Evaluation, as_at: date) -> _Made:
    go_live = evaluation.regime(as_at).go_live
    made = view.made.get(result.duty.id)
    if made is None or made.result is not result or made.go_live != go_live:
        without = ahead.duty(result.duty.id)
        stands = duty_position(evaluation, result, as_at, without.timeline if without else None)
        made = _Made(result, go_live, stands, duty_digest(result, stands))
        view.made[result.duty.id] = made
    return made


def dossiers_of(
    licensee: str, records: Sequence[Record[Any]], wanted: str | None, hypothesis: Mapping[str, str]
) -> list[Dossier] | Problem:
    """The dossiers of the licences that records are about, or of the one that is wanted."""
    about: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for record in records:
        for licence in record.licences:
            about[licence].append(record)
    everywhere = about.pop(EVERY_LICENCE, [])
    if problem := unknown_licence(wanted, about):
        return problem
    return [
        _dossier(licensee, [*about[name], *everywhere], name, hypothesis)
        for name in sorted(about)
        if wanted in (None, name)
    ]


def unknown_licence(wanted: str | None, there: Collection[str]) -> Problem | None:
    """What is wrong with the name of the licence that is wanted, if anything is."""
    if wanted is None or wanted in there:
        return None
    hint = f"{nearest(wanted, there)}The licences are: {listed(sorted(there))}."
    return Problem(Code.LICENCE_UNKNOWN, f"No record is about a licence “{wanted}”.", hint)


def new_dossier(licensee: str, name: str, hypothesis: Mapping[str, str]) -> Dossier:
    """A licence of which no record is known yet."""
    return Dossier(licensee, name, Reader(Index(name)), hypothesis)


def _dossier(licensee: str, records: Iterable[Record[Any]], name: str, hypothesis: Mapping[str, str]) -> Dossier:
    found = new_dossier(licensee, name, hypothesis)
    for record in records:
        found.append(record)
    return found
