"""DuckDB within bounds: so much memory, two threads, the files that it was given, and a folder of its own.

It reads nothing else: no network, no extension, no other path. The folder, where it puts aside what memory does not
hold, can be read by nobody else and is removed at the end.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from meterward.adapters.tables_aside import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from meterward.usecases.ports.tables import Tell

T = TypeVar("T")
MEMORY = "1500MB"
THREADS = 2
_LOOK_EVERY = 0.1
_SETTINGS: Mapping[str, str | int | bool] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # From the next line on it opens nothing but what was allowed before, and from the last on nothing can be set.
    "enable_external_access": False,
    "lock_configuration": True,
}


class Duck:
    """An engine with a folder, as a context: both are gone at its end."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        aside = Folder()
        self.folder = aside.path
        self._closing = ExitStack()
        self._closing.callback(aside.leave)
        try:
            self._engine = _beside(lambda: self._opened(files))
        except BaseException:
            self._closing.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    def place(self, name: str) -> str:
        """Under which path a file that was given is read, or one is written."""
        return str(self.folder / name)

    def run(self, what: str, sql: str, tell: Tell, given: Mapping[str, object] | None = None) -> list[Any]:
        """Run a statement beside this thread, which tells how far it has come, and stops it when it is stopped."""
        return _beside(
            lambda: self._engine.execute(sql, given).fetchall(),
            lambda: tell(what, self._share()),
            self._engine.interrupt,
        )

    def _share(self) -> float | None:
        percent = self._engine.query_progress()
        return percent / 100 if percent >= 0 else None

    def _opened(self, files: Mapping[str, Path]) -> duckdb.DuckDBPyConnection:
        """An engine with every door locked but those of the files and of the folder.

        The files are read by names of our own in that folder: a path may hold what the engine takes for a pattern.
        """
        engine = duckdb.connect(str(self.folder / "work.duckdb"))
        self._closing.callback(engine.close)
        for name, path in files.items():
            Path(self.place(name)).symlink_to(path)
        engine.execute(f"SET temp_directory = {quoted(self.place('aside'))}")
        engine.execute(f"SET allowed_paths = [{', '.join(quoted(self.place(name)) for name in files)}]")
        engine.execute(f"SET allowed_directories = [{quoted(str(self.folder))}]")
        for name, value in _SETTINGS.items():
            engine.execute(f"SET {name} = '{value}'")
        return engine


def _beside(work: Callable[[], T], look: Callable[[], object] = bool, stop: Callable[[], object] = bool) -> T:
    """What work comes to in a thread beside this one, which looks now and then, and stops it when it is stopped itself.

    The engine is called in no other way: a stop from the keyboard that comes while this thread is within it is lost.
    """
    done: list[T] = []
    failed: list[Exception] = []
    # Not `join`: where that is stopped from the keyboard, it takes the other thread for ended from then on.
    ended, over = threading.Event(), False

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
            failed.append(error)
        finally:
            ended.set()

    threading.Thread(target=run, daemon=True).start()
    try:
        while not over:
            over = ended.wait(_LOOK_EVERY)
            look()
    except BaseException:
        stop()
        ended.wait()
        raise
    if failed:
        raise failed[0]
    return done[0]


def quoted(text: str) -> str:
    """A text as the engine reads it."""
    return "'" + text.replace("'", "''") + "'"
