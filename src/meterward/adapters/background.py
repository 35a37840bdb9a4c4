"""Work that takes longer than a request may: on a thread of its own, with progress that anybody can ask for."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

AT_ONCE = 2
"""So many jobs work at a time; the others wait for their turn."""
_MOST = 50
"""So many jobs are remembered after they ended."""
_FAULT_LASTS = 60.0
"""For so many seconds after a job failed, who asks for its result hears why; later it is begun anew."""


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
    name: str = field(default_factory=lambda: token_hex(16))
    """What a page calls it by to stop it; nobody guesses that of another."""
    _ended_at: float = 0.0
    _cancelled: bool = False

    @property
    def cancelled(self) -> bool:
        """Whether somebody stopped it: there is no result."""
        return self._cancelled

    @property
    def failed_lately(self) -> bool:
        """Whether it failed just now, so that who asks again is to hear of it rather than to wait for it again."""
        failed = self.ended.is_set() and self.fault is not None and not self._cancelled
        return failed and time.monotonic() - self._ended_at < _FAULT_LASTS

    def tell(self, done: int, total: int) -> None:
        """Note how far the work has come; here it stops if it was cancelled."""
        if self._cancelled:
            raise CancelledError
        self.done, self.total = done, total

    def cancel(self) -> None:
        """Let the work stop the next time that it says how far it has come."""
        self._cancelled = True

    def end(self) -> None:
        """Let those who wait for it go on."""
        self._ended_at = time.monotonic()
        self.ended.set()


@dataclass(slots=True)
class Background:
    """The jobs of this process, by what they are for: the same is never under way twice."""

    finish: Callable[[], None] = lambda: None
    """Called on the thread when a job has ended, to give back what it borrowed."""
    _jobs: OrderedDict[Hashable, Job] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))

    def start(self, key: Hashable, work: Callable[[Job], Any], patience: float) -> Job:
        """The job for a key: the one under way or a new one. It is waited for as long as `patience`, in seconds.

        One that failed while nobody waited is given out once more, so that somebody hears of it.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job and job.failed_lately:
                del self._jobs[key]
                return job
            if job is None or job.ended.is_set() or job.cancelled:
                job = self._jobs[key] = Job()
                threading.Thread(target=self._run, args=(job, work), daemon=True).start()
            self._forget()
        job.ended.wait(patience)
        return job

    def cancel(self, name: str) -> bool:
        """Cancel the job of a name, if it is under way."""
        with self._lock:
            job = next((one for one in self._jobs.values() if one.name == name), None)
        if job is None or job.ended.is_set():
            return False
        job.cancel()
        return True

    def _forget(self) -> None:
        """Forget jobs that ended, the oldest first. What is under way is never begun a second time."""
        for key in [key for key, job in self._jobs.items() if job.ended.is_set()][: max(0, len(self._jobs) - _MOST)]:
            del self._jobs[key]

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        try:
            with self._turns:
                job.tell(job.done, job.total)
                job.result = work(job)
        except Exception as fault:  # noqa: BLE001 - whoever waits for the result raises it
            job.fault = fault
        finally:
            self.finish()
            job.end()
