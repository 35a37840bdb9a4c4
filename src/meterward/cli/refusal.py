"""Refusals: a question that cannot be answered, with every problem that stands against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import GAP, print_text
from meterward.cli.exits import Exit
from meterward.cli.output import say_json
from meterward.cli.terminal import error_console
from meterward.core.base.days import plural
from meterward.core.base.problem import Code, Problem
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from meterward.usecases.read_ledger import Loaded

MOST_SHOWN = 50
"""So many problems are shown before the rest is only counted."""


_CHECK = "“meterward records check FILE” shows more."
_EXITS = {
    Code.FILE_MISSING: Exit.NO_FILE,
    Code.FILE_UNREADABLE: Exit.NO_FILE,
    Code.LEDGER_UNKNOWN: Exit.NO_FILE,
    Code.STORE_MISSING: Exit.NO_FILE,
    Code.LEDGER_LOST: Exit.UNAVAILABLE,
    Code.CHECKPOINT_INCONSISTENT: Exit.UNAVAILABLE,
    Code.WITNESS_UNUSABLE: Exit.UNAVAILABLE,
    Code.KEY_UNUSABLE: Exit.UNAVAILABLE,
    Code.STORE_UNAVAILABLE: Exit.UNAVAILABLE,
    Code.STORE_IN_USE: Exit.UNAVAILABLE,
    Code.PORT_TAKEN: Exit.UNAVAILABLE,
    Code.STORE_FULL: Exit.CANNOT_WRITE,
    Code.FILE_UNWRITABLE: Exit.CANNOT_WRITE,
    Code.STORE_BUSY: Exit.BUSY,
    Code.LEDGER_MOVED: Exit.BUSY,
    Code.KEY_MISSING: Exit.UNAVAILABLE,
    Code.STAMP_UNAVAILABLE: Exit.UNAVAILABLE,
    Code.PERSON_TAKEN: Exit.USAGE,
    Code.PERSON_UNKNOWN: Exit.USAGE,
    Code.PASSWORD_WEAK: Exit.USAGE,
}
"""What a problem means to a script, where it is not one of the data."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and what to say of it to a script."""

    problems: Sequence[Problem]
    exit: Exit
    more: int = 0
    """How many problems there are beyond those kept."""
    where: str = ""
    """What shows the problems that are left out here."""
    stopped: int = 0
    """The line at which reading stopped, so that there may be more problems still; 0 if all was read."""

    def show(self, output: str = "table") -> int:
        """Show the problems, on standard error for people and on standard output as JSON; the exit code."""
        if output == "json":
            say_json(problems_json(self.problems[:MOST_SHOWN], self.count, self.stopped))
        on = error_console()
        show_problems(on, self.problems[:MOST_SHOWN])
        if (more := self.count - MOST_SHOWN) > 0:
            print_text(on, Text(f"{beyond(more, self.stopped)} {self.where}".rstrip()))
        return self.exit

    @property
    def count(self) -> int:
        """How many problems there are in all."""
        return len(self.problems) + self.more


def warn(problem: Problem) -> None:
    """Say on standard error what is to be known of an answer that is given all the same."""
    show_problems(error_console(), [problem])


def misused(problem: Problem) -> Refusal:
    """The refusal of a command that asks for what is not there."""
    return Refusal([problem], Exit.USAGE)


def unreadable(problem: Problem) -> Refusal:
    """The refusal of a file or a store that cannot be had at all."""
    return Refusal([problem], _EXITS.get(problem.code, Exit.DATA))


def refused(problems: Sequence[Problem]) -> Refusal:
    """The refusal of something that was to be done, of which nothing was."""
    return Refusal(problems, _EXITS.get(problems[0].code, Exit.DATA))


def faulty(loaded: Loaded) -> Refusal:
    """The refusal of a ledger that has problems."""
    return Refusal(loaded.problems, Exit.DATA, loaded.more_problems, _CHECK, loaded.stopped)


def beyond(more: int, stopped: int) -> str:
    """How many problems there are beyond those shown, and whether that is all."""
    if stopped:
        return f"… and at least {plural(more, 'more problem')}; reading stopped at line {stopped:,}."
    return f"… and {plural(more, 'more problem')}."


def show_problems(on: Console, problems: Sequence[Problem]) -> None:
    """Show each problem with its place, what was found, and what would be right; the same of many lines once."""
    for _, group in groupby(problems, key=lambda one: replace(one, line=0)):
        problem, *others = group
        if place := _place(problem, [problem.line, *(one.line for one in others)]):
            print_text(on, Text(clean(place), style="bold"))
        said = Text(clean(problem.message))
        said.append(f" {clean(problem.hint)}" if problem.hint else "")
        said.append(f" [{problem.code}]", style="dim")
        print_text(on, said, GAP if problem.where else 0)


def _place(problem: Problem, lines: Sequence[int]) -> str:
    """The place of a problem, or of the same in several lines: `lines 3 to 7 and 9, facts.gaps`."""
    runs: list[list[int]] = []
    for line in dict.fromkeys(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    if len(runs) == len(runs[0]) == 1:
        return problem.where
    spans = [" to ".join(f"{line:,}" for line in run) for run in runs]
    listed = " and ".join(part for part in (", ".join(spans[:-1]), spans[-1]) if part)
    return f"lines {listed}{f', {problem.field}' if problem.field else ''}"


def problems_json(problems: Sequence[Problem], count: int, stopped: int = 0) -> dict[str, object]:
    """Problems for a script. If reading stopped at some line, there are at least so many."""
    return {
        "format": "meterward.problems/1",
        "count": count,
        "stopped_at_line": stopped or None,
        "problems": [
            {
                "code": one.code.value,
                "field": one.field,
                "hint": one.hint,
                "line": one.line or None,
                "message": one.message,
            }
            for one in problems
        ],
    }
