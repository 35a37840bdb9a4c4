"""Patience with those who guess: after a few failures in a row each further try has to wait, ever longer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

FREE = 5
"""So many failures cost nothing: anybody mistypes."""
LONGEST = 60.0
"""Nobody waits longer than so many seconds, so that nobody can lock another out for good."""
_MOST = 10_000
_FORGOTTEN = 15 * 60.0


class _Failures(NamedTuple):
    times: int
    last: float


@dataclass(slots=True)
class Patience:
    """The failures of late, by whatever a guesser would have to change, such as a name."""

    now: Callable[[], float] = time.monotonic
    _failed: OrderedDict[str, _Failures] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, *keys: str) -> float:
        """For how many more seconds a try under any of these is refused; 0 where it is free."""
        with self._lock:
            return max((self._left(self._failed[key]) for key in keys if key in self._failed), default=0.0)

    def failed(self, *keys: str) -> None:
        """Note a failure under each."""
        now = self.now()
        with self._lock:
            for key in keys:
                before = self._failed.pop(key, _Failures(0, now))
                times = before.times if now - before.last < _FORGOTTEN else 0
                self._failed[key] = _Failures(times + 1, now)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures under a name that was right in the end."""
        with self._lock:
            self._failed.pop(key, None)

    def _left(self, failures: _Failures) -> float:
        over = failures.times - FREE
        if over < 0:
            return 0.0
        return max(0.0, failures.last + min(2.0**over, LONGEST) - self.now())
