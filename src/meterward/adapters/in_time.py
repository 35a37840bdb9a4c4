"""Work that somebody else can drag out, such as asking a server, and for which nobody waits longer than a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def in_time(seconds: float, work: Callable[[], T]) -> T | None:
    """What some work comes to; None if it takes longer, and then nobody hears of it any more.

    Each read of a socket has a time of its own: whoever sends a byte now and then would have all the time in the world.
    """
    found: list[T] = []
    # A thread that is given up ends with the process; it holds a socket, and nothing that anybody waits for.
    working = threading.Thread(target=lambda: found.append(work()), daemon=True)
    working.start()
    working.join(seconds)
    return found[0] if found else None
