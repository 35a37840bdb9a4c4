"""Records: everything that was entered in a ledger, newest first, searched and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward import wiring
from meterward.core.access import Action
from meterward.core.base.days import london_day, parse_day
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.roles import named
from meterward.present.answer import no_day, number_in
from meterward.present.kind_words import domains, title_of
from meterward.usecases.ports import Hits, Wanted
from meterward.usecases.search_records import kinds_read_by, narrow
from meterward.usecases.show_record import Ties
from meterward.web.forms.telling import in_brief
from meterward.web.moments import moment_of
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.wiring.gating import needs
from meterward.wiring.installed import installation
from meterward.wiring.looking import ties_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from meterward.core.obligations.law import Pack
    from meterward.usecases.ports import Hit

PAGE = 50
_FILTERS = ("words", "kind", "clause", "first", "last", "person", "subject")
_LONGEST = 200


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def records(request: HttpRequest, ledger: str) -> HttpResponse:
    """The entries that fit what is looked for, fifty at a time."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    place = installation().follow(ledger).place(moment.known_at)
    if isinstance(pack, Problem) or isinstance(place, Problem):
        return show_problems(request, [one for one in (pack, place) if isinstance(one, Problem)])
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in _FILTERS}
    wanted = _wanted(asked, pack)
    start = number_in(request.GET.get("before", ""))
    found = Hits([], None)
    if isinstance(wanted, Wanted):
        found = installation().ledgers.search(ledger, wanted, place.size, start, PAGE)
    ties = ties_of(ledger, patience=0)
    shown = {
        **shell(request, ledger, moment, "records"),
        "asked": asked,
        "size": place.size,
        "problems": wanted if isinstance(wanted, list) else [],
        "rows": [_row(hit, ties if isinstance(ties, Ties) else None) for hit in found.hits],
        "older": moment.also(**asked, before=str(found.next)) if found.next is not None else "",
        "newest": moment.also(**asked) or "?" if start is not None else "",
        "everything": moment.query or "?",
        "kinds": [(one.title, [(name, title_of(name)) for name in one.kinds]) for one in domains()],
        "clauses": clauses_in(pack),
        "reads": _reads(pack, asked["clause"]),
    }
    return render(request, "records.html", shown, status=400 if shown["problems"] else 200)


def _wanted(asked: Mapping[str, str], pack: Pack) -> Wanted | list[Problem] | None:
    """What is looked for; None if nothing can be: no record is of a kind that fits."""
    days = {name: parse_day(asked[name]) for name in ("first", "last")}
    if problems := [no_day(asked[name], name) for name, day in days.items() if asked[name] and day is None]:
        return problems
    kinds = (asked["kind"],) if asked["kind"] else ()
    wanted = Wanted(asked["words"], kinds, days["first"], days["last"], asked["person"], asked["subject"])
    narrowed = narrow(pack, wanted, asked["clause"])
    return [narrowed] if isinstance(narrowed, Problem) else narrowed


def _reads(pack: Pack, clause: str) -> list[str]:
    found = kinds_read_by(pack, clause) if clause else ()
    return [] if isinstance(found, Problem) else sorted(map(title_of, found))


def clauses_in(pack: Pack) -> list[tuple[str, str]]:
    """Every clause with the title of its first duty."""
    found: dict[str, str] = {}
    for duty in pack.duties:
        found.setdefault(duty.clause, duty.title)
    return list(found.items())


def _row(hit: Hit, ties: Ties | None) -> dict[str, Any]:
    """An entry in words; its facts are told as soon as this process has read them."""
    recorded = london_day(hit.recorded)
    return {
        "number": hit.index + 1,
        "day": hit.occurred,
        "kind": hit.kind,
        "title": title_of(hit.kind),
        "brief": in_brief(ties.records[hit.index]) if ties and hit.index < len(ties.records) else "",
        "subject": hit.subject,
        "person": hit.person,
        "role": named([hit.role]),
        "late": (recorded - hit.occurred).days if recorded else 0,
    }
