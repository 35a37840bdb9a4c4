"""Tars with a bundle in them, made entry by entry: as they have to be, or with other bytes in a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters import ustar
from meterward.adapters.ustar import BLOCK, END, header
from tests.builders.bundle_files import refused

if TYPE_CHECKING:
    from pathlib import Path

LONG = f"{'f' * 40}/{'g' * 40}/{'n' * 30}"
SMALL = {"a": b"12345", "b/c": b"", LONG: b"x" * 513}


def entry(name: str, content: bytes = b"") -> bytes:
    """An entry as it has to be."""
    return header(name, len(content)) + content + bytes(ustar.padding(len(content)))


def forged(raw: bytes, start: int, put: bytes, checksum: str = "%06o\0 ") -> bytes:
    """An entry with other bytes in its header, and a checksum that fits them."""
    block = raw[:start] + put + raw[start + len(put) : BLOCK]
    total = sum(block[:148]) + 8 * 32 + sum(block[156:])
    return block[:148] + (checksum % total).encode() + block[156:] + raw[BLOCK:]


def said_of(place: Path, *raw: bytes) -> tuple[str, str]:
    """Which item is wrong with an archive of such entries, and what."""
    place.write_bytes(b"".join(raw) + END)
    found = refused(place)
    return found.field, found.message
