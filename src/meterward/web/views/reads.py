"""Who read what: the reads of sensitive evidence, newest first, each with its proof, from the ledger of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.keeper import EVERY_KEEPER, reads_of
from meterward.core.records.kinds import evidence_read
from meterward.core.records.roles import named
from meterward.present.answer import number_in
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.views.proving import give_proof
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.core.records.record import Record

PAGE = 50


class Shown(NamedTuple):
    """One read, as the page has it."""

    number: int
    day: date
    person: str
    role: str
    organisation: str
    what: str
    named: str
    entry: int | None


@needs(Action.SEE_READS, EVERY_KEEPER)
@require_safe
def reads(request: HttpRequest, ledger: str) -> HttpResponse:
    """Fifty reads at a time."""
    there = _there(ledger)
    head = installation().ledgers.head(there)
    size = head.size if head else 0
    before = min(number_in(request.GET.get("before", "")) or size, size)
    start = max(0, before - PAGE)
    found = [one for one in installation().ledgers.records(there, start, before) if one.kind is evidence_read.KIND]
    shown = {
        **shell(request, ledger, Moment(today()), "ledger"),
        "there": there,
        "reads": [_shown(one) for one in reversed(found)],
        "older": start,
        "size": size,
    }
    return render(request, "reads.html", shown)


@needs(Action.SEE_READS, EVERY_KEEPER)
@require_safe
def proof(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """The proof of one read (C2SP tlog-proof)."""
    return give_proof(request, _there(ledger), number, f"/{ledger}/reads")


def _there(ledger: str) -> str:
    head = installation().ledgers.head(ledger)
    return reads_of(head.keeper if head else ledger)


def _shown(record: Record[evidence_read.EvidenceRead]) -> Shown:
    actor, facts = record.actor, record.facts
    return Shown(
        record.index + 1,
        record.occurred,
        actor.person,
        named([actor.role]),
        actor.organisation,
        facts.what,
        facts.named,
        facts.entry,
    )
