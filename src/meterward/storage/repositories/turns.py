"""Turns among the threads of a process: whoever's turn it is does the work of all that wait, so that one commit does.

A database makes a commit durable by waiting for its disk, which takes longer than the work that is committed. Threads
that would wait for it one after the other wait together here (group commit).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
_MOST = 256
"""So many works are done in one turn: nobody may wait for too many others."""


def _taken() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class Waiting:
    """Some work of a thread that waits for it, and what came of it."""

    work: Callable[..., Any]
    ended: bool = False
    result: Any = None
    fault: Exception | None = None
    woken: Lock = field(default_factory=_taken)
    """Opened when the work has ended, or when it is its thread's turn."""

    def end(self, result: object = None, fault: Exception | None = None) -> None:
        """Note what came of it."""
        self.result, self.fault, self.ended = result, fault, True


@dataclass(slots=True)
class Turns:
    """The threads that wait to do something that only one may do at a time."""

    _busy: bool = False
    _waiting: list[Waiting] = field(default_factory=list)
    _list: Lock = field(default_factory=Lock)

    def take(self, work: Callable[..., T], do: Callable[[Sequence[Waiting]], None], patience: float) -> T:
        """What comes of some work when its turn has come. `do` does the work of several, and ends each.

        Raises `TimeoutError` if the turn did not come within `patience`, in seconds; then nothing was done.
        """
        one = Waiting(work)
        with self._list:
            self._waiting.append(one)
            first, self._busy = not self._busy, True
        if not first and not one.woken.acquire(timeout=patience):
            self._give_up(one)
        if not one.ended:
            self._lead(one, do)
        if one.fault:
            raise one.fault
        return cast("T", one.result)

    def _lead(self, one: Waiting, do: Callable[[Sequence[Waiting]], None]) -> None:
        """Do what waits, this one first; whoever is not served then, since that did not come to an end, waits on."""
        self._gather()
        with self._list:
            self._waiting.remove(one)
            some = [one, *self._waiting[: _MOST - 1]]
            del self._waiting[: _MOST - 1]
        try:
            do(some)
        finally:
            with self._list:
                self._waiting[:0] = [other for other in some[1:] if not other.ended]
                self._busy = bool(self._waiting)
                if self._busy:
                    self._waiting[0].woken.release()
            for other in some[1:]:
                if other.ended:
                    other.woken.release()

    def _gather(self) -> None:
        """Let whoever is about to come, come: a group of one costs as much as a group of many."""
        there = 0
        while there < len(self._waiting):
            there = len(self._waiting)
            time.sleep(0)

    def _give_up(self, one: Waiting) -> None:
        """Leave the queue; but who is being served already waits for what comes of it."""
        with self._list:
            if one.woken.acquire(blocking=False):
                return
            if one in self._waiting:
                self._waiting.remove(one)
                raise TimeoutError
        one.woken.acquire()
