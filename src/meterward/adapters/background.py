"""Work that takes longer than a request may: on a thread of its own, with progress that anybody can ask for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_MOST = 50
"""So many jobs are remembered after they ended."""


class CancelledError(Exception):
    """Raised inside a job whose result nobody waits for any more."""


@dataclass(slots=True)
class Job:
    """Something under way: so much done of so much."""

    done: int = 0
    total: int = 0
    result: Any = None
    fault: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    _cancelled: bool = False

    def tell(self, done: int, total: int) -> None:
        """Note how far the work has come; here it stops if it was cancelled."""
        if self._cancelled:
            raise CancelledError
        self.done, self.total = done, total

    def cancel(self) -> None:
        """Let the work stop the next time that it says how far it has come."""
        self._cancelled = True


@dataclass(slots=True)
class Background:
    """The jobs of this process, by what they are for: the same is never under way twice."""

    finish: Callable[[], None] = lambda: None
    """Called on the thread when a job has ended, to give back what it borrowed."""
    _jobs: OrderedDict[Hashable, Job] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, key: Hashable, work: Callable[[Job], Any], patience: float) -> Job:
        """The job for a key: the one under way or a new one. It is waited for as long as `patience`, in seconds."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.ended.is_set():
                job = self._jobs[key] = Job()
                threading.Thread(target=self._run, args=(job, work), daemon=True).start()
            while len(self._jobs) > _MOST:
                self._jobs.popitem(last=False)
        job.ended.wait(patience)
        return job

    def cancel(self, key: Hashable) -> bool:
        """Cancel what is under way for a key, if anything is."""
        job = self._jobs.get(key)
        if job is None or job.ended.is_set():
            return False
        job.cancel()
        return True

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        try:
            job.result = work(job)
        except CancelledError:
            job.fault = CancelledError("it was cancelled")
        except Exception as fault:  # noqa: BLE001 - whoever waits for the result raises it
            job.fault = fault
        finally:
            self.finish()
            job.ended.set()
