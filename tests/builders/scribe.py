"""A ledger in the making: it writes what is admitted and leaves out what is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.record import LINKS

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from tests.builders.lines import Draft


_MOST_SHOWN = 20_000
"""A longer story is shown to nobody: it tells no more, and takes long to be written."""


@dataclass(slots=True, repr=False)
class Scribe:
    """The lines and the records so far, and the ledger that admits the next one."""

    admission: Admission = field(default_factory=Admission)
    lines: list[dict[str, Json]] = field(default_factory=list)
    records: list[Record[Any]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    """What the records were made of, one for each."""

    def write(self, draft: Draft) -> Record[Any] | None:
        """Enter a record, or leave it out if it is refused."""
        line = draft.line(len(self.lines))
        sealed = read_object(line)
        record = self.admission.admit(sealed) if isinstance(sealed, Sealed) else sealed
        if isinstance(record, list):
            return None
        self.lines.append({"id": record.id.hex(), **line})
        self.records.append(record)
        self.drafts.append(draft)
        return record

    def __repr__(self) -> str:
        """The story in brief, for whom a test fails."""
        return ("\n" + "\n".join(f"    {_brief(record)}" for record in self.records))[:_MOST_SHOWN]

    def file(self) -> list[bytes]:
        """The lines as they stand in a file."""
        return [json.dumps(line).encode() for line in self.lines]


def _brief(record: Record[Any]) -> str:
    links = [f"{name} {target.hex()[:6]}" for name, target in zip(LINKS, record.links, strict=True) if target]
    late = f" (recorded {record.recorded})" if record.recorded != record.occurred else ""
    what = " ".join((record.kind.name, record.subject, *links, ",".join(record.licences), record.actor.role))
    facts = ", ".join(f"{name}={value}" for name, value in record.facts._asdict().items() if value is not None)
    return f"{record.short[:6]} {record.occurred}{late} {what}: {facts[:160]}{'' if record.files else ' (no file)'}"
