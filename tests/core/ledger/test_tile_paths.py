"""What tiles and bundles of entries are called: each has one path, and no other text is read as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.ledger.tiles import (
    WIDTH,
    EntryBundle,
    Tile,
    read_path,
)

WIDTHS = st.integers(1, WIDTH)
INDEXES = st.integers(0, 10**21 - 1)

PATHS: dict[str, Tile | EntryBundle] = {
    "tile/0/000": Tile(0, 0),
    "tile/0/000.p/1": Tile(0, 0, 1),
    "tile/0/x001/234.p/5": Tile(0, 1234, 5),
    "tile/1/x001/x234/067": Tile(1, 1_234_067),
    "tile/9/999.p/255": Tile(9, 999, 255),
    "tile/63/x001/000": Tile(63, 1000),
    "tile/entries/000.p/17": EntryBundle(0, 17),
    "tile/entries/x001/x234/067": EntryBundle(1_234_067),
}


@pytest.mark.parametrize("path", PATHS)
def test_the_paths_of_tiles_and_bundles(path: str) -> None:
    assert PATHS[path].path == path
    assert read_path(path) == PATHS[path]


@given(st.one_of(st.builds(Tile, st.integers(0, 63), INDEXES, WIDTHS), st.builds(EntryBundle, INDEXES, WIDTHS)))
def test_every_path_is_read_back(one: Tile | EntryBundle) -> None:
    assert read_path(one.path) == one


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        " tile/0/000",
        "TILE/0/000",
        "tile/8/0/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/100/000",
        "tile/data/000",
        "tile/entry/000",
        "tile/\u0661/000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000",
        "tile/0/X001/000",
        "tile/0/x000/001",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x01/000",
        "tile/0/x001//000",
        "tile/0/" + "x001/" * 7 + "000",
        "tile/0/" + "x001/" * 100_000 + "000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/1000",
        "tile/0/000.p/-1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1\n",
        "tile/0/000.q/1",
        "tile/0/000p/1",
        "tile/0/x001.p/000",
        "tile/0/../000",
        "tile/entries/../0/000",
        "checkpoint",
    ],
)
def test_a_path_that_is_written_otherwise_is_refused(path: str) -> None:
    assert read_path(path) is None


@given(st.text("tile/0123456789xp.entries\n ", max_size=30))
def test_what_is_read_is_what_would_be_written(text: str) -> None:
    found = read_path(text)
    assert found is None or found.path == text


@given(st.integers(0, len(PATHS) - 1), st.data())
def test_a_path_with_one_character_changed_names_something_else_or_nothing(which: int, data: st.DataObject) -> None:
    path, one = list(PATHS.items())[which]
    at = data.draw(st.integers(0, len(path) - 1))
    other = path[:at] + data.draw(st.sampled_from("0123456789x/.p\n\0 e")) + path[at + 1 :]
    assert (read_path(other) == one) == (other == path)
