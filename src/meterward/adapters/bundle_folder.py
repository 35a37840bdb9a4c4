"""A bundle as a folder of plain files. What it is read from is not trusted: no link is ever followed."""

from __future__ import annotations

import os
import shutil
import stat
from array import array
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO

from meterward.adapters import bundle_names
from meterward.adapters.bundle_aside import AsideSink, beside, settle_folder
from meterward.adapters.bundle_names import Handle, Listing, too_many, unfit, unreadable, wrong
from meterward.adapters.files import sync

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meterward.core.base.problem import Problem

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe that was put in the place of a file must not keep anybody waiting.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_AT_ONCE = 16
"""So many files are synced at once, for then they share what the disk does: one by one takes thirty times as long."""
_SORTS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_PLAIN = "A bundle has plain files and folders only. Do not follow it; ask whoever made the bundle why it is there."


class FolderBundle:
    """See `Bundle`. What was moved or replaced since it was opened is not read."""

    def __init__(self, root: Handle, listing: Listing) -> None:
        self._root = root
        self._listing = listing

    def names(self) -> tuple[str, ...]:
        """See `Bundle.names`."""
        return self._listing.names

    def size(self, name: str) -> int:
        """See `Bundle.size`."""
        return self._listing.size(name)

    def open(self, name: str) -> BinaryIO:
        """See `Bundle.open`."""
        size = self._listing.size(name)
        try:
            number = self._descend(name.split("/"))
        except OSError as error:
            raise OSError(error.errno, error.strerror, name) from error
        try:
            _same(os.fstat(number), size, name)
        except BaseException:
            os.close(number)
            raise
        return os.fdopen(number, "rb")

    def _descend(self, parts: list[str]) -> int:
        """The descriptor of a file, opened part by part, so that no part can be a link."""
        folder = os.dup(self._root.number)
        for part in parts[:-1]:
            try:
                inner = os.open(part, _FOLDER, dir_fd=folder)
            finally:
                os.close(folder)
            folder = inner
        try:
            return os.open(parts[-1], _FILE, dir_fd=folder)
        finally:
            os.close(folder)


def open_folder(root: Handle, called: str) -> FolderBundle | Problem:
    """The bundle in an open folder, or the first item that no bundle has."""
    names: list[str] = []
    sizes = array("Q")
    for found in _walk(root.number, ""):
        if not isinstance(found, tuple):
            return found
        if len(names) == bundle_names.MOST_FILES:
            return too_many(called)
        names.append(found[0])
        sizes.append(found[1])
    if not names:
        return wrong(called, "The folder is empty.", "Name the folder that has the bundle itself in it.")
    return FolderBundle(root, Listing(names, sizes))


def _walk(folder: int, above: str) -> Iterator[tuple[str, int] | Problem]:
    """Every file beneath a folder with its size, in the order of whole names; nothing after the first problem."""
    try:
        entries = _entries(folder)
    except OSError as error:
        yield unreadable(above.rstrip("/"), error)
        return
    if above and not entries:
        yield wrong(above.rstrip("/"), "The folder is empty, and no bundle has an empty folder.")
    for key, mode, size in entries:
        name = above + key.rstrip("/")
        if problem := _problem(name, mode):
            yield problem
            return
        if not stat.S_ISDIR(mode):
            yield name, size
            continue
        try:
            inner = os.open(key, _FOLDER, dir_fd=folder)
        except OSError as error:
            yield unreadable(name, error)
            return
        try:
            yield from _walk(inner, f"{name}/")
        finally:
            os.close(inner)


def _same(about: os.stat_result, size: int, name: str) -> None:
    if not stat.S_ISREG(about.st_mode) or about.st_size != size:
        raise OSError(f"“{name}” changed while the bundle was read")


def _entries(folder: int) -> list[tuple[str, int, int]]:
    """What is in a folder, with mode and size: as many as a bundle may have files, and one more.

    A folder's name has a “/” at its end here, so that sorted by it whole names come in their order.
    """
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            about = entry.stat(follow_symlinks=False)
            key = f"{entry.name}/" if stat.S_ISDIR(about.st_mode) else entry.name
            found.append((key, about.st_mode, about.st_size))
            if len(found) > bundle_names.MOST_FILES:
                break
    return sorted(found)


def _problem(name: str, mode: int) -> Problem | None:
    if why := unfit(name):
        return wrong(name, f"Its name {why}.", "Take out what was added; a bundle is verified as it was made.")
    if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
        return None
    sort = next((words for is_one, words in _SORTS if is_one(mode)), "neither a file nor a folder")
    return wrong(name, f"It is {sort}.", _PLAIN)


class FolderSink(AsideSink):
    """See `Sink`. Files and folders are synced once all are there."""

    def _unfit(self, name: str) -> str:  # noqa: ARG002 - a folder takes every name that a bundle may have
        return ""

    def _begin(self) -> None:
        self._aside = beside(self.target)
        self._aside.mkdir()

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        place = self._aside / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.writelines(pieces)

    def _complete(self) -> None:
        everything = [*self._names, *self._folders, "."]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(self._sync_all, (everything[start::_AT_ONCE] for start in range(_AT_ONCE))):
                pass
        settle_folder(self._aside, self.target)

    def _sync_all(self, names: Sequence[str]) -> None:
        for name in names:
            sync(self._aside / name)

    def _discard(self) -> None:
        shutil.rmtree(self._aside, ignore_errors=True)
