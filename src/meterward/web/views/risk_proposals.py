"""Scenarios that the system suggests and that the register lacks: taken up as risks, or dismissed for a reason."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from meterward.catalogues.scenarios import by_name
from meterward.catalogues.scenarios.file_of_scenario import THEMES
from meterward.catalogues.techniques import techniques
from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import risk_identified, scenario_dismissed
from meterward.core.records.kinds.scenario_dismissed import ScenarioDismissed
from meterward.core.records.record import Record
from meterward.core.records.terms import SYSTEM
from meterward.core.risk.proposals import Proposal
from meterward.present.scenario_words import Begins, begins
from meterward.usecases.append_record import Appended
from meterward.usecases.assess_risks import Registered, dismissed, proposed, registered
from meterward.web.acting import acting_in
from meterward.web.assessed import Held, around, assessed, begin_draft
from meterward.web.charted import Charted, charted
from meterward.web.refusing import refuse, show_problems
from meterward.web.surveyed import appends
from meterward.web.waiting import show_underway
from meterward.wiring import taking_up, today
from meterward.wiring.assessing import Suggested, suggestions
from meterward.wiring.gating import needs, person_in
from meterward.wiring.installed import Underway

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from meterward.usecases.compose_line import Typed
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier

NEAR = 4
"""So many elements of a proposal are told on the page of all; its own page has the others."""
MOST_LISTED = 400
TAKE, DISMISS = "take", "dismiss"


class Offered(NamedTuple):
    """What is proposed in front of a chart."""

    chart: Charted
    suggested: Suggested
    proposals: tuple[Proposal, ...]
    dismissed: tuple[Record[ScenarioDismissed], ...]
    register: Registered

    def of(self, proposal: Proposal, most: int | None = None) -> list[tuple[str, Begins]]:
        """The elements of a proposal with where an estimate begins, the likeliest first."""
        there = sorted(proposal.elements, key=lambda name: (-proposal.elements[name], name))[:most]
        return [(name, begins(proposal.scenario, self.suggested.around[name])) for name in there]


@needs(Action.READ)
@require_safe
def proposals(request: HttpRequest, ledger: str) -> HttpResponse:
    """What the system of the day suggests, by theme, the likeliest first."""
    held = _offered(request, ledger)
    if not isinstance(held, Held):
        return held
    order = list(THEMES)
    there = sorted(
        held.found.proposals, key=lambda one: (order.index(one.scenario.theme), -one.likely, one.scenario.title)
    )
    shown: dict[str, Any] = {
        **_around(request, held),
        "themes": [(THEMES[theme], list(ones)) for theme, ones in groupby(there, key=lambda one: one.scenario.theme)],
        "count": len(there),
        "near": NEAR,
        "catalogue": len(by_name()),
        "added": request.GET.get("added", "").isdecimal() and int(request.GET["added"][:6]),
    }
    return render(request, "risk_proposals.html", shown)


@needs(Action.READ)
@require_safe
def scenario(request: HttpRequest, ledger: str, scenario: str) -> HttpResponse:
    """A scenario of the catalogue, with every element that it can happen to, and what was made of it here."""
    found = by_name().get(scenario)
    if found is None:
        return refuse(request, HIDDEN)
    held = _offered(request, ledger)
    if not isinstance(held, Held):
        return held
    offered = held.found
    whole = next((one for one in offered.suggested.proposals if one.scenario is found), Proposal(found, {}))
    rest = next((one for one in offered.proposals if one.scenario is found), Proposal(found, {}))
    shown: dict[str, Any] = {
        **_around(request, held),
        "scenario": found,
        "theme": THEMES[found.theme],
        "technique_names": techniques().names,
        "rows": offered.of(whole, MOST_LISTED),
        "beyond": max(0, len(whole.elements) - MOST_LISTED),
        "rest": rest,
        "risks": [one for one in offered.register.rated if one.risk.record.facts.scenario == found.name],
        "aside": [one for one in offered.dismissed if one.facts.scenario == found.name],
    }
    return render(request, "risk_scenario.html", shown)


@needs(Action.APPEND)
@require_POST
def settle(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:  # noqa: ARG001 - the gate asks about it
    """Take up the scenarios that were ticked, or dismiss one: one is a draft, several are appended at once."""
    held = _offered(request, ledger)
    if not isinstance(held, Held):
        return held
    there = {one.scenario.name: one for one in held.found.proposals}
    named = list(dict.fromkeys(request.POST.getlist("scenario")))
    chosen = [_chosen(request, there[one]) for one in named if one in there]
    do = request.POST.get("do", TAKE)
    if wrong := _wrong(named, chosen, do):
        return show_problems(request, [wrong])
    licences = held.found.chart.chart.licences
    if do == DISMISS:
        return begin_draft(request, ledger, scenario_dismissed.KIND.name, _dismissing(chosen[0], there, licences))
    return _take(request, ledger, chosen, licences)


def _wrong(named: Sequence[str], chosen: Sequence[Proposal], do: str) -> Problem | None:
    if len(chosen) < len(named):
        return Problem(
            Code.FIELD_VALUE,
            "Something that you chose is not proposed any more: the register has it, or it was dismissed.",
            "Nothing was appended. Go back, look again, and choose again.",
        )
    if not chosen or not all(one.elements for one in chosen):
        return Problem(Code.FIELD_MISSING, "No scenario is chosen.", "Go back and tick those that you mean.")
    if do == DISMISS and len(chosen) > 1:
        hint = "Go back and say of one at a time why it makes no risk here."
        return Problem(Code.FIELD_VALUE, f"{len(chosen)} scenarios are chosen.", hint)
    return None


def _chosen(request: HttpRequest, proposal: Proposal) -> Proposal:
    """A proposal with the elements that were ticked; with all of them, where none could be."""
    if "some" not in request.POST:
        return proposal
    ticked = set(request.POST.getlist("element"))
    return Proposal(proposal.scenario, {one: at for one, at in proposal.elements.items() if one in ticked})


def _dismissing(chosen: Proposal, there: dict[str, Proposal], licences: Sequence[str]) -> dict[str, Typed]:
    """What the form has in it: the elements, where they are not all; of all, it is said of those to come too."""
    some = len(chosen.elements) < len(there[chosen.scenario.name].elements)
    rows: dict[str, Typed] = {str(place): one for place, one in enumerate(sorted(chosen.elements))} if some else {}
    header: dict[str, Typed] = {"subject": SYSTEM, "occurred": today().isoformat(), "licences": [*licences]}
    return {"statement": header, "facts": {"scenario": chosen.scenario.name, "elements": rows}}


def _take(request: HttpRequest, ledger: str, chosen: Sequence[Proposal], licences: Sequence[str]) -> HttpResponse:
    names = taking_up.new_names(ledger, len(chosen))
    if isinstance(names, Underway):
        return show_underway(request, names)
    if isinstance(names, Problem):
        return show_problems(request, [names])
    typed = [taking_up.typed_of(one, name, licences) for one, name in zip(chosen, names, strict=True)]
    if len(typed) == 1:
        return begin_draft(request, ledger, risk_identified.KIND.name, typed[0])
    role = acting_in(request, risk_identified.KIND)
    done = taking_up.take_up(ledger, typed, (person_in(request), role), request.POST.get("key", "")[:64])
    if not isinstance(done, Appended):
        return show_problems(request, done)
    return HttpResponseRedirect(f"/{ledger}/risks/proposals?{urlencode({'added': done.count})}")


def _offered(request: HttpRequest, ledger: str) -> Held[Offered] | HttpResponse:
    chart = charted(request, ledger)
    if not isinstance(chart, Charted):
        return chart
    there = suggestions(chart.chart)

    def find(dossiers: Sequence[Dossier], register: RiskChart) -> Offered:
        rest = proposed(dossiers, there.proposals, register.day)
        return Offered(chart, there, rest, dismissed(dossiers, register.day), registered(register))

    return assessed(request, ledger, find, chart.moment)


def _around(request: HttpRequest, held: Held[Offered]) -> dict[str, Any]:
    return {
        **around(request, held, "proposals"),
        "chart": held.found.chart.chart,
        "offered": held.found,
        "takes": held.moment.is_now and appends(request, held.ledger, risk_identified.KIND),
        "sets_aside": held.moment.is_now and appends(request, held.ledger, scenario_dismissed.KIND),
        "key": str(uuid4()),
    }
