"""What goes to standard output whole: JSON and pages, in UTF-8 whatever the terminal speaks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Mapping


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
