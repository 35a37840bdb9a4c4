"""The manifest of a bundle: what is in it, file by file, and what it was made for.

The log signs the digest of the manifest (`bundle.note`), and the manifest has the digest of every other file, so that
not a bit of a bundle can differ unseen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast

from meterward.core.base.canonical import Json, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "meterward.bundle/1"
MANIFEST, NOTE, CHECKPOINT, RECORDS = "bundle.json", "bundle.note", "checkpoint", "records.jsonl"
FILES, PROOFS, LOG = "files/", "proofs/", "tile/"
EVERYTHING = "everything"
_HEX = frozenset("0123456789abcdef")
_DIGEST_LENGTH = 64
_PARTS = (
    "as_at",
    "engine",
    "files",
    "format",
    "ledger",
    "licensee",
    "pack",
    "receipts",
    "selection",
    "size",
    "withheld",
)
LONGEST_REASON = 500


def is_part(name: str) -> bool:
    """Whether a bundle can have a file of this name, beside its manifest and the note of that."""
    return name in (CHECKPOINT, RECORDS) or name.startswith((FILES, PROOFS, LOG))


class FileKept(NamedTuple):
    """A file of a bundle: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


class Withholding(NamedTuple):
    """Who withheld parts of records, why, and how many."""

    by: str
    because: str
    records: int
    texts: int
    facts: int
    files: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Of how many records parts are withheld; how many texts, facts and files."""
        return self.records, self.texts, self.facts, self.files


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says that it is. Everything in it but `files` is checked against what the files say."""

    ledger: str
    licensee: str
    size: int
    """How many entries the ledger had."""
    selection: Mapping[str, str]
    """Which records are there: `what`, and by what they were chosen."""
    as_at: str
    """The day of the position that was computed when the bundle was made."""
    engine: str
    pack: str
    receipts: tuple[Mapping[str, Json], ...] = ()
    files: Mapping[str, FileKept] = field(default_factory=dict)
    withheld: Withholding | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every record of the ledger is there."""
        return self.selection.get("what") == EVERYTHING

    def written(self) -> bytes:
        """The manifest as it stands in a bundle: canonical JSON and a line feed."""
        said: dict[str, Json] = {
            "as_at": self.as_at,
            "engine": self.engine,
            "files": {name: [kept.size, kept.sha256] for name, kept in self.files.items()},
            "format": FORMAT,
            "ledger": self.ledger,
            "licensee": self.licensee,
            "pack": self.pack,
            "receipts": [dict(one) for one in self.receipts],
            "selection": dict(self.selection),
            "size": self.size,
            "withheld": self.withheld and dict(self.withheld._asdict()),
        }
        return canonical(said) + b"\n"


def read_manifest(data: bytes) -> Manifest | None:
    """A manifest from its bytes; None if it is none, or written in any other way than the one."""
    try:
        said = json.loads(data, parse_float=_refuse, parse_constant=_refuse)
        manifest = _manifest(said) if isinstance(said, dict) and tuple(sorted(said)) == _PARTS else None
        return manifest if manifest and manifest.written() == data else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def signed_text(ledger: str, manifest: bytes) -> str:
    """The text of the note by which the log of a ledger signs a manifest."""
    return f"{FORMAT}\n{ledger}\n{sha256(manifest).hexdigest()}\n"


def _manifest(said: dict[str, Json]) -> Manifest | None:
    files = {name: _kept(kept) for name, kept in cast("dict[str, Json]", said["files"]).items()}
    selection, receipts, size = said["selection"], said["receipts"], said["size"]
    texts = [said[name] for name in ("ledger", "licensee", "as_at", "engine", "pack")]
    whole = (
        said["format"] == FORMAT
        and all(isinstance(text, str) for text in texts)
        and isinstance(selection, dict)
        and all(isinstance(value, str) for value in selection.values())
        and isinstance(receipts, list)
        and all(isinstance(one, dict) for one in receipts)
        and type(size) is int
        and size > 0
    )
    if not whole:
        return None
    ledger, licensee, as_at, engine, pack = cast("list[str]", texts)
    chosen, made = cast("dict[str, str]", selection), cast("list[dict[str, Json]]", receipts)
    withheld = _withheld(said["withheld"])
    return Manifest(ledger, licensee, cast("int", size), chosen, as_at, engine, pack, tuple(made), files, withheld)


def _withheld(found: Json) -> Withholding | None:
    if found is None:
        return None
    said = Withholding(**cast("dict[str, Any]", found))
    if not all(isinstance(text, str) for text in said[:2]) or not is_reason(said.because):
        raise ValueError("it does not say by whom and why")
    if not all(type(count) is int and count >= 0 for count in said.counts) or not said.records:
        raise ValueError("it does not say how much")
    return said


def is_reason(text: str) -> bool:
    """Whether a text can be the reason why something is withheld: one line that says something."""
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_REASON


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of canonical JSON")


def _kept(found: Json) -> FileKept:
    size, digest = cast("list[Json]", found)
    if type(size) is not int or size < 0 or not isinstance(digest, str) or not _is_digest(digest):
        raise ValueError("this is no file")
    return FileKept(size, digest)


def _is_digest(text: str) -> bool:
    return len(text) == _DIGEST_LENGTH and _HEX.issuperset(text)
