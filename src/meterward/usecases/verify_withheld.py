"""What a bundle withholds, compared with what its manifest tells of it, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import plural
from meterward.core.records.withheld import kind_of
from meterward.usecases.find_clause import clause_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from meterward.core.bundle.manifest import Manifest
    from meterward.core.records.record import Record
    from meterward.core.records.withheld import Withheld

_MOST_NAMED = 8


class Hidden(NamedTuple):
    """A record of which parts are withheld: its entry, counted from 1, its kind, and the names of the parts."""

    entry: int
    kind: str
    names: tuple[str, ...]


def hidden_parts(records: Sequence[Record[Any]], withheld: Mapping[int, Withheld]) -> list[Hidden]:
    """What is withheld, record by record."""
    kinds = {one.index: kind_of(one) for one in records if one.index in withheld}
    return [Hidden(place + 1, kinds[place], tuple(_names(one))) for place, one in withheld.items()]


def _names(withheld: Withheld) -> Iterator[str]:
    for part, names in zip(("text", "facts", "files"), withheld, strict=True):
        yield from (f"{part}.{name}" for name in names)


def wrongly_withheld(manifest: Manifest, found: Collection[Withheld]) -> Iterator[str]:
    """Why what the manifest tells of what is withheld is not what is; nothing if it is."""
    said = manifest.withheld
    if (said.counts if said else (0, 0, 0, 0)) != counted(found):
        yield "more or less is withheld than the manifest tells of"
    if said and said.by != manifest.licensee:
        yield "it is said to be withheld by somebody whose ledger this is not"


def counted(found: Collection[Withheld]) -> tuple[int, int, int, int]:
    """Of how many records parts are withheld; how many texts, facts and files."""
    texts, facts, files = (sum(len(one[part]) for one in found) for part in range(3))
    return len(found), texts, facts, files


def withheld_in_words(manifest: Manifest) -> str:
    """What is withheld and by whom, in a sentence; empty if nothing is."""
    said = manifest.withheld
    if said is None:
        return ""
    parts = ((said.texts, "text"), (said.facts, "fact"), (said.files, "file"))
    told = ", ".join(plural(count, noun) for count, noun in parts if count)
    return f"Of {plural(said.records, 'record')} parts are withheld by {said.by}: {told}."


def resting_in_words(unknown: Collection[str], *, known: bool) -> str:
    """Which duties rest on what is withheld, in a sentence."""
    names = sorted(unknown, key=clause_order) if len(unknown) <= _MOST_NAMED else []
    *some, last = names or [plural(len(unknown), "duty").replace("dutys", "duties")]
    rest = "rests" if len(unknown) == 1 else "rest"
    who = f"{', '.join(some)} and {last}" if some else last
    if not known:
        return "Partial: every duty rests on facts that were withheld, so that nobody can tell where any stands."
    return f"Partial: {who} {rest} on facts that were withheld, so that nobody can tell where they stand."
