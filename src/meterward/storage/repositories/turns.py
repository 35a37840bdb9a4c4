"""Turns among the threads of a process: whoever's turn it is does the work of all that wait, so that one commit does.

A database makes a commit durable by waiting for its disk, which takes longer than the work that is committed. Threads
that would wait for it one after the other wait together here (group commit).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
_MOST = 256
"""So many works are done in one turn: nobody may wait for too many others."""


@dataclass(slots=True, eq=False)
class Waiting:
    """Some work of a thread that waits for it, and what came of it."""

    work: Callable[..., Any]
    ended: bool = False
    result: Any = None
    fault: Exception | None = None

    def end(self, result: object = None, fault: Exception | None = None) -> None:
        """Note what came of it."""
        self.result, self.fault, self.ended = result, fault, True


@dataclass(slots=True)
class Turns:
    """The threads that wait to do something that only one may do at a time."""

    _turn: Lock = field(default_factory=Lock)
    _waiting: list[Waiting] = field(default_factory=list)
    _list: Lock = field(default_factory=Lock)

    def take(self, work: Callable[..., T], do: Callable[[Sequence[Waiting]], None], patience: float) -> T:
        """What comes of some work when its turn has come. `do` does the work of several, and ends each.

        Raises `TimeoutError` if the turn did not come within `patience`, in seconds; then nothing was done.
        """
        one = Waiting(work)
        with self._list:
            self._waiting.append(one)
        if not self._turn.acquire(timeout=patience):
            self._give_up(one)
        try:
            if not one.ended:
                do(self._next(one))
        finally:
            self._turn.release()
        if one.fault:
            raise one.fault
        return cast("T", one.result)

    def _next(self, one: Waiting) -> Sequence[Waiting]:
        """What waits, this one first: it may have been with somebody who did not come to an end."""
        with self._list:
            others = [other for other in self._waiting if other is not one][: _MOST - 1]
            self._waiting = [other for other in self._waiting if other is not one and other not in others]
        return [one, *others]

    def _give_up(self, one: Waiting) -> None:
        """Leave the queue; but who is being served already waits for what comes of it."""
        with self._list:
            if one in self._waiting:
                self._waiting.remove(one)
                raise TimeoutError
        self._turn.acquire()
