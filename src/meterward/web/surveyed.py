"""What the pages of coverage, contracts and roll-out begin with: the chart of the system, and what its folds know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.access import Action, Subject, may
from meterward.usecases.survey_system import Surveyed
from meterward.web.charted import Charted, charted
from meterward.web.waiting import show_instead
from meterward.wiring.gating import caller_in
from meterward.wiring.installed import Underway
from meterward.wiring.surveying import survey_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from meterward.core.records.kind import Kind


class Held(NamedTuple):
    """The chart of a moment, and what is known at it."""

    charted: Charted
    surveyed: Surveyed


def surveyed(request: HttpRequest, ledger: str) -> Held | HttpResponse:
    """What an address asks for, or the page of why there is none yet."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    found = survey_of(held.moment.question(ledger), held.moment.licence)
    return show_instead(request, found) if isinstance(found, list | Underway) else Held(held, found)


def appends(request: HttpRequest, ledger: str, kind: Kind[Any]) -> bool:
    """Whether whoever asks may append a kind of record."""
    return may(caller_in(request), Action.APPEND, Subject(ledger, kind)).offered
