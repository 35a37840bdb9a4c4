"""DuckDB within bounds: so much memory, two threads, the files that it was given, and a folder of its own.

It reads nothing else: no network, no extension, no other path. The folder, where it puts aside what memory does not
hold, can be read by nobody else and is removed at the end.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from meterward.adapters.tables_aside import Folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from meterward.usecases.ports.tables import Tell

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
        self._aside = Folder()
        self.folder = self._aside.path
        try:
            self._engine = duckdb.connect(str(self.folder / "work.duckdb"))
            self._bound(files)
        except BaseException:
            self._aside.leave()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._engine.close()
        finally:
            self._aside.leave()

    def place(self, name: str) -> str:
        """Under which path a file that was given is read, or one is written."""
        return str(self.folder / name)

    def run(self, what: str, sql: str, tell: Tell, given: Mapping[str, object] | None = None) -> list[Any]:
        """Run a statement beside this thread, which tells how far it has come, and stops it when it is stopped."""
        rows: list[Any] = []
        failed: list[Exception] = []

        def work() -> None:
            try:
                rows.extend(self._engine.execute(sql, given).fetchall())
            except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
                failed.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_LOOK_EVERY)
                tell(what, self._share())
        except BaseException:
            self._engine.interrupt()
            thread.join()
            raise
        if failed:
            raise failed[0]
        return rows

    def _share(self) -> float | None:
        percent = self._engine.query_progress()
        return percent / 100 if percent >= 0 else None

    def _bound(self, files: Mapping[str, Path]) -> None:
        """Lock every door but those of the files and of the folder.

        The files are read by names of our own in that folder: a path may hold what the engine takes for a pattern.
        """
        for name, path in files.items():
            Path(self.place(name)).symlink_to(path)
        self._engine.execute(f"SET temp_directory = {quoted(self.place('aside'))}")
        self._engine.execute(f"SET allowed_paths = [{', '.join(quoted(self.place(name)) for name in files)}]")
        self._engine.execute(f"SET allowed_directories = [{quoted(str(self.folder))}]")
        for name, value in _SETTINGS.items():
            self._engine.execute(f"SET {name} = '{value}'")


def quoted(text: str) -> str:
    """A text as the engine reads it."""
    return "'" + text.replace("'", "''") + "'"
