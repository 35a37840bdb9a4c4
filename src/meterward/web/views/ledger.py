"""The ledger itself: its size and root, what vouches for it, who signs, and whatever somebody should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action, Subject, may
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.present.ledger_words import (
    SHORT,
    clock_ahead,
    key_in_words,
    losses,
    policy_text,
    unsigned,
    unusual,
    who_signs,
    witnesses,
)
from meterward.usecases.show_record import Ties
from meterward.web.moments import Moment
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.stamp import stamp_shown
from meterward.web.views.proving import to_keep
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway, installation
from meterward.wiring.looking import ties_of
from meterward.wiring.proving import shares_of, standing_here

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def ledger_itself(request: HttpRequest, ledger: str) -> HttpResponse:
    """How the ledger stands, beside its records."""
    head, ties = installation().ledgers.head(ledger), ties_of(ledger)
    if isinstance(ties, Underway):
        return show_underway(request, ties)
    if head is None or not isinstance(ties, Ties):
        return show_problems(request, [ties] if isinstance(ties, Problem) else [], 404)
    shares, found = shares_of(head, ties), standing_here(head)
    if isinstance(shares, Underway):
        return show_underway(request, shares)
    if isinstance(found, Problem):
        return show_problems(request, [found])
    newest, last = found.published, found.stamped
    strange = clock_ahead(found) if settings.OPENED else unusual(found)
    shown = {
        "found": found,
        "newest": newest,
        "witnesses": witnesses(newest.note, newest.checkpoint.origin) if newest else [],
        "stamped": stamp_shown(ledger, last) if last else None,
        "keys": [(held, f"{held.span.key.id[:SHORT]}…", key_in_words(held.span)) for held in found.keys],
        "introduced": {held.span.record: ties.by_id[held.span.record] + 1 for held in found.keys},
        "shares": [(share, who_signs(share, head.keeper)) for share in shares],
        "log_key": "+".join(found.log.keys[-1].split("+")[:2]) if found.log else "",
        "losses": losses(found),
        "sees_reads": may(caller_in(request), Action.SEE_READS, Subject(ledger)).allowed,
        "unusual": [*strange, *unsigned(shares)],
    }
    return render(request, "ledger.html", {**shell(request, ledger, Moment(today()), "ledger"), **shown})


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def policy(request: HttpRequest, ledger: str) -> HttpResponse:
    """The policy with the keys of the log, to be handed on."""
    head = installation().ledgers.head(ledger)
    found = standing_here(head) if head else None
    if isinstance(found, Problem):
        return show_problems(request, [found])
    if found is None or found.log is None:
        return refuse(request, HIDDEN)
    text = policy_text(found.head.keeper, found.log.keys)
    return to_keep(text.encode(), f"{ledger}.policy", "text/plain; charset=utf-8")
