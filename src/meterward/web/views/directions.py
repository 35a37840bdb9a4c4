"""Directions: those that a licensee was given, or that a regulator drafted and issued, and the story of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.assurance.directions import PROHIBITED, doubts
from meterward.core.base.problem import Problem
from meterward.present.answer import number_in
from meterward.present.direction_words import STANDINGS, counted
from meterward.present.paged import paged, said_in
from meterward.usecases.tell_directions import direction as direction_named
from meterward.usecases.tell_directions import directions as all_directions
from meterward.usecases.tell_directions import drafts
from meterward.web.directed import DIRECTED_KEEPERS, Directed, around, directed, files_in
from meterward.web.refusing import refuse, show_problems
from meterward.wiring.directing import delivered, setting
from meterward.wiring.gating import needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from meterward.core.assurance.direction_story import Story
    from meterward.core.facts.ask import Ask
    from meterward.core.records.record import Record
    from meterward.usecases.tell_directions import Told

PAGE = 50
MOST_LISTED = 200


@needs(Action.READ, DIRECTED_KEEPERS)
@require_safe
def table(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every direction that the ledger knows of, the newest first; of a regulator's, the drafts before them."""
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    found = all_directions(held.view)
    shown = {
        **around(request, held, "directions"),
        "found": found[:MOST_LISTED],
        "more": max(0, len(found) - MOST_LISTED),
        "counted": {one.direction.id: _standings(one) for one in found[:MOST_LISTED]},
        "drafts": [] if held.is_licensee else [one for one in drafts(held.view) if not one.issued],
    }
    return render(request, "directions.html" if held.is_licensee else "directions_issued.html", shown)


@needs(Action.READ, DIRECTED_KEEPERS)
@require_safe
def one(request: HttpRequest, ledger: str, name: str) -> HttpResponse:
    """A direction: what it requires and what was done, by the licensee, or by each addressee."""
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    told = direction_named(held.view, f"direction/{name}", request.GET.get("about", ""))
    if told is None:
        return refuse(request, HIDDEN)
    return _own(request, held, told) if held.is_licensee else _of_all(request, held, told)


def _own(request: HttpRequest, held: Directed, told: Told) -> HttpResponse:
    """What a licensee sees of a direction to it."""
    story, direction = told.stories[0], told.direction
    asked = setting(held.ledger, held.moment.day)
    shown = {
        **around(request, held, "directions"),
        **_common(held, told, (*story.reports, *story.answers)),
        "story": story,
        "steps_typed": _typed_steps(story),
        "doubts": _doubts(asked, told),
        "entered": delivered(direction, *filter(None, (story.received, *story.reports, *story.answers))),
    }
    return render(request, "direction.html", shown)


def _typed_steps(story: Story) -> dict[str, str]:
    """A row for each requirement, as it was told last, for the form of a report."""
    found: dict[str, str] = {}
    for place, one in enumerate(story.steps):
        row = f"facts__steps__{place}"
        usual = "kept" if one.requirement.act == PROHIBITED else "done" if one.proofs else "under_way"
        found[f"{row}__requirement"] = one.requirement.name
        found[f"{row}__state"] = one.told.state if one.told and not one.proofs else usual
    return found


def _of_all(request: HttpRequest, held: Directed, told: Told) -> HttpResponse:
    """What a regulator sees of a direction: every addressee, where it is entered, and how far it is."""
    wish = said_in(request.GET, ("words", "standing"), {"standing": STANDINGS})
    if isinstance(wish, Problem):
        return show_problems(request, [wish], 400)
    found = [
        one
        for one in told.stories
        if wish["words"].casefold() in one.addressee.casefold() and wish["standing"] in ("", one.standing)
    ]
    listed = paged(found, number_in(request.GET.get("page", "")) or 1, PAGE)
    rows = [one for story in listed.rows for one in (*story.reports, *story.answers)]
    shown = {
        **around(request, held, "directions"),
        **_common(held, told, rows),
        "wish": wish,
        "listed": listed,
        "counts": _standings(told),
        "whole": len(told.stories),
        "entered": delivered(told.direction)[told.direction.id.hex()],
    }
    return render(request, "direction_issued.html", shown)


def _common(held: Directed, told: Told, records: Iterable[Record[Any]]) -> dict[str, Any]:
    """A direction with its texts, and its files beside those of some records about it."""
    ledgers = installation().ledgers
    line = ledgers.line(held.ledger, told.direction.index) or {}
    lines = ledgers.lines_of(held.ledger, [one.id.hex() for one in records])
    return {"told": told, "direction": told.direction, "texts": line.get("text") or {}, **files_in(line, *lines)}


def _standings(told: Told) -> dict[str, int]:
    """How many addressees stand where, the worst first."""
    return counted((one.standing for one in told.stories), STANDINGS)


def _doubts(asked: Ask, told: Told) -> list[str]:
    """What the product itself sees that makes a direction doubtful, whole or in one requirement."""
    found = [*doubts(asked, told.direction)]
    for one in told.direction.facts.requirements:
        found += doubts(asked, told.direction, one)
    return [one.removeprefix(f"{told.direction.subject}: validity in doubt, ") for one in dict.fromkeys(found)]
