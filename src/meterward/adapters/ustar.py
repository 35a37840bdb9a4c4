"""The one header that a file of a bundle has in a tar: POSIX ustar, in which only name and size can differ."""

from __future__ import annotations

import re

BLOCK = 512
END = bytes(2 * BLOCK)
"""What an archive ends with."""
LARGEST = 8**11 - 1
"""So many bytes can be told in the octal digits of a header."""
_LONGEST_LAST = 100
_LONGEST_FRONT = 155
_SIZE = re.compile(rb"([0-7]{11})\0")
_MAGIC = b"ustar\0"
_FIELDS = (
    ("its name", 0, 100),
    ("its mode", 100, 108),
    ("the number of its owner", 108, 116),
    ("the number of its group", 116, 124),
    ("its size", 124, 136),
    ("its time", 136, 148),
    ("its type", 156, 157),
    ("the target of a link", 157, 257),
    ("the mark of the format", 257, 265),
    ("the name of its owner", 265, 297),
    ("the name of its group", 297, 329),
    ("the numbers of a device", 329, 345),
    ("the front of its name", 345, 500),
    ("what fills up its header", 500, 512),
    # Last, for it differs with any other.
    ("its checksum", 148, 156),
)
_TYPES = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"5": "a folder",
    b"6": "a pipe",
    b"x": "a header of pax",
    b"g": "a header of pax",
    b"L": "a long name as GNU tar writes it",
    b"K": "a long link as GNU tar writes it",
    b"S": "a file with holes",
}


def padding(size: int) -> int:
    """So many zeros follow a content of that size."""
    return -size % BLOCK


def unfit_for_header(name: str) -> str:
    """Why a name does not fit into a header, to go on from the name; empty if it does."""
    return "" if len(_parted(name)[1]) <= _LONGEST_LAST else "is too long for a tar; shorten its last part"


def header(name: str, size: int) -> bytes:
    """The header of a file: as GNU tar writes it, told that owner, group and time are nought."""
    front, last = _parted(name)
    # The checksum is taken with spaces in its own place.
    before = last.encode().ljust(100, b"\0") + b"0000644\x000000000\x000000000\0" + b"%011o\x0000000000000\0" % size
    after = b"0" + bytes(100) + _MAGIC + b"00" + bytes(64) + b"0000000\x000000000\0"
    after += front.encode().ljust(_LONGEST_FRONT, b"\0") + bytes(12)
    return before + b"%06o\0 " % (sum(before) + 8 * ord(" ") + sum(after)) + after


def name_in(block: bytes) -> str:
    """The name in a header, whatever it is."""
    front, last = (
        part.split(b"\0", 1)[0].decode("ascii", "backslashreplace") for part in (block[345:500], block[:100])
    )
    return f"{front}/{last}" if front else last


def size_in(block: bytes) -> int | None:
    """The size in a header; None if it is not written as it has to be."""
    found = _SIZE.fullmatch(block[124:136])
    return int(found[1], 8) if found else None


def other_type(block: bytes) -> str:
    """What a header is of, if that is known and not a file."""
    return _TYPES.get(block[156:157], "")


def looks_like_header(block: bytes) -> bool:
    """Whether a block is a header, if perhaps a damaged one."""
    return len(block) == BLOCK and (block.startswith(_MAGIC[:5], 257) or size_in(block) is not None)


def difference(block: bytes, name: str, size: int) -> str:
    """The first field in which a block is not the header of that file; empty if it is."""
    right = header(name, size)
    if block == right:
        return ""
    return next(words for words, start, end in _FIELDS if block[start:end] != right[start:end])


def _parted(name: str) -> tuple[str, str]:
    """The two fields that a name is written in: a name of more than 100 characters at the last “/” that can be."""
    if len(name) <= _LONGEST_LAST:
        return "", name
    place = name.rfind("/", 0, _LONGEST_FRONT + 1)
    return (name[:place], name[place + 1 :]) if place > 0 else ("", name)
