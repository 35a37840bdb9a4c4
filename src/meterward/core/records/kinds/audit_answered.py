"""`audit.answered`: the licensee answers a request of its auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import PERSONNEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class AuditAnswered(NamedTuple):
    """The licensee answers auditors: by entries of its ledger, a bundle or files, thing by thing."""

    auditor: Annotated[str, "The auditors' organisation."]
    items: Annotated[tuple[str, ...], "The things that are answered, by their names in the request."]
    entries: Annotated[tuple[int, ...], "Entries of the licensee's ledger that answer them, counted from one."] = ()
    complete: Annotated[bool, "Whether nothing of the request is left to be answered."] = True


def shows_something(seen: Seen[AuditAnswered]) -> Iterable[Unmet]:
    """An answer names entries, or has files."""
    if not seen.files and not seen.facts.entries:
        yield Unmet("files", "It shows nothing.", "Name entries of the ledger, or attach a bundle or files.")


KIND = Kind(
    name="audit.answered",
    facts=AuditAnswered,
    by=PERSONNEL,
    text={"answer": "The answer in words."},
    about=("enquiry",),
    shared=lambda facts: (facts.auditor,),
    constraints=(distinct("items"), distinct("entries"), shows_something),
    example={"auditor": "auditor-a", "items": ["item-1"], "entries": [12], "complete": True},
)
