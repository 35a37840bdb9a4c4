"""A tar of which a bit, a piece or the order of its entries is another: refused, and the item is named."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from meterward.adapters import ustar
from meterward.adapters.bundles import open_bundle
from meterward.adapters.ustar import BLOCK, END, header
from meterward.core.base.problem import Problem
from tests.builders.bundle_files import contents, opened, refused, write
from tests.builders.tars import SMALL, entry, said_of

if TYPE_CHECKING:
    from pathlib import Path


def test_every_flipped_bit_is_named_or_lies_in_a_content(place: Path) -> None:
    raw = write(place, SMALL).read_bytes()
    right = contents(opened(place))
    headers = dict(zip(sorted(SMALL), (0, 1024, 1536), strict=True))
    inside = {start + BLOCK + at: name for name, start in headers.items() for at in range(len(SMALL[name]))}
    ends = [(len(raw) - 2 * BLOCK, "entry 4"), (len(raw) - BLOCK, "bundle.tar")]
    starts = [*((start, name) for name, start in headers.items()), *ends]
    handle = os.open(place, os.O_RDWR)
    for at, bit in ((at, bit) for at in range(len(raw)) for bit in range(8)):
        flipped = bytes([raw[at] ^ 1 << bit])
        os.pwrite(handle, flipped, at)
        found = open_bundle(place)
        if at in inside:
            assert not isinstance(found, Problem)
            now = contents(found)
            assert [name for name in right if now.pop(name) != right[name]] == [inside[at]]
            assert now == {}
        else:
            assert isinstance(found, Problem), (at, bit)
            start, name = max(one for one in starts if one[0] <= at)
            # A flip in a name makes another of it, and one in the first block at the end makes an entry of that.
            reads = ustar.name_in((raw[:at] + flipped + raw[at + 1 :])[start:][:BLOCK])
            assert found.field in {name, reads}
        os.pwrite(handle, raw[at : at + 1], at)
    os.close(handle)
    assert contents(opened(place)) == right


def test_every_truncation_is_refused(place: Path) -> None:
    raw = write(place, SMALL).read_bytes()
    for size in range(len(raw) - 1, -1, -1):
        os.truncate(place, size)
        found = refused(place)
        if size:
            assert (f"{size:,} bytes" in found.message) or size < BLOCK, size


@pytest.mark.parametrize("more", [b"\0", b"x", bytes(511), bytes(BLOCK), bytes(10240), entry("z", b"1") + END, END])
def test_every_extension_is_refused(place: Path, more: bytes) -> None:
    raw = write(place, SMALL).read_bytes()
    place.write_bytes(raw + more)
    assert refused(place).field == "bundle.tar"


def test_one_block_of_zeros_between_entries_ends_nothing(place: Path) -> None:
    assert said_of(place, entry("a"), bytes(BLOCK), entry("b"))[0] == "bundle.tar"
    assert said_of(place, bytes(BLOCK), entry("b"))[0] == "bundle.tar"


def test_duplicates_and_another_order(place: Path) -> None:
    assert said_of(place, entry("a", b"1"), entry("a", b"2")) == ("a", "It is there twice.")
    assert said_of(place, entry("a"), entry("b"), entry("a")) == (
        "a",
        "It comes after “b”; files come in the order of their names.",
    )
    assert said_of(place, entry("b/c"), entry("b-c"))[0] == "b-c"
    assert said_of(place, entry("b"), entry("B"))[0] == "B"


@pytest.mark.parametrize("between", [(), ("a-b",), ("a.b",), ("a-b/c", "a.c/d/e")])
@pytest.mark.parametrize("inner", ["a/b", "a/b/c"])
def test_a_file_that_is_a_folder_too(place: Path, between: tuple[str, ...], inner: str) -> None:
    found = said_of(place, entry("a"), *map(entry, between), entry(inner))
    assert found == (inner, "It lies in a folder that has the name of a file.")


def test_what_follows_a_content_is_zeros(place: Path) -> None:
    assert said_of(place, header("a", 5) + b"12345" + bytes(506) + b"x") == (
        "a",
        "What fills up its last block is not all zeros.",
    )


def test_a_size_that_leads_beyond_the_end(place: Path) -> None:
    found, message = said_of(place, header("a", 8**11 - 1), b"x")
    assert found == "a"
    assert message.startswith("The archive ends within it")


def test_an_archive_without_files_is_refused(place: Path) -> None:
    assert said_of(place) == ("bundle.tar", "The archive is empty.")
