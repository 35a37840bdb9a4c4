"""The moment that a page shows: as at which day, known when. It stands in the address of every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from meterward.core.base.days import in_words, parse_day
from meterward.law.pack import DEFAULT
from meterward.present.answer import Question, known_in, no_day
from meterward.present.phrases import entries
from meterward.wiring import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from meterward.core.base.problem import Problem

_LONGEST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Moment:
    """As at, and known at; None is now."""

    today: date
    as_at: date | None = None
    known_at: date | int | None = None
    licence: str = ""
    tried: tuple[tuple[str, str], ...] = ()
    """The parameters of the law that are tried out, by name; nobody adopted them."""

    @property
    def is_now(self) -> bool:
        """Whether the page shows today, with all that is known."""
        return self.as_at in (None, self.today) and self.known_at is None

    @property
    def day(self) -> date:
        """The day that the page is about."""
        return self.as_at or self.today

    @property
    def query(self) -> str:
        """What an address needs to keep the moment; empty for now."""
        return self.also()

    def also(self, **more: str) -> str:
        """The query of the moment, and more beside it; what is empty is left out."""
        named = {"as_at": self.as_at, "known_at": self.known_at, "licence": self.licence, **more}
        given = [(name, str(value)) for name, value in named.items() if value not in (None, "")]
        given += [("param", f"{name}={value}") for name, value in self.tried]
        return f"?{urlencode(given)}" if given else ""

    @property
    def real(self) -> Moment:
        """The same moment with nothing tried out."""
        return replace(self, tried=())

    @property
    def now(self) -> str:
        """The query of the same page, now."""
        return f"?{urlencode({'licence': self.licence})}" if self.licence else "?"

    def says(self) -> str:
        """The moment in words, where it is not now."""
        parts = []
        if self.as_at not in (None, self.today):
            parts.append(f"as at {in_words(self.day)}")
        if self.known_at is not None:
            parts.append(self.known())
        return ", ".join(parts)

    def known(self) -> str:
        """What is known of that, in words."""
        if self.known_at is None:
            return "as known now"
        if isinstance(self.known_at, int):
            return f"as known after {entries(self.known_at)}"
        return f"as known on {in_words(self.known_at)}"

    def means(self) -> str:
        """What to make of a moment that is not now."""
        if self.day > self.today:
            return "You see the future, if nothing more is recorded"
        return "You see the past" if self.day < self.today else "You see today with less than is known"

    def question(self, ledger: str) -> Question:
        """What a page asks of a ledger at this moment: of every licence, so that what is kept serves each of them."""
        return Question(ledger, None, self.day, self.known_at, DEFAULT, dict(self.tried), self.today)


def moment_of(query: Mapping[str, str], prefix: str = "") -> Moment | Problem:
    """The moment that an address names. A page that compares two gives each a prefix."""
    names = f"{prefix}as_at", f"{prefix}known_at"
    as_at, known_at = (query.get(name, "").strip() for name in names)
    day, known = parse_day(as_at) if as_at else None, known_in(known_at) if known_at else None
    for text, found, name in ((as_at, day, names[0]), (known_at, known, names[1])):
        if text and found is None:
            return no_day(text, name)
    return Moment(today(), day, known, query.get("licence", "").strip())


def typed_in(query: Mapping[str, str]) -> dict[str, str]:
    """What somebody typed, to show it again."""
    return {name: value[:_LONGEST_TYPED] for name, value in query.items() if name.endswith(("known_at", "as_at"))}
