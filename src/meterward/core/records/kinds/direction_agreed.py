"""`direction.agreed`: one issuer says what it thinks of the draft of a joint direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kind import Kind, Unmet, text_if
from meterward.core.records.roles import ISSUING, REGULATORS
from meterward.core.records.terms import Issuer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class DirectionAgreed(NamedTuple):
    """An officer of one issuer agrees to a version of a joint draft, or asks for changes.

    Another version has to be agreed anew.
    """

    version: Annotated[str, "The version that is meant: the id of its record, a digest over facts, words and files."]
    decision: Annotated[Literal["agreed", "changes"], "Whether it can be issued so."]
    issuers: Annotated[tuple[Issuer, ...], "Who is to issue it; each of them is told."]


def version_is_an_id(seen: Seen[DirectionAgreed]) -> Iterable[Unmet]:
    """A version is named by the whole id of its record."""
    if not is_digest(seen.facts.version):
        yield Unmet("facts.version", "It is not the id of a record.", "Write all 64 hex digits of it.")


KIND = Kind(
    name="direction.agreed",
    facts=DirectionAgreed,
    by=REGULATORS,
    text={"note": "What was considered, or what is to be changed."},
    about=("draft",),
    homes=REGULATOR_KEEPERS,
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.issuers],
    constraints=(
        version_is_an_id,
        text_if("note", lambda facts: facts.decision == "changes", "changes are asked for"),
    ),
    example={"version": "ab" * 32, "decision": "agreed", "issuers": ["secretary_of_state", "authority"]},
)
