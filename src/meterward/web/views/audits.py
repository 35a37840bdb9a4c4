"""Audits: those of a licensee with when the next is due, and one from engagement to what became of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.assurance.engagement import audits_of
from meterward.core.assurance.progress import Side, owed
from meterward.core.records.keeper import Keeper
from meterward.present.audit_words import scope, stage_words
from meterward.web.audited import Forms, Held, Meant, around, held, meant, told
from meterward.web.views import auditing
from meterward.web.waiting import show_instead
from meterward.wiring.auditing import programmes
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, installation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.core.base.problem import Problem
    from meterward.core.obligations.position import Deadline
    from meterward.wiring.auditing import Programme


@needs(Action.READ, (Keeper.LICENSEE, Keeper.AUDITOR))
@require_safe
def programme(request: HttpRequest, ledger: str) -> HttpResponse:
    """The audits of a licensee, and when the next is due by every reading; in an auditor's ledger, its desk."""
    if _is_auditors(ledger):
        return auditing.desk(request, ledger)
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    law = _law(found)
    if isinstance(law, list | Underway):
        return show_instead(request, law)
    day = found.moment.day
    audits = audits_of(found.shelf.read, day)[::-1]
    shown = {
        "audits": [(one, stage_words(one, day), owed(one, day)) for one in audits],
        "programmes": _alike(law),
        "forms": Forms(ledger),
    }
    return render(request, "audits.html", {**around(request, found), **shown})


@needs(Action.READ, (Keeper.LICENSEE, Keeper.AUDITOR))
@require_safe
def audit(request: HttpRequest, ledger: str, audit: str) -> HttpResponse:
    """One audit, as the licensee sees it; in an auditor's ledger, as those see it whose audit it is."""
    if _is_auditors(ledger):
        return auditing.audit(request, ledger, audit)
    found = meant(request, ledger, audit)
    if not isinstance(found, Meant):
        return found
    law = _law(found.held)
    if isinstance(law, list | Underway):
        return show_instead(request, law)
    due = list(_due(law, found.audit.name))
    shown = {**told(found, Side.LICENSEE), "scope": scope(found.audit), "due": due}
    return render(request, "audit.html", {**around(request, found.held), **shown})


def _law(found: Held) -> Sequence[Programme] | list[Problem] | Underway:
    """What the position says of audits; as a tuple, for a list is of problems."""
    law = programmes(found.moment.question(found.ledger), found.moment.licence)
    if isinstance(law, Underway):
        return law
    problems = [one for one in law if not isinstance(one, tuple)]
    return problems or tuple(one for one in law if isinstance(one, tuple))


def _alike(law: Sequence[Programme]) -> list[tuple[list[str], Programme]]:
    """The programmes of licences, those that are the same once, with the licences that they are of."""
    found: list[tuple[list[str], Programme]] = []
    for one in law:
        same = next((licences for licences, there in found if there.duties == one.duties), None)
        if same is None:
            found.append(([one.licence], one))
        else:
            same.append(one.licence)
    return found


def _due(law: Sequence[Programme], name: str) -> Iterator[tuple[Deadline, tuple[str, ...]]]:
    """What the law has due about one audit, each thing once, with the licences that it is due under."""
    about = re.compile(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])")
    found: dict[tuple[str, str], tuple[Deadline, tuple[str, ...]]] = {}
    for one in law:
        for deadline in one.due:
            if about.search(deadline.what):
                key = (deadline.what, deadline.day.isoformat())
                there = found.get(key, (deadline, ()))
                found[key] = (there[0], (*there[1], one.licence))
    yield from found.values()


def _is_auditors(ledger: str) -> bool:
    head = installation().ledgers.head(ledger)
    return head is not None and head.sort is Keeper.AUDITOR
