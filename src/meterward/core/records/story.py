"""Stories: a licensee's life told briefly, as worked cases and examples tell it, and written out as ledger lines.

A story leaves out what is usual: who acted, the hour, the proof attached. A day is written `2013-08-20`, or from the
record's own day (`on-20d`) or from a day that the teller gives (`today-18m`). Records name each other by label.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from meterward.core.base.days import add_months, parse_day
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import read_object
from meterward.core.records.record import LINKS
from meterward.core.records.roles import AUDITORS, REGULATOR_OF, Role

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

_STEP = re.compile(r"([+-]\d+)([dmy])")
_DAY = re.compile(rf"(?P<anchor>[a-z_]+)(?P<steps>(?:{_STEP.pattern})*)")
_HOUR = "T17:00:00Z"


class StoryError(ValueError):
    """A story that cannot be told; stories are ours, so this is a mistake in the story."""


@dataclass(frozen=True)
class Teller:
    """How a story is told: the licensee, its licences, the days that days are counted from, and what is usual."""

    licensee: str
    licences: Sequence[str]
    anchors: Mapping[str, date] = field(default_factory=dict)
    usual: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seed: str = "story"

    def tell(self, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Json]]:
        """The lines of the ledger, in the order of recording."""
        told = [_Told(self, record, place) for place, record in enumerate(records)]
        told.sort(key=lambda one: (one.recorded, one.place))
        ids: dict[str, str] = {}
        return [one.line(ids) for one in told]

    def day(self, written: object, own: date | None = None) -> date:
        """Read a day of a story."""
        if isinstance(written, date):
            return written
        day = self.try_day(str(written), own)
        if day is None:
            raise StoryError(f"{written!r} is not a day")
        return day

    def try_day(self, written: str, own: date | None) -> date | None:
        """Read a day of a story; None if the text is none."""
        if plain := parse_day(written):
            return plain
        match = _DAY.fullmatch(written)
        anchors = {**self.anchors, **({"on": own} if own else {})}
        if not match or match["anchor"] not in anchors:
            return None
        day = anchors[match["anchor"]]
        for count, unit in _STEP.findall(match["steps"]):
            day = _step(day, int(count), unit)
        return day

    def resolve(self, value: object, own: date) -> Json:
        """A value of a story's facts as JSON, its days resolved."""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            day = self.try_day(value, own) if _DAY.fullmatch(value) else None
            return day.isoformat() if day else value
        if isinstance(value, Mapping):
            return {name: self.resolve(item, own) for name, item in value.items()}
        if isinstance(value, Sequence):
            return [self.resolve(item, own) for item in value]
        return cast("Json", value)


def with_usual(usual: Mapping[str, Mapping[str, Any]], record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of a story with what is usual for its kind; what it says itself goes before, fact by fact."""
    common = usual.get(record["kind"], {})
    return {**common, **record, "facts": {**common.get("facts", {}), **record.get("facts", {})}}


def usual_organisation(role: Role, facts: Mapping[str, Any], licensee: str) -> str:
    """The organisation that somebody in a role usually acts for: auditors for the one that the facts name."""
    if role in AUDITORS:
        return str(facts.get("author", facts.get("organisation", "auditor-a")))
    return REGULATOR_OF.get(role, licensee)


def _step(day: date, count: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=count)
    return add_months(day, count * (12 if unit == "y" else 1))


class _Told:
    """One record of a story, on its way to a line."""

    def __init__(self, teller: Teller, record: Mapping[str, Any], place: int) -> None:
        self.teller, self.place = teller, place
        self.record = with_usual(teller.usual, record)
        self.kind = all_kinds()[record["kind"]]
        self.on = teller.day(record["on"])
        self.recorded = teller.day(record.get("recorded", self.on), self.on)

    def line(self, ids: dict[str, str]) -> dict[str, Json]:
        """The line, with the ids of the records that it names; it adds its own."""
        facts = {name: value for name, value in self.record["facts"].items() if value != "" and value is not None}
        line: dict[str, Json] = {
            "recorded": f"{self.recorded.isoformat()}{_HOUR}",
            "statement": self._statement(ids),
            "facts": self.teller.resolve(facts, self.on),
            "text": self._text(),
            "files": cast("Json", self._files()),
            "salts": {part: self._digest(part)[:32] for part in ("facts", "text")},
        }
        sealed = read_object(line)
        if isinstance(sealed, list):
            raise StoryError(f"{self.record.get('label', self.kind.name)} on {self.on}: {'; '.join(map(str, sealed))}")
        identity = sealed.statement.digest().hex()
        ids[self.record.get("label", f"#{self.place}")] = identity
        return {"id": identity, **line}

    def _statement(self, ids: Mapping[str, str]) -> dict[str, Json]:
        role = Role(self.record.get("role", self.kind.usual_role))
        organisation = usual_organisation(role, self.record["facts"], self.teller.licensee)
        statement: dict[str, Json] = {
            "kind": self.kind.name,
            "version": self.kind.version,
            "licensee": self.teller.licensee,
            "licences": list(self.record.get("licences", self.teller.licences)),
            "occurred": self.on.isoformat(),
            "actor": {
                "person": self.record.get("person", f"p-{role}"),
                "role": role.value,
                "organisation": self.record.get("organisation", organisation),
            },
        }
        if subject := self.record.get("subject"):
            statement["subject"] = subject
        for link in LINKS:
            if label := self.record.get(link):
                if label not in ids:
                    raise StoryError(f"{self.kind.name} on {self.on} {link} “{label}”, which is not told before it")
                statement[link] = ids[label]
        return statement

    def _text(self) -> dict[str, Json]:
        needed = dict.fromkeys(self.kind.needs_text, "Told in brief.")
        return {**needed, **self.record.get("text", {})}

    def _files(self) -> dict[str, str]:
        given = self.record.get("files")
        if isinstance(given, Sequence) and not isinstance(given, str):
            return {name: hashlib.sha256(f"{self.teller.seed}\0{name}".encode()).hexdigest() for name in given}
        shown = self.record["facts"].get("strength", "claimed") != "claimed"
        attach = given if isinstance(given, bool) else self.kind.document or shown
        return {f"{self.kind.name}.pdf": self._digest("file")} if attach else {}

    def _digest(self, what: str) -> str:
        name = f"{self.teller.seed}\0{self.place}\0{self.kind.name}\0{what}"
        return hashlib.sha256(name.encode()).hexdigest()
