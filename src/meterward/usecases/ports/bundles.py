"""A bundle as whoever verifies or builds one sees it: files by name, wherever they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType


class Bundle(Protocol):
    """The files of a bundle: all that there is in it, and nothing beside them."""

    def names(self) -> tuple[str, ...]:
        """The name of every file, sorted; the parts of a name have a “/” between them."""

    def size(self, name: str) -> int:
        """So many bytes a file has; `KeyError` if there is none of that name."""

    def open(self, name: str) -> BinaryIO:
        """A file, to be read and closed by the caller; `KeyError` if there is none of that name.

        `OSError` if it is no longer what it was when the bundle was opened, or cannot be read.
        """


class Sink(Protocol):
    """Where a bundle is written, as a context: whole and durable at its end, or nothing at all after an exception."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file, in any order of names, each once. `ValueError` if no bundle can have it under that name."""

    def __enter__(self) -> Self:
        """Begin; `FileExistsError` if something is there already."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put all in its place at once, or leave nothing."""
