"""A folder is thrown away only if it was made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters import marked

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_strange_if_it_has_anything_that_was_not_made_here(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert not marked.is_strange(folder)
    folder.mkdir()
    assert not marked.is_strange(folder)
    (folder / "letter").write_text("Dear colleague")
    assert marked.is_strange(folder)


def test_a_folder_that_was_begun_is_empty_and_unfinished(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "folder"
    assert marked.mark_of(folder) is None
    marked.begin(folder)
    assert marked.mark_of(folder) == ""
    (folder / "something").write_text("x")
    marked.finish(folder, "flour")
    assert (marked.mark_of(folder), marked.is_strange(folder)) == ("flour", False)
    marked.begin(folder)
    assert [one.name for one in folder.iterdir()] == ["made-by-meterward"]
    assert folder.stat().st_mode & 0o077 == 0
