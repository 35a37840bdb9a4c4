"""Reading the lines of a large ledger on every core of the machine, in their order and in bounded memory."""

from __future__ import annotations

import concurrent.futures
import gc
import os
import signal
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed
from meterward.core.records.packed import Packed, pack, unpack
from meterward.usecases.read_ledger import one_by_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from meterward.core.ledger.keys import PublicKey
    from meterward.usecases.read_ledger import Line, Read

Keys: TypeAlias = "Mapping[str, PublicKey]"
_Sent: TypeAlias = Packed | list[Problem]
LARGE = 8 * 2**20
"""A file of so many bytes takes about half a second to read: enough to be worth starting processes."""
PIECE = 2**19
"""About so many bytes are read by one process at a time."""
SHORTEST = 2**9
"""A line counts as so many bytes at least: what is wrong with a short one takes more room than the line."""
AHEAD = 2
"""So many pieces wait for each process: enough that none is idle, few enough to be little memory."""


def reading(size: int | None) -> Callable[..., Iterable[tuple[Line, Read]]]:
    """How to read the lines of a file of so many bytes; None for a pipe. Both ways take lines, and keys."""
    return one_by_one if size is None or size < LARGE else on_every_core


def on_every_core(lines: Iterable[Line], keys: Keys | None = None) -> Iterator[tuple[Line, Read]]:
    """Read lines like `one_by_one`, with a process on every core. Where none can be started, this one reads."""
    all_kinds()  # loaded here, they are there in every process that is a copy of this one
    cores = _cores()
    pool = _pool(cores) if cores > 1 else None
    if pool is None:
        yield from one_by_one(lines, keys)
        return
    waiting: deque[tuple[Sequence[Line], Future[list[_Sent]] | None]] = deque()
    with pool:
        for piece in _pieces(lines):
            waiting.append((piece, _submit(pool, piece, keys)))
            if len(waiting) > cores * AHEAD:
                yield from _read(*waiting.popleft(), keys)
        while waiting:
            yield from _read(*waiting.popleft(), keys)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(cores: int) -> concurrent.futures.ProcessPoolExecutor | None:
    """Processes that read; None where the system has no means of sharing work among them."""
    try:
        return concurrent.futures.ProcessPoolExecutor(cores, initializer=_settle)
    except (ImportError, NotImplementedError, OSError):
        return None


def _settle() -> None:
    """A process that reads makes no circular garbage, and leaves it to its parent to be stopped."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pieces(lines: Iterable[Line]) -> Iterator[list[Line]]:
    piece: list[Line] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += max(len(line), SHORTEST) if isinstance(line, bytes) else SHORTEST
        if size >= PIECE:
            yield piece
            piece, size = [], 0
    yield piece


def _submit(
    pool: concurrent.futures.ProcessPoolExecutor, piece: Sequence[Line], keys: Keys | None
) -> Future[list[_Sent]] | None:
    """Give a piece to the next free process; None if there is none any more."""
    try:
        return pool.submit(_sent, piece, keys)
    except (OSError, RuntimeError):
        return None


def _sent(piece: Sequence[Line], keys: Keys | None) -> list[_Sent]:
    """What a process sends back: for each line what admission needs of it, or what is wrong."""
    return [pack(found) if isinstance(found, Sealed) else found for _, found in one_by_one(piece, keys)]


def _read(piece: Sequence[Line], future: Future[list[_Sent]] | None, keys: Keys | None) -> Iterator[tuple[Line, Read]]:
    """A piece as its process read it. If that was ended from outside, this one reads it."""
    try:
        found = future.result() if future else _sent(piece, keys)
    except concurrent.futures.BrokenExecutor:
        found = _sent(piece, keys)
    for line, one in zip(piece, found, strict=True):
        yield line, unpack(one) if isinstance(one, Packed) else one
