"""Folders that were made here and may be thrown away: each bears a mark that says so, and what it was made of."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from meterward.adapters.holding import LOCK_FILE

if TYPE_CHECKING:
    from pathlib import Path

_MARK = "made-by-meterward"


def mark_of(folder: Path) -> str | None:
    """What a folder was made of: empty if it was never finished, None if it was not made here."""
    place = folder / _MARK
    return place.read_text(encoding="utf-8") if place.is_file() else None


def is_strange(folder: Path) -> bool:
    """Whether a folder has something in it that was not made here, so that it must be left alone."""
    return mark_of(folder) is None and folder.exists() and any(one.name != LOCK_FILE for one in folder.iterdir())


def begin(folder: Path) -> None:
    """Make a folder anew and mark it as unfinished. Whoever calls this has asked `is_strange` before, and holds it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        elif one.name != LOCK_FILE:
            one.unlink(missing_ok=True)
    finish(folder, "")


def finish(folder: Path, made_of: str) -> None:
    """Mark a folder with what it was made of."""
    (folder / _MARK).write_text(made_of, encoding="utf-8")
