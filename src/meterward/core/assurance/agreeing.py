"""What is issued jointly is what was agreed to: the facts, the words and the files of one version of a draft.

Whoever agrees names the version by the id of its record, which is a digest over all three. So nothing more need be said
in the agreement, and a digest of words among the facts, by which a guess at erased ones could be tried, is not needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.canonical import Json
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.direction_drafted import DirectionDrafted
from meterward.core.records.kinds.direction_issued import DirectionIssued

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTHORITY, BOTH = "authority", 2
_HINT = "Issue it as the draft has it, or write a new version of the draft, and have that agreed."


class Said(NamedTuple):
    """What a draft or a direction says: its facts, and its line, which has its words and the digests of its files."""

    facts: DirectionDrafted | DirectionIssued
    line: Mapping[str, Json]


def is_joint(facts: DirectionIssued | DirectionDrafted) -> bool:
    """Whether both issuers issue it."""
    return len(facts.issuers) == BOTH


def lacking(facts: DirectionIssued | DirectionDrafted, agreed: Collection[str]) -> Iterator[Problem]:
    """Who has not agreed to what is joint."""
    missing = [one for one in facts.issuers if one not in agreed] if is_joint(facts) else []
    if missing:
        called = "the Authority" if missing[0] == AUTHORITY else "the Secretary of State"
        hint = "It is issued once both have agreed to this very version of the draft."
        message = f"It is joint, and {called} has not agreed."
        yield Problem(Code.ROLE_NOT_ENTITLED, message, hint, "facts.issuers")


def departures(draft: Said, issued: Said) -> Iterator[Problem]:
    """Everything in which what is to be issued is not the draft that was agreed to."""
    for name in draft.facts._fields:
        if getattr(draft.facts, name) != getattr(issued.facts, name):
            yield _other(f"“{name}”", f"facts.{name}")
    gone = _part(draft, "erased")
    yield from (_erased(name) for name in sorted(gone))
    texts = {**_part(issued, "erased"), **_part(issued, "text")}
    for name in _differing(_part(draft, "text"), {name: text for name, text in texts.items() if name not in gone}):
        yield _other(f"the text “{name}”", f"text.{name}")
    for name in _differing(_part(draft, "files"), _part(issued, "files")):
        yield _other(f"the file “{name}”", f"files.{name}")


def _differing(there: Mapping[str, Json], here: Mapping[str, Json]) -> list[str]:
    return [name for name in sorted({*there, *here}) if _lines(there.get(name)) != _lines(here.get(name))]


def _part(said: Said, name: str) -> Mapping[str, Json]:
    found = said.line.get(name)
    return found if isinstance(found, dict) else {}


def _lines(value: Json) -> list[str] | None:
    """A text line by line: browsers end lines in a way of their own, and lose empty ones at the ends."""
    return [line.rstrip() for line in value.strip().splitlines()] if isinstance(value, str) else None


def _other(what: str, field: str) -> Problem:
    message = f"It is joint, and was agreed to otherwise: {what} is not as in the draft."
    return Problem(Code.FIELD_VALUE, message, _HINT, field)


def _erased(name: str) -> Problem:
    message = f"It is joint, and the text “{name}” of the draft was erased: nobody can compare what was agreed to."
    return Problem(Code.FIELD_VALUE, message, "Write a new version of the draft, and have that agreed.", f"text.{name}")
