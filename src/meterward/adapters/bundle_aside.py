"""How a bundle comes to its place: written aside, synced, and then there under its name, whole or not at all.

Nothing that is there is written over. What a killed process leaves is hidden (`.bundle-…`), and is no bundle by name.
"""

from __future__ import annotations

import errno
import os
from abc import ABC, abstractmethod
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from meterward.adapters import bundle_names
from meterward.adapters.bundle_names import folders_of, unfit
from meterward.adapters.files import sync

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
"""What disks say that know no hard links, such as those of most USB sticks."""


def beside(target: Path) -> Path:
    """A name in the same folder that nobody has."""
    return target.parent / f".bundle-{token_hex(8)}"


def refuse_taken(target: Path) -> None:
    """Raise `FileExistsError` if anything is there, be it a link that leads nowhere."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def settle_file(aside: Path, target: Path) -> None:
    """Give a synced file its name, durably; where that fails it does not have it."""
    try:
        os.link(aside, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        refuse_taken(target)
        aside.rename(target)
    try:
        aside.unlink(missing_ok=True)
        sync(target.parent)
    except BaseException:
        target.unlink()
        raise


def settle_folder(aside: Path, target: Path) -> None:
    """Give a synced folder its name, durably; where that fails it lies aside again."""
    refuse_taken(target)
    aside.rename(target)
    try:
        sync(target.parent)
    except BaseException:
        target.rename(aside)
        raise


class AsideSink(ABC):
    """What every `Sink` does, wherever it writes."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._names: set[str] = set()
        self._folders: set[str] = set()
        self._broken = True
        """Whether anything went wrong so far, or nothing can be put: then there will be no bundle."""

    def __enter__(self) -> Self:
        refuse_taken(self.target)
        self._begin()
        self._broken = False
        return self

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """See `Sink.put`."""
        if self._broken:
            raise ValueError("nothing is put into a bundle that is not open, or broke off")
        self._broken = True
        self._take(name)
        self._write(name, pieces)
        self._broken = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self._broken or not self._names:
                    raise ValueError("a bundle has at least one file, and each of them whole")
                self._complete()
        finally:
            self._broken = True
            self._discard()

    def _take(self, name: str) -> None:
        if why := unfit(name) or self._unfit(name):
            raise ValueError(f"“{name}” {why}")
        folders = folders_of(name)
        if name in self._names:
            raise ValueError(f"“{name}” was put already")
        if name in self._folders or not self._names.isdisjoint(folders):
            raise ValueError(f"“{name}” would be a file and a folder")
        if len(self._names) == bundle_names.MOST_FILES:
            raise ValueError(f"“{name}” is one file too many")
        self._names.add(name)
        self._folders.update(folders)

    @abstractmethod
    def _unfit(self, name: str) -> str:
        """Why a file cannot lie here under that name, though a bundle may have it; empty if it can."""

    @abstractmethod
    def _begin(self) -> None:
        """Make what is written to, aside."""

    @abstractmethod
    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file."""

    @abstractmethod
    def _complete(self) -> None:
        """Make all of it durable, and put it in its place."""

    @abstractmethod
    def _discard(self) -> None:
        """Remove what lies aside, if anything still does; nothing is raised, for something else may have been."""
