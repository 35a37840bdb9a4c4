"""The queue of what makes the assessment stale: why, since when, what it touches, and what answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import assessment_completed, assessment_reviewed
from meterward.core.records.unfit import short
from meterward.core.risk.queue import Due
from meterward.core.risk.register import Risk, register
from meterward.core.risk.scales import scales_on
from meterward.present import threat_words
from meterward.present.answer import number_in
from meterward.present.paged import paged
from meterward.present.risk_answers import Answer, answer_of, is_reviewed
from meterward.present.risk_words import WHY
from meterward.usecases.assess_risks import assessments, queued
from meterward.web.assessed import Held, around, begin_draft, looked
from meterward.web.refusing import show_problems
from meterward.web.surveyed import appends
from meterward.wiring.gating import needs
from meterward.wiring.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed
    from meterward.wiring.seeing import Known

PAGE = 50
MOST_TOUCHED = 6
MOST_KEPT = 4
MOST_ANSWERED = 200
"""So many events one review answers: somebody is to look at each in its form."""
ALL = "all"
"""What is sent for every event that a review can answer among those that are shown."""


class Queue(NamedTuple):
    """What asks for a look on a day, and what answers refer to."""

    dues: tuple[Due, ...]
    risks: Mapping[str, Risk]
    """Every risk by name, as it was told last."""
    licences: tuple[str, ...]
    assessment: str
    context: str
    """The scales in effect, by name; empty if there are none, as the last assessment is."""


@cache
def _queues() -> Recent[Queue]:
    return Recent(MOST_KEPT)


@needs(Action.READ)
@require_safe
def queue(request: HttpRequest, ledger: str) -> HttpResponse:
    """Everything that waits, the oldest first, or what waits for one reason."""
    why = request.GET.get("why", "").strip()
    if why and why not in WHY:
        hint = f"Choose one of: {', '.join(WHY)}."
        return show_problems(request, [Problem(Code.FIELD_VALUE, f"{short(why)} is none of the choices.", hint)], 400)
    held = looked(request, ledger, _queues(), _find)
    if not isinstance(held, Held):
        return held
    found = held.found
    counts = Counter(one.why for one in found.dues)
    there = [one for one in found.dues if why in ("", one.why)]
    listed = paged(there, number_in(request.GET.get("page", "")) or 1, PAGE)
    reviews = held.moment.is_now and appends(request, ledger, assessment_reviewed.KIND)
    shown: dict[str, Any] = {
        **around(request, held, "queue"),
        "queue": found,
        "labels": {name: one.record.facts.label for name, one in found.risks.items()},
        "counts": [(name, meaning, counts[name]) for name, meaning in WHY.items() if counts[name]],
        "why": why,
        "rows": [(one, _answer(request, held, one)) for one in listed.rows],
        "found": listed.found,
        "page": listed.page,
        "pages": listed.pages,
        "most": MOST_TOUCHED,
        "threat_words": threat_words,
        "reviewable": len({one.subject for one in _reviewable(held, why)}) if reviews else 0,
        "is_reviewed": is_reviewed,
        "most_answered": MOST_ANSWERED,
        "assesses": appends(request, ledger, assessment_completed.KIND),
    }
    return render(request, "risk_queue.html", shown)


@needs(Action.APPEND)
@require_POST
def review(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """A draft of one review that answers every event that was chosen: its form, preview and append are as for any."""
    held = looked(request, ledger, _queues(), _find)
    if not isinstance(held, Held):
        return held
    there = list(dict.fromkeys(one.subject for one in _reviewable(held, request.GET.get("why", "").strip())))
    ticked = list(dict.fromkeys(request.POST.getlist("event")))
    chosen = there[:MOST_ANSWERED] if ALL in ticked else ticked
    if wrong := _wrong(held, chosen, there):
        return show_problems(request, [wrong])
    found = held.found
    header: dict[str, Typed] = {"subject": found.assessment, "occurred": held.moment.day.isoformat()}
    header["licences"] = [*found.licences]
    events: dict[str, Typed] = {str(place): one for place, one in enumerate(chosen)}
    return begin_draft(request, ledger, kind, {"statement": header, "facts": {"events": events}})


def _reviewable(held: Held[Queue], why: str) -> list[Due]:
    """What a review can answer of all that waits, or of what waits for one reason."""
    return [one for one in held.found.dues if why in ("", one.why) and is_reviewed(one)]


def _wrong(held: Held[Queue], chosen: Sequence[str], there: Sequence[str]) -> Problem | None:
    """What keeps the choice from becoming a draft."""
    if not held.moment.is_now:
        return Problem(Code.FIELD_VALUE, "You look at another moment.", "Go back to now: a review is of today.")
    if not chosen:
        hint = "Go back and tick those that the review is to answer."
        return Problem(Code.FIELD_MISSING, "No event is chosen.", hint)
    if len(chosen) > MOST_ANSWERED:
        hint = f"Choose at most {MOST_ANSWERED} for one review."
        return Problem(Code.FIELD_VALUE, f"{len(chosen):,} events are chosen.", hint)
    if gone := [one for one in chosen if one not in there][:1]:
        hint = "It was answered meanwhile, or a review does not answer it. Go back, look again, and choose again."
        return Problem(Code.FIELD_VALUE, f"{short(gone[0])} does not wait for a review.", hint)
    return None


def _find(known: Known) -> Queue:
    dossiers, day = known.dossiers, known.day
    told = assessments(dossiers, day)
    risks = {name: ones[-1] for each in dossiers for name, ones in register(each.reader).risks.items()}
    scales = [one.record.subject for each in dossiers if (one := scales_on(each.reader, day))]
    assessment, context = told[0].record.subject if told else "", scales[0] if scales else ""
    return Queue(queued(dossiers, day), risks, tuple(one.name for one in dossiers), assessment, context)


def _answer(request: HttpRequest, held: Held[Queue], due: Due) -> tuple[Answer, str] | None:
    """The button of an entry with its address; None if whoever asks may not append that."""
    found = held.found
    answer = answer_of(due, found.assessment, found.context, found.risks.get(due.subject))
    if answer is None or not held.moment.is_now or not appends(request, held.ledger, answer.kind):
        return None
    return answer, f"/{held.ledger}/append/{answer.kind.name}?{urlencode(answer.known)}"
