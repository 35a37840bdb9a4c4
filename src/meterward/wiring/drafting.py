"""Drafts of records: kept for their authors, made into lines, and known again once they were appended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kind import Actor
from meterward.core.records.roles import Role
from meterward.core.records.terms import EVERY_LICENCE
from meterward.usecases.compose_line import Author, compose_line
from meterward.usecases.ports import DraftKept
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind
    from meterward.usecases.compose_line import Typed
    from meterward.usecases.ports import PersonKept


def keep(before: DraftKept, typed: Mapping[str, Typed], supplies: str = "") -> DraftKept | Problem:
    """Keep what was typed in place of what was, and the duty that it is written for if one is named.

    Its salts stay, so that its id stays the same while its words do.
    """
    salts = before.content.get("salts") or [fresh_salt(), fresh_salt()]
    content: dict[str, Json] = {"typed": cast("Json", typed), "salts": salts}
    if supplies := supplies or supplied_by(before):
        content["supplies"] = supplies
    draft = DraftKept(before.id, before.ledger, before.owner, before.kind, content)
    return installation().drafts.keep(draft) or draft


def new(ledger: str, kind: str, identity: str, owner: PersonKept) -> DraftKept:
    """A draft in which nothing was written yet; it is not kept before something is."""
    return DraftKept(identity, ledger, owner, kind, {})


def typed_in(draft: DraftKept) -> dict[str, Typed]:
    """What was typed into a draft."""
    return cast("dict[str, Typed]", draft.content.get("typed") or {})


def supplied_by(draft: DraftKept) -> str:
    """The duty that a draft is written for, by its id; empty if it is for none."""
    return str(draft.content.get("supplies") or "")


def line_of(draft: DraftKept, kind: Kind[Any], roles: Collection[Role]) -> dict[str, Json] | Problem:
    """The line of a draft, said by its owner in the role that was chosen among those that the owner has."""
    typed = typed_in(draft)
    role = typed.get("acting")
    if role not in roles:
        hint = f"Choose one of yours: {', '.join(sorted(roles))}."
        message = f"You do not act as “{role}” here." if role else "It is missing."
        return Problem(Code.ROLE_NOT_ENTITLED, message, hint, "statement.actor.role")
    head = installation().ledgers.head(draft.ledger)
    actor = Actor(draft.owner.pseudonym, Role(str(role)), draft.owner.organisation)
    first, second = cast("list[str]", draft.content["salts"])
    own = head.keeper if head else ""
    if head is None or head.sort is Keeper.LICENSEE:
        return compose_line(kind, typed, Author(actor, own), (first, second))
    header = cast("dict[str, Typed]", typed.get("statement") or {})
    about = str(header.get("licensee") or own)
    everywhere = {**typed, "statement": {**header, "licences": EVERY_LICENCE}}
    return compose_line(kind, everywhere, Author(actor, about), (first, second))


def appended_as(ledger: str, key: str) -> int | None:
    """As which entry, from 1, something was appended under a key; None if nothing was."""
    done = installation().ledgers.write(ledger, lambda book: book.done(key))
    return done[1] + 1 if isinstance(done, tuple) else None
