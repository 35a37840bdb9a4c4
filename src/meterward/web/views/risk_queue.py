"""The queue of what makes the assessment stale: why, since when, what it touches, and what answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import assessment_completed
from meterward.core.records.unfit import short
from meterward.core.risk.queue import Due
from meterward.core.risk.register import Risk, register
from meterward.core.risk.scales import scales_on
from meterward.present import threat_words
from meterward.present.answer import number_in
from meterward.present.paged import paged
from meterward.present.risk_answers import Answer, answer_of
from meterward.present.risk_words import WHY
from meterward.usecases.assess_risks import assessments, queued
from meterward.web.assessed import Held, around, looked
from meterward.web.refusing import show_problems
from meterward.web.surveyed import appends
from meterward.wiring.gating import needs
from meterward.wiring.recent import Recent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.wiring.seeing import Known

PAGE = 50
MOST_TOUCHED = 6
MOST_KEPT = 4


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
        "assesses": appends(request, ledger, assessment_completed.KIND),
    }
    return render(request, "risk_queue.html", shown)


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
