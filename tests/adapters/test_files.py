"""A copy that lies aside until its place is given to it: there as a whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.adapters.files import copied_aside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """What is copied, and the place that it is to have, where something older is."""
    (source := tmp_path / "source").write_text("new")
    (place := tmp_path / "place").write_text("old")
    return source, place


def there(place: Path) -> list[str]:
    """The names in the folder of a place."""
    return sorted(path.name for path in place.parent.iterdir())


def test_what_is_settled_takes_its_place(paths: tuple[Path, Path]) -> None:
    source, place = paths
    with copied_aside(source, place) as settle:
        assert place.read_text() == "old"
        settle()
    assert place.read_text() == source.read_text() == "new"
    assert there(place) == ["place", "source"]


def test_what_is_not_settled_leaves_nothing(paths: tuple[Path, Path]) -> None:
    with copied_aside(*paths):
        pass
    assert paths[1].read_text() == "old"
    assert there(paths[1]) == ["place", "source"]


def test_what_is_stopped_leaves_nothing(paths: tuple[Path, Path]) -> None:
    with pytest.raises(KeyboardInterrupt), copied_aside(*paths):
        raise KeyboardInterrupt
    assert paths[1].read_text() == "old"
    assert there(paths[1]) == ["place", "source"]
