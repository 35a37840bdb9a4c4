"""A process that makes keys: `key_maker.py FOLDER`. It prints their ids, once somebody lets it begin."""

from __future__ import annotations

import sys
from pathlib import Path

from meterward.adapters.key_files import KeyFiles


def main(folder: Path) -> None:
    """Make the first key of an organisation and those of a log, then another."""
    print("ready", flush=True)  # noqa: T201 - the test reads it
    sys.stdin.readline()
    keys = KeyFiles(folder)
    made = (keys.first("harbour"), *keys.of_log("harbour"), keys.another("harbour"))
    print(" ".join(one.public.id for one in made), flush=True)  # noqa: T201 - the same


if __name__ == "__main__":
    main(Path(sys.argv[1]))
