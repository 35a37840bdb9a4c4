"""`evidence.produced`: what was asked for was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.digests import is_digest
from meterward.core.records.kind import Kind, Unmet, distinct, needs_file
from meterward.core.records.roles import ISSUING, PERSONNEL
from meterward.core.records.terms import Issuer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Bundle(NamedTuple):
    """The bundle that was handed over: whoever has it can see that it is this one."""

    digest: Annotated[str, "The SHA-256 of the bundle's file."]
    size: Annotated[int, "How many entries its ledger had."]
    root: Annotated[str, "The root over them, in hex."]


class EvidenceProduced(NamedTuple):
    """The licensee produces the evidence that was requested."""

    complete: Annotated[bool, "Whether this is all that was asked for; a part alone does not answer the request."]
    to: Annotated[tuple[Issuer, ...], "Who is given it here. Nobody, if it went another way."] = ()
    bundle: Annotated[Bundle | None, "The bundle that was handed over, if one was."] = None


def bundle_is_named(seen: Seen[EvidenceProduced]) -> Iterable[Unmet]:
    """A bundle is named by digests."""
    for name in ("digest", "root"):
        if seen.facts.bundle and not is_digest(getattr(seen.facts.bundle, name)):
            yield Unmet(f"facts.bundle.{name}", "It is not a digest.", "Write 64 lower-case hex digits.")


KIND = Kind(
    name="evidence.produced",
    facts=EvidenceProduced,
    by=PERSONNEL,
    text={"note": "What was handed over, and how."},
    about=("request",),
    shared=lambda facts: [ISSUING[issuer] for issuer in facts.to],
    document=True,
    constraints=(needs_file("what was produced is shown by its manifest"), distinct("to"), bundle_is_named),
    example={"complete": True},
)
