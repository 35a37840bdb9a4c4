"""Which records may act on which: corrections, withdrawals, replacements and ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.record import LINKS, NO_LINKS, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.line import Sealed


@dataclass(slots=True)
class Acts:
    """The records of a ledger by id, and which of them were acted on, how, and by which record."""

    known: dict[bytes, Record[Any]] = field(default_factory=dict)
    by: dict[tuple[str, bytes], bytes] = field(default_factory=dict)

    def remember(self, record: Record[Any]) -> None:
        """Keep an admitted record."""
        self.known[record.id] = record
        if record.links is NO_LINKS:
            return
        for name, target in zip(LINKS, record.links, strict=True):
            if target:
                self.by[name, target] = record.id

    def standing(self, name: str, target: bytes) -> bytes | None:
        """The record that corrects (replaces, ends) another and was not itself withdrawn."""
        actor = self.by.get((name, target))
        return actor if actor and ("withdraws", actor) not in self.by else None


def check_links(acts: Acts, sealed: Sealed) -> Iterator[Problem]:
    """What stands against a record's acting on another."""
    for name, target in zip(LINKS, sealed.links, strict=True):
        if not target:
            continue
        old = acts.known.get(target)
        if old is None:
            hint = "Name a record that stands earlier in this ledger, by its whole id."
            message = f"No earlier record has the id {target.hex()[:12]}…."
            yield Problem(Code.LINK_UNKNOWN, message, hint, f"statement.{name}")
        else:
            yield from _fits(sealed, name, old)
            yield from _once(acts, name, old)


def _fits(sealed: Sealed, name: str, old: Record[Any]) -> Iterator[Problem]:
    header, where = sealed.header, f"statement.{name}"
    if header.actor.organisation != old.actor.organisation:
        message = f"{header.actor.organisation} did not make that record; {old.actor.organisation} did."
        hint = "Only the organisation that made a statement corrects, withdraws, replaces or ends it."
        yield Problem(Code.LINK_ORGANISATION, message, hint, where)
    if name == "withdraws" and old.kind.name in ("record.withdrawn", "ledger.opened"):
        hint = "Append what is true as a new record instead."
        yield Problem(Code.LINK_KIND, f"A {old.kind.name} record is never withdrawn.", hint, where)
    yield from _licences(sealed, name, old)
    if name in ("corrects", "replaces") and old.kind.name != sealed.kind.name:
        message = f"That record is {old.kind.name}; this is {sealed.kind.name}."
        yield Problem(Code.LINK_KIND, message, "One kind corrects or replaces the same kind.", where)
    if name == "ends" and not old.kind.lasting:
        hint = "Only what lasts is ended; to take back an error, withdraw it."
        yield Problem(Code.LINK_KIND, f"A {old.kind.name} record has no lasting effect.", hint, where)
    keeps = name in ("corrects", "ends") or (name == "replaces" and not sealed.kind.introduces)
    if keeps and (header.subject or "") != old.subject:
        message = f"That record is about {old.subject or 'nothing'}; this is about {header.subject or 'nothing'}."
        yield Problem(
            Code.LINK_KIND, message, "A correction, replacement or end keeps the subject.", "statement.subject"
        )


def _licences(sealed: Sealed, name: str, old: Record[Any]) -> Iterator[Problem]:
    """Each licence has its own index of records: what is not about a licence changes nothing there."""
    ours, theirs = set(sealed.header.licences), set(old.licences)
    fits, hint = {
        "withdraws": (ours == theirs, "A withdrawal names the same licences."),
        "corrects": (ours >= theirs, "A correction names them all; if one was an error, withdraw and record anew."),
    }.get(name, (bool(ours & theirs), "Name a licence that both are about."))
    if not fits:
        message = f"That record is about {', '.join(old.licences)}; this is about {', '.join(sealed.header.licences)}."
        yield Problem(Code.LINK_KIND, message, hint, "statement.licences")


def _once(acts: Acts, name: str, old: Record[Any]) -> Iterator[Problem]:
    where = f"statement.{name}"
    if ("withdraws", old.id) in acts.by:
        hint = "Nothing acts on a record that was withdrawn."
        yield Problem(Code.LINK_TWICE, "That record was withdrawn already.", hint, where)
    corrected = acts.standing("corrects", old.id)
    if corrected:
        hint = f"Name the correction, {corrected.hex()}, instead: it is what counts now."
        yield Problem(Code.LINK_TWICE, "That record was corrected already.", hint, where)
    if name in ("replaces", "ends") and (other := acts.standing(name, old.id)):
        hint = "Name the record that is in effect now."
        verb = {"replaces": "replaced", "ends": "ended"}[name]
        yield Problem(Code.LINK_TWICE, f"That record was {verb} already, by {other.hex()[:12]}….", hint, where)
