"""DER (X.690), as far as one must look into a time stamp beyond what its reader tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

INTEGER, OCTETS, SEQUENCE, CONTEXT_0 = 0x02, 0x04, 0x30, 0xA0
_LONG = 0x80
_MOST_LENGTH_BYTES = 4


class Element(NamedTuple):
    """An element of some bytes: its tag, and where it begins, its content begins, and both end."""

    tag: int
    start: int
    content: int
    end: int


def children(data: bytes, within: Element) -> Iterator[Element]:
    """The elements that an element is made of; `ValueError` if its content is not that of one that is."""
    place = within.content
    while place < within.end:
        found = element(data, place)
        if found.end > within.end:
            raise ValueError("an element is longer than what it is in")
        yield found
        place = found.end


def element(data: bytes, start: int = 0) -> Element:
    """The element that begins at a place; `ValueError` if none does."""
    head = data[start : start + 2]
    if len(head) < len(("tag", "length")):
        raise ValueError("there is no element")
    tag, length = head
    content = start + len(head)
    if length >= _LONG:
        count = length - _LONG
        if not 0 < count <= _MOST_LENGTH_BYTES:
            raise ValueError("no element is as long as this")
        length, content = int.from_bytes(data[content : content + count], "big"), content + count
    if content + length > len(data):
        raise ValueError("an element is longer than what there is")
    return Element(tag, start, content, content + length)


def written(tag: int, content: bytes) -> bytes:
    """A short element."""
    if len(content) >= _LONG:
        raise ValueError("this is not short")
    return bytes((tag, len(content))) + content


def number(value: int) -> bytes:
    """A whole number that is not negative, as an element."""
    return written(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))
