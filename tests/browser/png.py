"""Makes the picture of a page small: 256 colours, the commonest as they are, the others as the nearest of these."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGB = 3
MOST = 256

Colour = tuple[int, ...]


class Plain(NamedTuple):
    """A picture, pixel by pixel."""

    width: int
    height: int
    pixels: list[Colour]


def small(picture: bytes) -> bytes:
    """The same picture with a palette."""
    plain = read(picture)
    counted = Counter(plain.pixels)
    palette = [colour for colour, _ in counted.most_common(MOST)]
    place = {colour: nearest(colour, palette) for colour in counted} | {one: at for at, one in enumerate(palette)}
    indices = bytes(place[pixel] for pixel in plain.pixels)
    rows = (indices[start : start + plain.width] for start in range(0, len(indices), plain.width))
    header = struct.pack(">IIBBBBB", plain.width, plain.height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(value for colour in palette for value in colour)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(chunk(name, content) for name, content in parts)


def nearest(colour: Colour, palette: list[Colour]) -> int:
    """Which colour of a palette is nearest."""
    return min(range(len(palette)), key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True)))


def read(picture: bytes) -> Plain:
    """The pixels of a picture as Chromium writes it: eight bits for each of red, green and blue, not interlaced."""
    chunks = list(chunks_of(picture))
    width, height, *form = struct.unpack(">IIBBBBB", chunks[0][1])
    assert form == [8, 2, 0, 0, 0], f"not a picture of the kind that Chromium takes: {form}"
    raw = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    length = width * RGB
    row = bytes(length)
    pixels: list[Colour] = []
    for start in range(0, height * (length + 1), length + 1):
        row = unfiltered(raw[start], raw[start + 1 : start + 1 + length], row)
        pixels += list(zip(row[::RGB], row[1::RGB], row[2::RGB], strict=True))
    return Plain(width, height, pixels)


def unfiltered(form: int, row: bytes, above: bytes) -> bytes:
    """A row as it was before one of PNG's five filters made it easier to compress."""
    if form == 0:
        return row
    made = bytearray(row)
    for at in range(len(row)):
        left, corner = (made[at - RGB], above[at - RGB]) if at >= RGB else (0, 0)
        made[at] = (row[at] + guess(form, left, above[at], corner)) & 0xFF
    return bytes(made)


def guess(form: int, left: int, up: int, corner: int) -> int:
    """What a filter expected of a byte, from its neighbours."""
    if form < RGB:
        return left if form == 1 else up
    if form == RGB:
        return (left + up) // 2
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))


def chunks_of(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file: name and content."""
    assert picture.startswith(SIGNATURE)
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
