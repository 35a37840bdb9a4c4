"""The matrix of Z.6: elements, as designed and as operated, against three harms; and one proof for many cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward.core.access import Action, Subject, may
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import state_evidenced
from meterward.core.records.terms import SYSTEM
from meterward.core.system.cells import INSTEAD, SECURE, Standing
from meterward.present.paged import paged
from meterward.present.system_table import PAGE, found_in
from meterward.usecases.draw_system import ASPECTS
from meterward.web.charted import DUTY, Charted, around, charted
from meterward.web.forms.desk import desk_of, duty_named
from meterward.web.refusing import refuse, show_problems
from meterward.wiring import drafting, today
from meterward.wiring.gating import caller_in, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed
    from meterward.usecases.draw_system import Element

MOST_COVERED = 500
"""So many elements one proof covers; a line of a ledger has room for them."""
ALL = "all"
"""What is sent for every element that was found."""
_MOST_TYPED = 4_000


class Column(NamedTuple):
    """A column of the matrix, counted over what was found."""

    aspect: str
    shown: int
    counts: dict[Standing, int]


class Chosen(NamedTuple):
    """What one proof is to show, and of which cells."""

    fact: str
    subjects: Sequence[str]
    aspects: Sequence[str]
    """None of what was done instead: it serves for all six."""


@needs(Action.READ)
@require_safe
def matrix(request: HttpRequest, ledger: str) -> HttpResponse:
    """Each element that fits, cell by cell."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    found = found_in(held.chart, held.wish)
    columns = _columns(found)
    total = sum((Counter(one.counts) for one in columns), Counter[Standing]())
    own = Subject(ledger, state_evidenced.KIND)
    shown = {
        "listed": paged(found, held.wish.page, PAGE),
        "columns": columns,
        "totals": {one: total[one] for one in Standing if total[one]},
        "cells": sum(total.values()),
        "instead": sum(one.row.standing is Standing.INSTEAD for one in found),
        "fills": may(caller_in(request), Action.APPEND, own).allowed,
        "most": MOST_COVERED,
    }
    return render(request, "system_matrix.html", {**around(request, held, "matrix"), **shown})


def _columns(found: Sequence[Element]) -> list[Column]:
    columns = []
    for place, aspect in enumerate(ASPECTS):
        counts = Counter(one.row.cells[place].standing for one in found)
        columns.append(Column(aspect, sum(count for one, count in counts.items() if one.is_shown), dict(counts)))
    return columns


@needs(Action.APPEND)
@require_POST
def fill(request: HttpRequest, ledger: str) -> HttpResponse:
    """A draft of one proof for the cells that were chosen: its form, its preview and the append are as for any."""
    decision = may(caller_in(request), Action.APPEND, Subject(ledger, state_evidenced.KIND))
    if not decision.allowed:
        return refuse(request, decision)
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    chosen = _chosen(request, held)
    if problems := list(_wrong(held, chosen)):
        return show_problems(request, problems, 422)
    desk = desk_of(request, ledger, state_evidenced.KIND.name, str(uuid4()))
    if desk is None or duty_named(DUTY) is None:
        raise LookupError(DUTY)
    reason = request.POST.get("reason", "").strip()[:_MOST_TYPED]
    typed = _typed(held, chosen, reason)
    kept = drafting.keep(desk.draft, {**typed, "acting": str(desk.roles[0])}, DUTY)
    return show_problems(request, [kept], 422) if isinstance(kept, Problem) else HttpResponseRedirect(desk.at())


def _subjects(request: HttpRequest, held: Charted) -> list[str]:
    """The elements that were ticked, or all that were found, in the order of the list."""
    ticked = dict.fromkeys(request.POST.getlist("subject"))
    if ALL in ticked:
        whole = [SYSTEM] if SYSTEM in ticked else []
        return [*whole, *(one.name for one in found_in(held.chart, held.wish))]
    return list(ticked)


def _chosen(request: HttpRequest, held: Charted) -> Chosen:
    subjects = _subjects(request, held)
    if request.POST.get("fact") == INSTEAD:
        return Chosen(INSTEAD, subjects, [])
    return Chosen(SECURE, subjects, [one for one in ASPECTS if one in request.POST.getlist("aspect")])


def _wrong(held: Charted, chosen: Chosen) -> Iterator[Problem]:
    """What keeps the choice from becoming a draft."""
    subjects, there = chosen.subjects, held.chart.elements
    if not subjects:
        yield Problem(Code.FIELD_MISSING, "No element is chosen.", "Go back and tick those that it covers.")
    if chosen.fact == SECURE and not chosen.aspects:
        hint = "Go back and tick what the proof speaks to, such as “as operated, loss of supply”."
        yield Problem(Code.FIELD_MISSING, "No side of them is chosen.", hint)
    if len(subjects) > MOST_COVERED:
        message = f"{len(subjects):,} elements are chosen."
        yield Problem(Code.FIELD_VALUE, message, f"Choose at most {MOST_COVERED} for one proof.")
    if gone := [one for one in subjects if one != SYSTEM and one not in there][:1]:
        message = f"There is no {gone[0][:80]} in the system on that day."
        yield Problem(Code.FIELD_VALUE, message, "Go back and choose again.")
    elif chosen.fact == INSTEAD:
        yield from _not_limited([one for one in subjects if one == SYSTEM or there[one].told.power == "within"], held)


def _not_limited(within: Sequence[str], held: Charted) -> Iterator[Problem]:
    """What was done instead says nothing of what the licensee can secure itself."""
    if not within:
        return
    first = "The system as a whole" if within[0] == SYSTEM else held.chart.elements[within[0]].called
    more = f", and {len(within) - 1:,} more" if within[1:] else ""
    message = f"What was done instead counts where your power is limited; here it is not: {first}{more}."
    yield Problem(Code.FIELD_VALUE, message, "Go back and choose only those whose power is “in part beyond it”.")


def _typed(held: Charted, chosen: Chosen, reason: str) -> dict[str, Typed]:
    """What the form has in it: the first of each in the record's own fields, the others as what it covers too."""
    subjects, aspects = chosen.subjects, chosen.aspects
    there = (held.chart.elements[one].licences if one != SYSTEM else held.chart.licences for one in subjects)
    facts: dict[str, Any] = {"fact": chosen.fact}
    facts |= {"aspect": aspects[0], "aspects": list(aspects[1:])} if aspects else {}
    facts["covers"] = {str(place): one for place, one in enumerate(subjects[1:])}
    return {
        "statement": {
            "subject": subjects[0],
            "occurred": today().isoformat(),
            "licences": sorted({licence for ones in there for licence in ones}),
        },
        "facts": facts,
        "text": {"note": reason},
    }
