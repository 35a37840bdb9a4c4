"""What a form offers to choose from: subjects, licences and names that the records of a ledger know, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import in_words
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds, audit_reported, direction_issued, judgement_made, role_appointed
from meterward.core.records.kinds import state_evidenced as found_state
from meterward.core.records.naming import next_name, prefix_of
from meterward.core.records.roles import OWN_ROLES, REGULATOR_OF, Role, named, titled
from meterward.core.records.terms import LICENSEE, SYSTEM
from meterward.present.kind_words import words
from meterward.present.phrases import capital
from meterward.present.risk_words import consequence_levels, likelihood_levels
from meterward.present.system_words import ASPECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import Kind
    from meterward.core.records.kinds.context_established import ContextEstablished
    from meterward.core.records.record import Record
    from meterward.usecases.show_record import Ties

_LOOKED_AT = 3_000
"""So many of the newest records are looked through for names that were used before."""
MOST_OFFERED = 300
"""So many subjects are offered, the newest first; where there are more, any other can be typed."""
LEVELS = "levels"
"""What is offered of the scale of a consequence, which stands after it."""
_CONSTANTS = (SYSTEM, LICENSEE)
_SHARED = frozenset(kind.introduces for kind in all_kinds().values() if kind.shared)
"""Of what sorts are the subjects that are told in the ledgers of others too."""


class Option(NamedTuple):
    """Something to choose: what is sent, what is read, and what more is said of it."""

    value: str
    text: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known where a form is filled in."""

    ties: Ties
    pack: Pack
    roles: Sequence[Role]
    """The roles in which the caller may append the kind."""
    today: date
    about: Sequence[str] = ()
    """Whom a record can be about, in the ledger of somebody who is no licensee."""
    context: str = ""
    """The context whose scales are meant; if none is named, the last."""

    def subjects(self, spaces: Sequence[str], *, whole: bool = False) -> list[Option]:
        """What a record can be about, in some namespaces (or any, if there are none), or as a whole."""
        if whole:
            return [Option(SYSTEM, "The system as a whole"), *self.subjects(spaces)]
        single = [Option(space, words(space).capitalize()) for space in spaces if space in _CONSTANTS]
        wanted = set(spaces) - {"any"}
        found = (
            Option(name, f"{name}, {in_words(self.ties.records[index].occurred)}")
            for name, index in reversed(self.ties.subjects())
            if (not wanted or name.partition("/")[0] in wanted) and self._stands(self.ties.records[index])
        )
        return [*single, *islice(found, MOST_OFFERED + 1)]

    def next_name(self, space: str) -> str:
        """A name for a new subject: the next number, where subjects of its sort have numbers.

        What auditors or regulators enter in the ledgers of others bears their own name, so that it is free in each.
        """
        giver = self.about[0] if self.about else ""
        bears = giver in REGULATOR_OF.values() or (giver and space in _SHARED)
        return next_name(f"{space}/{prefix_of(giver) if bears else ''}", self._given())

    def _given(self) -> Iterator[str]:
        """The names that there are, but for those that bear the name of another organisation."""
        for name, index in self.ties.subjects():
            by = self.ties.records[index].actor.organisation
            if by == self.ties.records[0].about or not name.partition("/")[2].startswith(prefix_of(by)):
                yield name

    def last_of(self, kind: Kind[Any]) -> str:
        """The id of the last record of a kind that introduces something, as long as nothing took its place."""
        for _, index in reversed(self.ties.subjects()):
            record = self.ties.records[index]
            if record.kind is kind:
                acted = self.ties.acting.get(record.id, ())
                return "" if any(verb != "corrects" for verb, _ in acted) else self._as_corrected(record).id.hex()
        return ""

    def _as_corrected(self, record: Record[Any]) -> Record[Any]:
        by = [index for verb, index in self.ties.acting.get(record.id, ()) if verb == "corrects"]
        return self._as_corrected(self.ties.records[by[-1]]) if by else record

    def licences(self) -> list[Option]:
        """The licences that the ledger is about."""
        names = [name.partition("/")[2] for name, _ in self.ties.subjects() if name.startswith("licence/")]
        return [Option(name, capital(name)) for name in names]

    def offered(self, what: str, kind: Kind[Any]) -> list[Option]:
        """What a question of a layout offers."""
        reference = self.pack.reference
        if what == "states":
            states = reference.states.items()
            return [Option(name, words(name).capitalize(), _more(name, rule.says)) for name, rule in states]
        if what == "questions":
            return [
                Option(name, words(name).capitalize(), "; ".join(filter(None, (_more(name, one.says), _by(one.roles)))))
                for name, one in reference.questions.items()
            ]
        found: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
            "members": self._members,
            "recommendations": self._recommendations,
            "requirements": self._requirements,
            "addresses": self._addresses,
            "aspects": lambda: self._aspects(kind),
            "cells": ASPECT_WORDS.items,
            "roles": self._roles,
            "acting": lambda: self._roles(only=self.roles),
            "others": lambda: self._roles(but=(Role.READER, *self.roles)),
            "likelihoods": self._likelihoods,
        }
        if what.startswith(LEVELS):
            return [Option(*one) for one in self._levels(what.removeprefix(LEVELS).strip())]
        return [Option(*one) for one in dict(found[what]()).items()]

    def _roles(self, only: Sequence[Role] = (), but: Sequence[Role] = ()) -> Iterator[tuple[str, str]]:
        """The roles that the ledger's own people have, or some; its operator is not appointed in a form."""
        found = only or OWN_ROLES[Keeper(self.ties.records[0].facts.keeper)]
        return ((role.value, titled(role)) for role in found if role not in (Role.OPERATOR, *but))

    def _context(self) -> ContextEstablished | None:
        """The context that is named, or else the one that was established last."""
        for name, index in reversed(self.ties.subjects()):
            record = self.ties.records[index]
            if self._is_meant(name) and self._stands(record):
                facts: ContextEstablished = self._as_corrected(record).facts
                return facts
        return None

    def _is_meant(self, name: str) -> bool:
        return name == self.context if self.context else name.startswith("context/")

    def _likelihoods(self) -> Iterator[tuple[str, str]]:
        if context := self._context():
            for level, says in enumerate(likelihood_levels(context.likelihood), 1):
                yield str(level), f"{level}: {says}"

    def _levels(self, consequence: str) -> Iterator[tuple[str, str]]:
        """The levels of a consequence's scale; of several scales, as long as none is named, their numbers alone."""
        context = self._context()
        criteria = {one.consequence: one for one in context.criteria} if context else {}
        for name, one in criteria.items():
            if name == consequence:
                for level, says in enumerate(consequence_levels(one.least, one.unit), 1):
                    yield str(level), f"{level}: {says}"

    def _stands(self, record: Record[Any]) -> bool:
        return all(verb != "withdraws" for verb, _ in self.ties.acting.get(record.id, ()))

    def _newest(self, kind: Kind[Any], most: int = _LOOKED_AT) -> Iterator[Record[Any]]:
        newest: Iterable[Record[Any]] = islice(reversed(self.ties.records), most)
        return (record for record in newest if record.kind is kind)

    def _members(self) -> Iterator[tuple[str, str]]:
        for _, index in self.ties.subjects():
            record = self.ties.records[index]
            if record.kind is role_appointed.KIND and record.facts.role == Role.SENIOR_MANAGER:
                over = any(verb in ("ends", "withdraws") for verb, _ in self.ties.acting.get(record.id, ()))
                until = ", appointment ended" if over else ""
                yield record.facts.person, f"{record.facts.person}, senior manager{until}"

    def _recommendations(self) -> Iterator[tuple[str, str]]:
        for record in self._newest(audit_reported.KIND):
            yield from ((name, record.subject) for name in record.facts.recommendations or ())

    def _requirements(self) -> Iterator[tuple[str, str]]:
        for record in self._newest(direction_issued.KIND):
            yield from ((one.name, f"{record.subject}: {one.act}") for one in record.facts.requirements)

    def _addresses(self) -> Iterator[tuple[str, str]]:
        for category in ("communication_equipment", "network", "premises_equipment", "process"):
            for harm in ("data_loss", "data_access", "supply"):
                yield f"{category}/{harm}", f"{words(category).capitalize()}: {words(harm)}"

    def _aspects(self, kind: Kind[Any]) -> Iterator[tuple[str, str]]:
        name = "fact" if kind is found_state.KIND else "question" if kind is judgement_made.KIND else ""
        for record in self._newest(kind):
            if record.facts.aspect:
                yield record.facts.aspect, words(getattr(record.facts, name, ""))


def _more(name: str, says: str) -> str:
    """What is said of a name, unless it is the name once more."""
    return "" if words(name).casefold() == says.strip(" .").casefold() else says


def _by(roles: Iterable[str]) -> str:
    return f"answered by {named([*roles])}"
