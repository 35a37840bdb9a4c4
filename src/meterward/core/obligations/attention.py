"""Attention: what a person should look at, beside the status and without changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import in_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.facts.node import Node
    from meterward.core.records.record import Record


def attention_of(nodes: Sequence[Node], late_days: int) -> tuple[str, ...]:
    """The flags of an explanation, and the records in it that were recorded late; each once, in order."""
    flags = dict.fromkeys(flag for top in nodes for node in top.walk() for flag in node.attention)
    records = {record.id: record for top in nodes for node in top.walk() for record in node.records}
    flags.update(dict.fromkeys(_late(sorted(records.values(), key=lambda record: record.order), late_days)))
    return tuple(flags)


def _late(records: Sequence[Record[Any]], late_days: int) -> Iterator[str]:
    for record in records:
        days = (record.recorded - record.occurred).days
        if days > late_days:
            what = f"{record.kind.name} {record.subject}".strip()
            said, entered = in_words(record.occurred), in_words(record.recorded)
            yield f"{what} of {said} was recorded {plural(days, 'day')} later, on {entered}"
