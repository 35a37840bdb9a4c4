"""List the entries of a ledger from its lines: the leaves of its tree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from meterward.core.records.statement import Entry, stream_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meterward.core.base.canonical import Json


def entries_of(lines: Iterable[Mapping[str, Json]]) -> Iterator[Entry]:
    """The entries of a ledger's lines, from the first one on."""
    streams: Counter[str] = Counter()
    keeper = ""
    for index, line in enumerate(lines):
        statement = cast("Mapping[str, str]", line["statement"])
        keeper = keeper or statement["licensee"]
        stream = stream_of(keeper, statement["kind"])
        identity = bytes.fromhex(cast("str", line["id"]))
        yield Entry(index, cast("str", line["recorded"]), stream, streams[stream], identity)
        streams[stream] += 1
