"""What a kill leaves beside keys and checkpoints: files that never got the name they were written for."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_STRAY = re.compile(r"\..+\.[0-9a-f]{16}")


def strays(folder: Path, until: datetime) -> list[Path]:
    """Those in a folder that nobody has touched since an instant, so that nobody is about to name them."""
    return [path for path in _named_so(folder) if _is_old(path, until)]


def _named_so(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        yield from sorted(path for path in folder.iterdir() if _STRAY.fullmatch(path.name))


def _is_old(path: Path, until: datetime) -> bool:
    with suppress(FileNotFoundError):
        return path.lstat().st_mtime < until.timestamp()
    return False
