"""An explanation in a terminal: the five questions in their order, and what was found as a tree down to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_flow, print_items, print_text, widest
from meterward.cli.heading import show_heading
from meterward.cli.terminal import status_text
from meterward.cli.tree import print_tree
from meterward.core.base.days import DAY, NEVER, in_words, plural
from meterward.core.facts.owed import Source
from meterward.present.marks import FLAG
from meterward.present.notices import grouped
from meterward.present.phrases import clean, in_how_long, remarks, since_day
from meterward.usecases.explain_words import (
    changes_in_words,
    deadlines_in_brief,
    kind_in_words,
    missing_in_words,
    word_of,
)
from meterward.usecases.tell_fact import tell_fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from meterward.core.obligations.law import Provision
    from meterward.core.obligations.position import Position
    from meterward.core.obligations.regimes import Regime
    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated
    from meterward.usecases.explain_clause import Asked, Clause, Explained, Explanation, Follows

_INDENT = 4
_LABEL = 10


class Detail(NamedTuple):
    """How much is shown."""

    all_readings: bool
    full: bool


def show_clauses(on: Console, answer: Answer, clauses: Sequence[Clause], detail: Detail) -> None:
    """Show what is to be said of a clause, for each licence."""
    for place, (evaluated, clause) in enumerate(zip(answer.evaluated, clauses, strict=True)):
        if place:
            on.print()
        show_heading(on, answer, evaluated.position.evaluation.basis.licence, "")
        for provision in clause.provisions:
            _provision(on, provision, clause.regime)
        for duty in clause.duties:
            _duty(on, answer, evaluated.position, duty, detail)
        _footer(on, evaluated)


def _footer(on: Console, evaluated: Evaluated) -> None:
    on.print(Text(f"\nReceipt  {grouped(evaluated.receipt.digest)}", "dim"))


def _provision(on: Console, provision: Provision, regime: Regime) -> None:
    on.print()
    on.print(Text.assemble((f"{provision.clause}  {provision.title}", "bold"), ("  not scored", "dim")))
    _say(on, provision.says)
    _item(on, "Kind", kind_in_words(provision.kind))
    _item(on, "Shapes", ", ".join(provision.shapes) or "every duty")
    if not provision.shapes:
        _item(on, "In force", _in_force(regime))
        for record in regime.records:
            what = f"{record.kind.name} of {in_words(record.occurred)}"
            _item(on, "Record", f"{record.short}  {what}")


def _in_force(regime: Regime) -> str:
    first = f"from {in_words(regime.begins)}" if regime.begins else "not known from when"
    if regime.ends == NEVER:
        return f"{first}, without an end so far"
    what = "Go Live" if regime.ends == regime.go_live else "the end of the licence"
    return f"{first}, to {in_words(regime.ends - DAY)}, the day before {what}"


def _duty(on: Console, answer: Answer, position: Position, duty: Explained, detail: Detail) -> None:
    stands = duty.position
    on.print()
    title = Text.assemble((f"{stands.duty.clause}  {clean(stands.duty.title)}", "bold"))
    print_flow(on, [title, status_text(stands.status), Text(since_day(stands.since).strip(), "dim")], then=GAP)
    _say(on, tell_fact(position, stands), indent=GAP)
    in_full = duty.readings if detail.all_readings or not duty.agree else duty.readings[:1]
    for reading in in_full:
        _reading(on, answer, reading, detail)
    if in_brief := duty.readings[len(in_full) :]:
        _in_brief(on, in_brief)


def _in_brief(on: Console, readings: Sequence[Explanation]) -> None:
    on.print(Text("\n  Other readings, which agree", "bold"))
    names = [Text(one.asked.reading.id) for one in readings]
    states = [status_text(one.follows.status) for one in readings]
    for one, name, state in zip(readings, names, states, strict=True):
        width = on.width - _INDENT - widest(names) - widest(states) - 2 * GAP
        says = Text(clean(one.asked.reading.says), "dim")
        print_columns(on, [(name, widest(names)), (state, widest(states)), (says, width)], _INDENT)


def _reading(on: Console, answer: Answer, one: Explanation, detail: Detail) -> None:
    if len(one.asked.duty.readings) > 1:
        default = "the default; our interpretation, not the law" if one.asked.is_default else "our interpretation"
        on.print()
        name = Text(f"  Reading {one.asked.reading.id}", "bold")
        print_flow(on, [name, status_text(one.follows.status), Text(default, "dim")], then=_INDENT)
    _heading(on, "What does the law ask?")
    _asked(on, one.asked)
    _heading(on, "What was found?")
    if one.found:
        print_tree(on, one.found, _INDENT, full=detail.full)
    else:
        _say(on, "Nothing that it asks about.")
    _heading(on, "What follows?")
    _follows(on, answer, one.follows)
    _heading(on, "What is missing?")
    for missing in missing_in_words(one):
        _say(on, missing)
    _heading(on, "What would change it?")
    for label, text in changes_in_words(one):
        _item(on, label, text)


def _asked(on: Console, asked: Asked) -> None:
    duty = asked.duty
    if len(duty.readings) > 1:
        _item(on, "Reading", asked.reading.says)
    if not asked.is_default:
        _say(on, "For the rest, as under the default reading above.")
        return
    _item(on, "Clause", duty.says)
    _item(on, "Kind", f"{kind_in_words(duty.kind)} ({word_of(asked.force)}), by the {duty.bearer}")
    _item(on, "When", duty.trigger)
    _item(on, "Shown by", duty.proof)
    if asked.limit:
        _item(on, "Limit", asked.limit)
    for setting in asked.parameters:
        _item(on, "Parameter", f"{setting.name} = {setting.value} ({setting.source}). {setting.says}")
    if asked.provisions:
        _item(on, "Shaped by", " · ".join(f"{one.clause} {one.title}" for one in asked.provisions))


def _follows(on: Console, answer: Answer, follows: Follows) -> None:
    since = Text.assemble(status_text(follows.status), (since_day(follows.since), ""))
    on.print(Text(" " * _INDENT) + since)
    shown, more = deadlines_in_brief(follows.deadlines)
    for deadline in shown:
        away = in_how_long((deadline.day - answer.question.as_at).days)
        label = "On" if deadline.source is Source.PROOF else ("Overdue" if deadline.overdue else "Due")
        _item(on, label, f"{in_words(deadline.day)} ({away}): {deadline.what}{remarks(deadline)}")
    if more:
        _item(on, "Later", f"{plural(more, 'more day')} on which proofs end")
    for missed in follows.missed:
        good = f"made good on {in_words(missed.made_good)}" if missed.made_good else "not made good"
        own = " (our own limit)" if missed.source is Source.PRODUCT else ""
        _item(on, "Missed", f"{in_words(missed.day - DAY)}{own}: {missed.what}, {good}")
    for flag in follows.attention:
        _item(on, FLAG.shape, flag)


def _heading(on: Console, text: str) -> None:
    on.print(Text(f"\n  {text}", "bold"))


def _say(on: Console, text: str, indent: int = _INDENT) -> None:
    print_text(on, Text(clean(text)), indent)


def _item(on: Console, label: str, text: str) -> None:
    print_items(on, [(label, clean(text))], _INDENT, _LABEL)
