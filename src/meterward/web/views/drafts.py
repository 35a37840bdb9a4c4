"""Drafts: what somebody began to write and did not append yet. Nobody else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.present.kind_words import title_of
from meterward.web.forms import typed as reading
from meterward.web.moments import Moment
from meterward.web.refusing import refuse
from meterward.web.shell import shell
from meterward.web.views.importing import import_at
from meterward.wiring import drafting
from meterward.wiring.gating import needs, person_in
from meterward.wiring.imports_kept import importing_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from meterward.usecases.ports import DraftKept


@needs(Action.DRAFT, EVERY_KEEPER)
@require_safe
def drafts(request: HttpRequest, ledger: str) -> HttpResponse:
    """Whoever asks sees their own, the last changed first."""
    shown = [
        {
            "draft": one,
            "title": "Import of a file" if importing_in(one) else title_of(one.kind),
            "about": _about(one),
            "address": _address(one),
            "supplies": drafting.supplied_by(one),
            "changed": timezone.localtime(one.changed) if one.changed else None,
        }
        for one in installation().drafts.of(person_in(request), ledger)
    ]
    return render(request, "drafts.html", {**shell(request, ledger, Moment(wiring.today()), "drafts"), "drafts": shown})


@needs(Action.DRAFT, EVERY_KEEPER)
@require_safe
def draft(request: HttpRequest, ledger: str, draft: UUID) -> HttpResponse:
    """To the form of a draft."""
    kept = _kept(ledger, draft)
    if kept is None:
        return refuse(request, HIDDEN)
    return HttpResponseRedirect(_address(kept))


@needs(Action.DRAFT, EVERY_KEEPER)
@require_POST
def discard(request: HttpRequest, ledger: str, draft: UUID) -> HttpResponse:
    """Forget a draft."""
    kept = _kept(ledger, draft)
    if kept is None:
        return refuse(request, HIDDEN)
    installation().drafts.discard(kept.id)
    return HttpResponseRedirect(f"/{ledger}/drafts")


def _kept(ledger: str, draft: UUID) -> DraftKept | None:
    found = installation().drafts.get(str(draft))
    return found if found and found.ledger == ledger else None


def _address(kept: DraftKept) -> str:
    """Where somebody goes on with a draft."""
    return import_at(kept) if importing_in(kept) else f"/{kept.ledger}/append/{kept.kind}/{kept.id}"


def _about(kept: DraftKept) -> str:
    if wanted := importing_in(kept):
        return wanted.name
    return reading.text(reading.group(drafting.typed_in(kept).get("statement")).get("subject"))
