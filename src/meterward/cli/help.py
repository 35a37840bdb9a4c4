"""Help texts: paragraphs whose lines stay as they are."""

from __future__ import annotations

from typing import TypeVar

import click

C = TypeVar("C", bound=click.Command)


def keep_lines(command: C) -> C:
    r"""The same command, its help with the mark that click knows.

    A docstring with a backslash is raw, so that `\b` stands in it as two characters; click looks for the one.
    """
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            keep_lines(inner)
    return command
