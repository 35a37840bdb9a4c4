"""Compose the record of a sample: what its form has in it, drawn from what the population is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.assurance.sampling import digest_of, draw

if TYPE_CHECKING:
    from meterward.core.assurance.engagement import Audit
    from meterward.core.assurance.sampling import Population
    from meterward.usecases.compose_line import Typed


class Wish(NamedTuple):
    """What sample somebody wants: by which seed, how large, and for which clause if for one."""

    seed: str
    size: int
    clause: str = ""


def compose_sample(audit: Audit, there: Population, wish: Wish) -> dict[str, Typed]:
    """What is typed into the form of a sample."""
    facts: dict[str, Typed] = {
        "audit": audit.name,
        "kind": there.kind,
        "ledger_size": str(there.size),
        "ledger_root": there.root,
        "population": str(len(there.items)),
        "digest": digest_of(there.items),
        "seed": wish.seed,
        "size": str(wish.size),
        "drawn": [*draw(wish.seed, there.items, wish.size)],
        **({"clause": wish.clause} if wish.clause else {}),
    }
    return {"facts": facts}
