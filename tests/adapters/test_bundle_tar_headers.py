"""The header of an entry in a tar has one form: another type, name, size, checksum or field is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.adapters.bundle_names import MOST_PARTS
from meterward.adapters.ustar import END
from tests.builders.bundle_files import opened
from tests.builders.tars import entry, forged, said_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sort", [b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"x", b"g", b"L", b"K", b"S", b"Z"])
def test_other_types_are_refused(place: Path, sort: bytes) -> None:
    found, message = said_of(place, entry("a"), forged(entry("b/link"), 156, sort))
    assert found == "b/link"
    assert "a bundle has files only" in message or "its type is another" in message


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../a",
        "a/../../b",
        "..",
        "./a",
        ".a",
        "a/",
        "a//b",
        "a b",
        "a\\b",
        "/".join("x" * (MOST_PARTS + 1)),
    ],
)
def test_absolute_climbing_and_other_names_are_refused(place: Path, name: str) -> None:
    found, message = said_of(place, entry(name))
    assert found == name
    assert message.startswith("Its name, at byte 0, ")


@pytest.mark.parametrize("raw", [b"\xff", b"\xc3\xa4", b"a\nb", b"a\0b"])
def test_names_of_other_bytes_are_refused(place: Path, raw: bytes) -> None:
    assert said_of(place, forged(entry("c"), 0, raw))[0] in {raw.decode("ascii", "backslashreplace"), "a"}


def test_an_entry_without_a_name_is_told_by_its_number(place: Path) -> None:
    assert said_of(place, entry("a"), forged(entry("b"), 0, b"\0"))[0] == "entry 2"


def test_a_name_that_could_be_split_elsewhere_is_split_at_one_place(place: Path) -> None:
    front, middle, last = "f" * 40, "g" * 30, "n" * 45
    name = f"{front}/{middle}/{last}"
    place.write_bytes(entry(name) + END)
    assert opened(place).names() == (name,)
    other = forged(entry("x"), 0, f"{middle}/{last}".encode())
    assert said_of(place, forged(other, 345, front.encode())) == (
        name,
        "Its header, at byte 0, is not as it would be written: its name is another.",
    )
    assert said_of(place, forged(entry("x"), 345, b"f")) == (
        "f/x",
        "Its header, at byte 0, is not as it would be written: its name is another.",
    )


@pytest.mark.parametrize("size", [b"5\0", b"         5\0 ", b"00000000005 ", b"\x80" + bytes(10) + b"\5", b"\xff" * 12])
def test_sizes_written_another_way_are_refused(place: Path, size: bytes) -> None:
    found = said_of(place, forged(entry("a", b"12345"), 124, size))
    assert found == ("a", "Its size, at byte 124, is not written as eleven octal digits and a zero.")


@pytest.mark.parametrize("checksum", ["%07o\0", "%06o \0", "%6o\0 ", "%06o\0\0", "%08o"])
def test_checksums_written_another_way_are_refused(place: Path, checksum: str) -> None:
    found = said_of(place, forged(entry("a", b"12345"), 0, b"a", checksum))
    assert found == ("a", "Its header, at byte 0, is not as it would be written: its checksum is another.")


@pytest.mark.parametrize(
    ("start", "put", "field"),
    [
        (100, b"0000755", "its mode"),
        (100, b" 000644", "its mode"),
        (108, b"0000001", "the number of its owner"),
        (116, b"0000001", "the number of its group"),
        (136, b"00000000001", "its time"),
        (157, b"x", "the target of a link"),
        (257, b"ustar  \0", "the mark of the format"),
        (265, b"root", "the name of its owner"),
        (297, b"root", "the name of its group"),
        (329, bytes(8), "the numbers of a device"),
        (500, b"x", "what fills up its header"),
        (50, b"x", "its name"),
    ],
)
def test_every_field_has_one_value(place: Path, start: int, put: bytes, field: str) -> None:
    before = entry("a", b"1")
    found, message = said_of(place, before, forged(entry("b"), start, put))
    assert found == "b"
    assert message.endswith(f"is not as it would be written: {field} is another.")
