"""A process that keeps notes of growing size, and prints each that is kept: `outside_keeper.py FOLDER COUNT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from meterward.adapters.outside import OutsideFiles


def main(folder: Path, count: int) -> None:
    """Keep so many notes, each unless a longer one is there."""
    outside = OutsideFiles(folder)
    print("ready", flush=True)  # noqa: T201 - the test reads it
    sys.stdin.readline()
    for number in range(1, count + 1):
        outside.keep("harbour", f"{number}\n".encode() * 50, partial(_is_older, number))
        print(number, flush=True)  # noqa: T201 - the same


def _is_older(number: int, kept: bytes) -> bool:
    return size_of(kept) < number


def size_of(note: bytes) -> int:
    """The number of a note; it must be whole."""
    lines = note.split()
    assert len(set(lines)) <= 1
    assert len(lines) in (0, 50)
    return int(lines[0]) if lines else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
