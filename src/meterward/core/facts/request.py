"""What is missing, as a request: the record that would supply it, as far as the asking knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.records.record import NO_LINKS, Links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.kind import Kind

Known: TypeAlias = "str | tuple[str, ...]"
"""The value of a fact that a request knows."""


class Request(NamedTuple):
    """A record that somebody is asked to supply. A form of its kind opens with what stands here filled in.

    `facts` are those that say what is asked about (which state, which question, which requirement), never what was
    found: an outcome, an answer or a decision is its author's to give, unless only one is possible. `links` names the
    record that it would correct or replace. `subject` is empty where the record introduces its own, or where several
    would do.
    """

    kind: str
    words: str
    """What the record must say or show, after the name of its kind."""
    subject: str = ""
    facts: tuple[tuple[str, Known], ...] = ()
    links: Links = NO_LINKS

    def __str__(self) -> str:
        """The request for people: the kind, and what is asked of it."""
        return f"{self.kind}: {self.words}"


def request(
    kind: Kind[Any],
    words: str,
    subject: str = "",
    facts: Mapping[str, Known | None] | None = None,
    links: Links = NO_LINKS,
) -> Request:
    """A request for a record of a kind. A fact without a value is not known, and left out."""
    known = tuple((name, value) for name, value in (facts or {}).items() if value)
    return Request(kind.name, words, subject, known, links)
