"""Files that are written: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def write_whole(path: Path, content: str | Iterable[str]) -> str:
    """Write a text file in one step, so that nobody ever reads half of it; what went wrong in words, else empty.

    It is given whole or in pieces. What is no plain file (a terminal, a pipe) is written to as it stands. A folder that
    is not there is not made: most often it is a slip of the pen.
    """
    pieces = [content] if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as file:
                file.writelines(pieces)
            return ""
        if not path.parent.is_dir():
            return f"there is no folder “{path.parent}”"
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            Path(name).chmod(_mode())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        return error.strerror or str(error)
    return ""


@contextmanager
def copied_aside(source: Path, path: Path) -> Iterator[Callable[[], None]]:
    """Copy a file to the folder of a path; what is given puts it in its place. Unless that is called, nothing stays.

    So something else can be done in between, after which only a new name is owed. `OSError` where that cannot be.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file, source.open("rb") as copied:
            shutil.copyfileobj(copied, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode())

        def settle() -> None:
            Path(name).replace(path)

        yield settle
    finally:
        Path(name).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make durable what a file has in it, or which names a folder has."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folders(path: Path) -> str:
    """Make a folder, and those above it, unless they are there; what went wrong in words, else empty."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def write_folder(path: Path, files: Mapping[str, bytes]) -> str:
    """Write files into a folder that is not there yet, all of them or none; what went wrong in words, else empty."""
    try:
        if path.exists():
            return "it is there already"
        made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            for name, content in files.items():
                (made / name).write_bytes(content)
            made.chmod(_mode(0o777))
            made.rename(path)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _mode(most: int = 0o666) -> int:
    """The permissions that a new file gets here; a temporary file begins with fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask
