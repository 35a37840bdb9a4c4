"""Progress of what takes longer than a second, on standard error and only where somebody watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import TaskID

    from meterward.wiring.installed import Underway

PATIENCE = 1.0
"""So many seconds pass in silence."""
_LOOK_EVERY = 0.2


class Watch:
    """Watches work go on. As a context manager it takes the bar away at the end, also when the work was stopped."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def lines(self, number: int, share: float | None) -> None:
        """So many lines of a file were read, which are some share of it."""
        self.show(f"Reading, {number:,} lines", share)

    def entries(self, done: int, total: int) -> None:
        """So many entries of a ledger in the store were read."""
        self.show(f"Reading, {done:,} entries", done / total if total else None)

    def wait(self, job: Underway) -> None:
        """Wait until a job has ended."""
        while not job.ended.wait(_LOOK_EVERY):
            self.entries(job.done, job.total)

    def show(self, what: str, share: float | None = None) -> None:
        """Say what is going on and which share of it is done, once a second has passed."""
        if self._bar is None and (time.monotonic() - self._began < PATIENCE or not sys.stderr.isatty()):
            return
        if self._bar is None or self._task is None:
            columns = (TextColumn("{task.description}"), BarColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(what, total=1.0)
            self._bar.start()
        total = None if share is None else 1.0
        self._bar.update(self._task, description=what, completed=share or 0, total=total)
