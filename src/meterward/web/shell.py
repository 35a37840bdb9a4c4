"""What stands around every page: where one is, who one is, and the moment that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.utils.http import urlencode

from meterward.core.access import Action, Subject, may
from meterward.core.assurance.audits import last_report
from meterward.core.base.days import DAY, add_months, in_words, london_day
from meterward.core.records.keeper import EVERY_KEEPER, REGULATOR_KEEPERS, Keeper
from meterward.core.records.kinds import audit_reported
from meterward.core.records.roles import named
from meterward.usecases.exchange_records import addressed, shared_kinds
from meterward.web.linking import Linking
from meterward.wiring import today
from meterward.wiring.gating import caller_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from meterward.core.access import Caller
    from meterward.web.moments import Moment


class PlaceTo(NamedTuple):
    """A place of a workplace: name, title, what follows the ledger in the address, who comes there."""

    name: str
    title: str
    address: str
    keeps: bool = False
    """Whether it keeps the moment."""
    needs: Action = Action.READ
    kept_by: tuple[Keeper, ...] = (Keeper.LICENSEE,)
    """In whose ledgers it is there."""


PLACES = (
    PlaceTo("position", "Position", "/", keeps=True, needs=Action.READ_POSITION),
    PlaceTo("position", "Desk", "/", needs=Action.READ_POSITION, kept_by=(Keeper.AUDITOR, *REGULATOR_KEEPERS)),
    PlaceTo("changes", "Changes", "/changes", needs=Action.READ_POSITION),
    PlaceTo("system", "System", "/system", keeps=True),
    PlaceTo("risks", "Risks", "/risks", keeps=True),
    PlaceTo("audits", "Audits", "/audits", keeps=True),
    PlaceTo("directions", "Directions", "/directions", keeps=True, kept_by=(Keeper.LICENSEE, *REGULATOR_KEEPERS)),
    PlaceTo("requests", "Requests", "/requests", keeps=True, kept_by=(Keeper.LICENSEE, *REGULATOR_KEEPERS)),
    PlaceTo("records", "Records", "/records", keeps=True, kept_by=EVERY_KEEPER),
    PlaceTo("ledger", "Ledger", "/ledger", kept_by=EVERY_KEEPER),
    PlaceTo("append", "Append", "/append", needs=Action.APPEND, kept_by=EVERY_KEEPER),
    PlaceTo("drafts", "Drafts", "/drafts", needs=Action.DRAFT, kept_by=EVERY_KEEPER),
    PlaceTo("people", "People", "/people", needs=Action.INVITE, kept_by=EVERY_KEEPER),
    PlaceTo("tokens", "Tokens", "/tokens", needs=Action.KEEP_TOKENS, kept_by=EVERY_KEEPER),
)
"""The places of a workplace."""

_YEAR = 12
_MOST_KEPT = 20
_LEFT = ("as_at", "known_at", "before", "page")
"""What somebody who travels in time leaves: the moment, and how far down a list they were."""


def shell(request: HttpRequest, ledger: str, moment: Moment, here: str) -> dict[str, Any]:
    """The frame of a page of a ledger."""
    caller = caller_in(request)
    kept = kept_of(request)
    own = Subject(ledger, None, (caller.person, caller.organisation))
    return {
        "ledger": ledger,
        "moment": moment,
        "here": here,
        "places": [one for one in PLACES if caller.keeper in one.kept_by and may(caller, one.needs, own).offered],
        "opened": settings.OPENED,
        "caller": caller,
        "roles": sorted(named([role]) for role in caller.roles),
        "own_desk": _own_desk(caller),
        "example": settings.EXAMPLE,
        "kept": kept,
        "now": f"{quote(request.path, safe='/()')}{f'?{urlencode(kept)}' if kept else ''}",
        "presets": lambda: presets(ledger, moment, kept),
        "stamp": f"As at {in_words(moment.day)}, {moment.known()}. Printed from Meterward on {in_words(moment.today)}.",
        "typed": {},
        "linked": Linking(ledger, moment, caller, _reached(ledger, caller)),
    }


def _own_desk(caller: Caller) -> str:
    """The ledger of somebody's own organisation, where they look at another; empty if it is not kept here."""
    if caller.home or caller.visitor:
        return ""
    head = installation().ledgers.head(caller.organisation)
    return caller.organisation if head and head.size else ""


def _reached(ledger: str, caller: Caller) -> frozenset[int] | None:
    """The entries that somebody may open who does not read everything; None for everybody else."""
    if may(caller, Action.READ, Subject(ledger)).allowed:
        return None
    head = installation().ledgers.head(ledger)
    records = installation().records_of(head, shared_kinds()) if head else []
    return frozenset(one.index for one in addressed(records, caller.organisation))


def kept_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What an address says beside the moment, where it says something: who travels in time stays with it."""
    said = [(name, value) for name, values in request.GET.lists() for value in values]
    named = [(name, value) for name, value in said if value.strip() and name not in _LEFT]
    return named[:_MOST_KEPT]


def presets(ledger: str, moment: Moment, kept: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Moments that people often want, each with the address that leads there."""
    audit, yesterday = last_audit(ledger, moment.today), moment.today - DAY
    wanted = [
        ("A year ago", ("as_at", add_months(moment.today, -_YEAR))),
        *([("The last audit", ("as_at", audit))] if audit else []),
        *([("As known yesterday", ("known_at", yesterday))] if yesterday >= first_day(ledger) else []),
    ]
    return [(title, f"?{urlencode([*kept, (name, day.isoformat())])}") for title, (name, day) in wanted]


def first_day(ledger: str) -> date:
    """The day on which the first entry was recorded; nothing was known before."""
    line = installation().ledgers.line(ledger, 0) or {}
    return london_day(str(line.get("recorded"))) or today()


def last_audit(ledger: str, today: date) -> date | None:
    """The day of the last final audit report that nobody took back."""
    head = installation().ledgers.head(ledger)
    found = installation().records_of(head, (audit_reported.KIND.name,)) if head else []
    return last_report(found, today)
