"""Compare the receipts that a bundle claims with those that come out again, duty by duty where they are partial."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from meterward.core.base.canonical import canonical
from meterward.core.bundle.steps import Found, Outcome, failed, passed
from meterward.usecases.partial_receipts import DUTIES, INDETERMINATE
from meterward.usecases.verify_withheld import resting_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.base.canonical import Json

    Receipts = Sequence[Mapping[str, Json]]


def compare_receipts(claimed: Receipts, made: Receipts, as_at: str) -> Found:
    """Whether the same receipts come out. What rests on facts that were withheld is never said to."""
    said = {str(one.get("licence")): one for one in claimed}
    again = {str(one.get("licence")): one for one in made}
    wrong = sorted(name for name in {*said, *again} if _written(said.get(name)) != _written(again.get(name)))
    if wrong or len(said) != len(claimed):
        items = [item for name in wrong for item in _differing(name, said.get(name, {}), again.get(name, {}))]
        return failed("What comes out is another position than the bundle says.", *items)
    unknown = {name for one in made for name in _ids(one.get(INDETERMINATE))}
    says = f"Computed anew from the records as at {as_at}: the same"
    if not unknown:
        return passed(f"{says} receipts for {', '.join(sorted(again))}.")
    known = any(one.get(DUTIES) or INDETERMINATE not in one for one in made)
    told = f" {says} for all other duties." if known else ""
    items = [f"{name}: {', '.join(ids)}" for name, ids in indeterminate(made).items()]
    return Found(Outcome.PARTIAL, f"{resting_in_words(unknown, known=known)}{told}", items if known else ())


def _written(receipt: Mapping[str, Json] | None) -> bytes:
    """A receipt byte for byte: to Python, no and nought are the same."""
    return canonical(dict(receipt)) if receipt is not None else b""


def indeterminate(receipts: Receipts) -> Mapping[str, Sequence[str]]:
    """The duties that rest on facts that were withheld, by licence."""
    return {str(one["licence"]): _ids(one[INDETERMINATE]) for one in receipts if one.get(INDETERMINATE)}


def _ids(part: Json) -> list[str]:
    return [str(one) for one in part] if isinstance(part, list | dict) else []


def _differing(name: str, said: Mapping[str, Json], again: Mapping[str, Json]) -> Iterator[str]:
    """The duties of a licence that come out differently, if both receipts tell of each; else the licence."""
    ours, theirs = (cast("Mapping[str, Json]", one.get(DUTIES)) for one in (again, said))
    differing = (
        [duty for duty in ours if theirs.get(duty) != ours[duty]]
        if isinstance(ours, dict) and isinstance(theirs, dict)
        else []
    )
    yield from (f"{name}: {duty}" for duty in differing) if differing else (name,)
