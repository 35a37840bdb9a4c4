"""Tell in a ledger what a comparison of threats with the system came to: a record for each source, all or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.canonical import Json
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.kinds import threats_matched
from meterward.core.records.terms import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.usecases.append_record import Line
    from meterward.usecases.match_threats import Compared, Found

ENGINE, ENGINE_VERSION = "meterward", "1"
"""What compares, and its version: another number whenever the same data may match otherwise."""
MOST_BYTES = 900_000
"""So many bytes the matches of one line have: a line has at most a mebibyte."""


class Telling(NamedTuple):
    """What each line says beside what was found."""

    statement: Mapping[str, Json]
    """All but the kind, its version and its subject."""
    salts: Callable[[], tuple[str, str]]
    note: str = ""


def lines_of(compared: Sequence[tuple[Compared, Mapping[str, Json]]], telling: Telling) -> list[Line]:
    """The lines that tell comparisons, each with the files that are attached to it."""
    return [line for one, files in compared for line in _lines(one, files, telling)]


def _lines(found: Compared, files: Mapping[str, Json], telling: Telling) -> Iterator[Line]:
    parts = list(_parts(found.matches)) or [[]]
    kind, told = threats_matched.KIND, found.intelligence
    for place, matches in enumerate(parts, 1):
        of_facts, of_text = telling.salts()
        yield {
            "statement": {**telling.statement, "kind": kind.name, "version": kind.version, "subject": SYSTEM},
            "facts": {
                "source": told.source,
                "as_at": found.as_at.isoformat(),
                "data": told.digest,
                "entries": told.entries,
                "components": found.components,
                "engine": ENGINE,
                "engine_version": ENGINE_VERSION,
                "matches": matches,
                **({"part": place, "parts": len(parts)} if len(parts) > 1 else {}),
            },
            "text": {"note": telling.note} if telling.note else {},
            "files": {**files},
            "salts": {"facts": of_facts, **({"text": of_text} if telling.note else {})},
        }


def _parts(matches: Sequence[Found]) -> Iterator[list[Json]]:
    part: list[Json] = []
    size = 0
    for one in matches:
        row = _row(one)
        more = len(json.dumps(row)) + 2
        if part and (size + more > MOST_BYTES or len(part) == MOST_ITEMS):
            yield part
            part, size = [], 0
        part.append(row)
        size += more
    if part:
        yield part


def _row(one: Found) -> dict[str, Json]:
    return {
        "match": one.name,
        "advisory": one.advisory,
        "element": one.element,
        "component": one.component,
        "why": one.why,
        "confidence": one.confidence,
        **({"exploited": True} if one.exploited else {}),
    }
