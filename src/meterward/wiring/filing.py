"""Files of a ledger: taken in pieces and kept by content, given back to be read. A type is told from the content."""

from __future__ import annotations

import re
import unicodedata
from typing import IO, TYPE_CHECKING

from meterward.adapters.blobs import LARGEST, too_large
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.failures import attempt
from meterward.usecases.ports import UploadKept
from meterward.usecases.tidy_up import note_named
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.adapters.blobs import Put
    from meterward.usecases.ports import PersonKept
    from meterward.wiring.installed import Installation

__all__ = ["LARGEST", "clean_name", "give", "take", "too_large"]
MOST_WAITING = 2**30
"""So many bytes that somebody uploaded may wait for records that name them, so that nobody fills the disk alone."""
OTHER, TEXT = "application/octet-stream", "text/plain"
_BEGINS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_TEXT = re.compile("[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+")
_DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100
_LONGEST_ENDING = 10


def take(ledger: str, person: PersonKept, pieces: Iterable[bytes], length: int | None = None) -> UploadKept | Problem:
    """Keep a file for a ledger, or say why not, such as that it was to have another length.

    It can be attached to a record by its digest from then on.
    """
    store = installation()

    def taken() -> UploadKept | Problem:
        put = store.blobs.put(pieces, length or 0, lambda put: _unfit(store, ledger, person, put, length))
        if isinstance(put, Problem):
            return put
        kept = UploadKept(ledger, put.digest, put.size, media_type_of(put.begins))
        return store.uploads.keep(kept, person) or kept

    return attempt(taken)


def give(ledger: str, digest: str) -> tuple[UploadKept, IO[bytes]] | None:
    """A file of a ledger, to be read and closed by the caller; None if this ledger has none of that digest."""
    store = installation()
    kept = store.uploads.get(ledger, digest) if _DIGEST.fullmatch(digest) else None
    file = store.blobs.open(digest) if kept else None
    return (kept, file) if kept and file else None


def _unfit(store: Installation, ledger: str, person: PersonKept, put: Put, length: int | None) -> Problem | None:
    if not put.size:
        return Problem(Code.FILE_EMPTY, "The file is empty.", "Choose the file that was meant.", "files")
    if length not in (None, put.size):
        message = f"Only {put.size:,} of {length:,} bytes arrived."
        return Problem(Code.FIELD_VALUE, message, "Nothing was kept. Send the whole file again.", "files")
    if store.uploads.get(ledger, put.digest) or _fits(store, person, put.size):
        return None
    message = f"More than {MOST_WAITING // 2**20:,} MiB that you uploaded would wait for a record that names them."
    hint = "Nothing was kept. Append the records that your files belong to; what nothing names is cleared after a day."
    return Problem(Code.FILE_WAITING, message, hint, "files")


def _fits(store: Installation, person: PersonKept, size: int) -> bool:
    """Whether somebody may have so much more waiting. Only who comes near to what is allowed has ledgers looked at."""
    if store.uploads.weight(person) + size <= MOST_WAITING:
        return True
    for ledger in store.ledgers.names():
        note_named(store.uploads, ledger, store.uploads.waiting(ledger))
    return store.uploads.weight(person) + size <= MOST_WAITING


def media_type_of(begins: bytes) -> str:
    """The media type that a file's first bytes show. Whatever a browser might run is text or unknown."""
    for sign, media_type in _BEGINS:
        if begins.startswith(sign):
            return media_type
    text = begins.decode("utf-8", "ignore")
    # A character may be cut in two where the first bytes end.
    whole = len(text.encode()) > len(begins) - 4
    return TEXT if whole and _TEXT.fullmatch(text) else OTHER


def clean_name(name: str) -> str | Problem:
    """A file's name as a record can keep it: letters, digits, dots, hyphens. A path or a hidden name is refused."""
    hint = "Give the file a plain name, such as report-2013.pdf."
    if set(name) & set("/\\:") or name.startswith("."):
        return Problem(Code.FIELD_VALUE, f"“{name[:40]}” is not a plain file name.", hint, "files")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = _ODD.sub("-", plain).strip("-._")
    if not found:
        return Problem(Code.FIELD_VALUE, f"“{name[:40]}” has no letter or digit that a name can keep.", hint, "files")
    stem, dot, ending = found.rpartition(".")
    if len(found) > _LONGEST_NAME and dot and len(ending) <= _LONGEST_ENDING:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return found[:_LONGEST_NAME]
