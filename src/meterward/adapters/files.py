"""Files that are written: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str) -> str:
    """Write a text file in one step, so that nobody ever reads half of it; what went wrong in words, else empty.

    What is no plain file (a terminal, a pipe) is written to as it stands.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(content, encoding="utf-8")
            return ""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(content)
            Path(name).chmod(_mode())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _mode() -> int:
    """The permissions that a new file gets here; a temporary file begins with fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
