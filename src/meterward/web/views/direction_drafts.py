"""Drafts of directions: to whom one is addressed, what speaks against issuing it, who agrees, and issuing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.assurance.issuing import check_issuing
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kinds import all_kinds, direction_drafted
from meterward.usecases.tell_directions import Draft, drafts
from meterward.web.assessed import begin_draft
from meterward.web.directed import Directed, around, directed, files_in
from meterward.web.forms import typed as reading
from meterward.web.forms.known import Known
from meterward.web.refusing import refuse
from meterward.wiring import today
from meterward.wiring.directing import delivered, known_for, names_about, reachable
from meterward.wiring.gating import needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.core.base.canonical import Json
    from meterward.usecases.compose_line import Typed

MOST_LISTED = 1_000
_KEPT = ("issuers", "addressees", "purposes", "grounds", "requirements", "evidence")


class Meant(NamedTuple):
    """The draft that an address means."""

    held: Directed
    draft: Draft


@needs(Action.APPEND, REGULATOR_KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """To whom a direction is to be addressed; what is chosen becomes a draft."""
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    words = (request.POST or request.GET).get("words", "").strip()[:100]
    everyone = reachable(held.head, held.moment.day, names_about(held.ledger))
    fitting = [name for name in sorted(everyone) if words.casefold() in name.casefold()]
    ticked = [name for name in request.POST.getlist("to") if name in everyone]
    chosen = fitting if request.POST.get("do") == "all" else ticked
    if request.method == "POST" and chosen:
        facts: dict[str, Typed] = {"addressees": chosen, "issuers": [held.issuer]}
        return begin_draft(request, ledger, kind, _new(held, "draft", facts))
    missing = Problem(Code.FIELD_MISSING, "Nobody is ticked.", "Tick the licensees that it is for, or take all.", "to")
    shown = {
        **around(request, held, "directions"),
        "words": words,
        "fitting": fitting[:MOST_LISTED],
        "found": len(fitting),
        "everyone": len(everyone),
        "problem": missing if request.method == "POST" else None,
    }
    return render(request, "direction_choose.html", shown, status=422 if request.method == "POST" else 200)


@needs(Action.READ, REGULATOR_KEEPERS)
@require_safe
def draft(request: HttpRequest, ledger: str, name: str) -> HttpResponse:
    """A draft: what it says, who agrees, and everything that speaks against issuing it today."""
    meant = _meant(request, ledger, name)
    if not isinstance(meant, Meant):
        return meant
    held, found = meant
    line = _line(held, found)
    texts = cast("dict[str, str]", line.get("text") or {})
    known = known_for(held.head, today(), found.agreed | {held.issuer}, names_about(ledger))
    shown = {
        **around(request, held, "directions"),
        "draft": found,
        "version": found.version,
        "texts": texts,
        **files_in(line),
        "checked": check_issuing(found.version.facts, known._replace(reasons="reasons" in texts)),
        "entered": delivered(found.version)[found.version.id.hex()],
    }
    return render(request, "direction_draft.html", shown)


@needs(Action.APPEND, REGULATOR_KEEPERS)
@require_POST
def issue(request: HttpRequest, ledger: str, kind: str, name: str) -> HttpResponse:
    """The form of the direction that a draft becomes, as the draft has it."""
    meant = _meant(request, ledger, name)
    if not isinstance(meant, Meant):
        return meant
    held, found = meant
    before = reading.from_line(all_kinds()[direction_drafted.KIND.name], _line(held, found))
    facts = {name: value for name, value in reading.group(before["facts"]).items() if name in _KEPT}
    typed = _new(held, "direction", {**facts, "draft": found.version.subject})
    return begin_draft(request, ledger, kind, {**typed, "text": before["text"], "files": before["files"]})


def _new(held: Directed, space: str, facts: dict[str, Typed]) -> dict[str, Typed]:
    """What a form has in it: a name of the regulator's own, today, and some facts."""
    known = Known(held.view.ties, cast("Any", None), (), today(), (held.head.keeper,))
    header: dict[str, Typed] = {
        "subject": known.next_name(space),
        "occurred": today().isoformat(),
        "licensee": held.head.keeper,
    }
    return {"statement": header, "facts": facts}


def _meant(request: HttpRequest, ledger: str, name: str) -> Meant | HttpResponse:
    held = directed(request, ledger)
    if not isinstance(held, Directed):
        return held
    found = next((one for one in drafts(held.view) if one.version.subject == f"draft/{name}"), None)
    return Meant(held, found) if found else refuse(request, HIDDEN)


def _line(held: Directed, found: Draft) -> dict[str, Json]:
    return installation().ledgers.line(held.ledger, found.version.index) or {}
