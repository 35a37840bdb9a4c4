"""What the API answers about records, kinds, ledgers and files, shape by shape."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - read when a shape is made
from typing import Any

from meterward.api.shapes import ChangeOut, Shape


class Entry(Shape):
    """An entry of a ledger, as a list shows it."""

    entry: int
    id: str
    recorded: str
    occurred: date
    kind: str
    subject: str | None
    person: str
    role: str


class RecordList(Shape):
    """Some records of a ledger, the last recorded first; `next` is the cursor of those that follow."""

    format: str
    ledger: str
    size: int
    records: list[Entry]
    next: str | None


class RecordOut(Shape):
    """A record: its place in the ledger, its id, and the line as it was said."""

    format: str
    entry: int
    id: str
    line: dict[str, Any]


class SignatureOut(Shape):
    """A signature: by which key, and in base 64."""

    keyid: str
    sig: str


class EnvelopeOut(Shape):
    """A signed statement (DSSE): the statement's bytes in base 64, their type, and who signed them."""

    payload: str
    payloadType: str  # noqa: N815 - as DSSE has it
    signatures: list[SignatureOut]


class AppendedEntry(Shape):
    """Where a line came to stand."""

    entry: int
    id: str
    recorded: str


class Appended(Shape):
    """What was appended; `again` if it had been before, under the same key."""

    format: str
    again: bool
    records: list[AppendedEntry]


class Preview(Shape):
    """What a line would change, and the id that its record would have."""

    format: str
    id: str
    changes: list[ChangeOut]


class KindBrief(Shape):
    """A kind of record in brief."""

    name: str
    version: int
    summary: str
    by: list[str]


class Kinds(Shape):
    """The kinds of record that there are."""

    format: str
    kinds: list[KindBrief]


class LedgerOut(Shape):
    """A ledger in which somebody has a role."""

    name: str
    licensee: str
    size: int
    root: str | None
    last_recorded: str | None
    roles: list[str]


class LedgerList(Shape):
    """The ledgers in which somebody has a role."""

    format: str
    ledgers: list[LedgerOut]


class Uploaded(Shape):
    """A file that is kept by its content, to be attached to a record by its digest."""

    format: str
    digest: str
    size: int
    media_type: str
