"""The options that every question to a ledger shares, and the answer to it: read, evaluated, or refused."""

from __future__ import annotations

from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from meterward import wiring
from meterward.cli.completing import licences, parameters
from meterward.cli.exits import Exit
from meterward.cli.options import format_option, law_option
from meterward.cli.parameters import Assignment, Day, KnownAt
from meterward.cli.progress import Watch
from meterward.cli.refusal import Refusal, faulty, misused, unreadable
from meterward.cli.source import SOURCE, source_of
from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper, no_duties
from meterward.core.records.kinds import ledger_opened
from meterward.core.records.terms import EVERY_LICENCE
from meterward.present.answer import Answer, Question, tried_out
from meterward.present.phrases import entries
from meterward.usecases.check_records import check_hypothesis

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.cli.source import Source
    from meterward.core.obligations.law import Pack
    from meterward.usecases.evaluate_position import Dossier, Evaluated
    from meterward.usecases.read_ledger import Loaded

P = ParamSpec("P")


def answer(question: Question, source: Source, output: str) -> Answer | Refusal:
    """Answer a question to a ledger."""
    pack = wiring.load_pack(question.law)
    if isinstance(pack, Problem):
        return misused(pack)
    if problems := check_hypothesis(pack, question.hypothesis):
        return Refusal(problems, Exit.USAGE)
    with Watch() as watch:
        loaded = _load(question, source, watch)
        if isinstance(loaded, Refusal):
            return loaded
        watch.show(f"Evaluating {plural(loaded.size, 'record')}")
        evaluated = _evaluate(question, pack, loaded)
    return evaluated if isinstance(evaluated, Refusal) else Answer(question, pack, loaded, evaluated, output)


def dossiers_of(source: Source) -> list[Dossier] | Refusal:
    """The records of each licence of a ledger, where no duty is asked about."""
    with Watch() as watch:
        loaded = _read(source, watch)
    if isinstance(loaded, Refusal):
        return loaded
    held = wiring.dossiers(loaded)
    return unreadable(held) if isinstance(held, Problem) else held


def _read(source: Source, watch: Watch, known_at: date | int | None = None) -> Loaded | Refusal:
    loaded = source.read(watch, known_at)
    if isinstance(loaded, Problem):
        return unreadable(loaded)
    if loaded.problems:
        return faulty(loaded)
    problem = _without_duties(loaded)
    return misused(problem) if problem else loaded


def _without_duties(loaded: Loaded) -> Problem | None:
    """Why nothing can be asked of a ledger in order: it is no licensee's, or no licence is held yet."""
    first = loaded.records[0] if loaded.records else None
    if first is None or first.kind is not ledger_opened.KIND:
        return None
    problem = no_duties(loaded.licensee, Keeper(first.facts.keeper))
    if problem or any(name != EVERY_LICENCE for one in loaded.records for name in one.licences):
        return problem
    hint = "Append “licence.held”: which licence the licensee holds, since when."
    return Problem(Code.LICENCE_UNKNOWN, f"No record of {loaded.licensee} is about a licence yet.", hint)


def _load(question: Question, source: Source, watch: Watch) -> Loaded | Refusal:
    loaded = _read(source, watch, question.known_at)
    if isinstance(loaded, Refusal):
        return loaded
    problem = _outside(question, loaded)
    return misused(problem) if problem else loaded


def _evaluate(question: Question, pack: Pack, loaded: Loaded) -> list[Evaluated] | Refusal:
    held = wiring.dossiers(loaded, question.licence, question.hypothesis)
    if isinstance(held, Problem):
        return misused(held)
    wiring.check(loaded, held, pack)
    if loaded.problems:
        return faulty(loaded)
    return wiring.positions(held, pack, question.as_at)


def _outside(question: Question, loaded: Loaded) -> Problem | None:
    """What is wrong with a `--known-at` that this ledger never came to."""
    asked = question.known_at
    if isinstance(asked, int) and asked > loaded.size:
        hint = f"Write a number from 1 to {loaded.size:,}, or leave it out to know everything."
        return Problem(Code.DAY_INVALID, f"The ledger has {entries(loaded.size)}, not {asked:,}.", hint)
    if not loaded.size and asked is not None:
        when = f"on {in_words(asked)}" if isinstance(asked, date) else "at size 0"
        return Problem(Code.DAY_INVALID, f"Nothing was recorded yet {when}.", "Choose a later day or a larger size.")
    return None


def asks(
    *formats: str,
) -> Callable[[Callable[Concatenate[Answer, P], int]], Callable[P, int]]:
    """Give a command the options of a question; it is called with the answer, and returns the exit code."""

    def decorate(command: Callable[Concatenate[Answer, P], int]) -> Callable[P, int]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> int:
            output = str(kwargs.pop("output_format"))
            source = source_of(kwargs.pop("file"), kwargs.pop("licensee"), kwargs.pop("home"))
            found = answer(_question(kwargs, source), source, output)
            if isinstance(found, Refusal):
                return found.show(output)
            return command(found, *args, **kwargs)

        for option in reversed(_options(formats)):
            run = option(run)
        return run

    return decorate


def _question(kwargs: dict[str, Any], source: Source) -> Question:
    today = wiring.today()
    hypothesis = tried_out(kwargs.pop("param"))
    if isinstance(hypothesis, Problem):
        raise click.UsageError(f"{hypothesis.message} {hypothesis.hint}")
    return Question(
        source.licensee or source.file,
        kwargs.pop("licence"),
        kwargs.pop("as_at") or today,
        kwargs.pop("known_at"),
        kwargs.pop("law"),
        hypothesis,
        today,
        source.words,
    )


def _options(formats: tuple[str, ...]) -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    return [
        *SOURCE,
        click.option(
            "--licence", metavar="L", shell_complete=licences, help="Only this licence, such as electricity. [all]"
        ),
        click.option("--as-at", type=Day(), help="How things stand on this day. [today, in London]"),
        click.option(
            "--known-at", type=KnownAt(), help="What was known then: a day, or how many entries. [everything]"
        ),
        law_option(),
        click.option(
            "--param",
            type=Assignment(),
            multiple=True,
            shell_complete=parameters,
            help="Try out another value of a parameter; the answer says that it is a hypothesis. Repeatable.",
        ),
        format_option(*formats),
    ]
