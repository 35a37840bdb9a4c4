"""What goes to standard output whole, in UTF-8 whatever the terminal speaks; and what was written or appended where."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import print_text
from meterward.cli.terminal import console
from meterward.core.base.days import in_words
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from meterward.usecases.append_record import Appended


def to_json(value: Mapping[str, object]) -> str:
    """JSON as every command writes it: keys sorted, indented, with a line end; the same value, safe on a terminal.

    In JSON the code that stands for an unsafe character is the character, so nothing is lost.
    """
    return f"{clean(json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False))}\n"


def say_json(value: Mapping[str, object]) -> None:
    """Write JSON to standard output."""
    say_whole(to_json(value))


def say_whole(text: str) -> None:
    """Write a text to standard output as it is, with not a character replaced."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def say_written(folder: Path, names: Iterable[str]) -> None:
    """Name the files that were written."""
    for name in names:
        print_text(console(), Text(f"Written: {clean(str(folder / name))}"))


def say_appended(appended: Appended | None, day: date) -> None:
    """Say which entries tell what a file was imported for, or that there are none yet."""
    if appended is None:
        print_text(console(), Text("\nNothing was appended yet: name who says so with --as NAME.", "dim"))
        return
    last = appended.first + appended.count
    where = f"entry {last:,}" if appended.count == 1 else f"entries {appended.first + 1:,} to {last:,}"
    print_text(console(), Text(f"\nAppended: {where}, since {in_words(day)}.", "bold"))
