"""What a new form begins with beyond what is usual: values of the catalogue, and what a scenario says of a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.catalogues.scenarios import by_name
from meterward.catalogues.starting import starting
from meterward.core.records.kinds import risk_estimated, risk_identified
from meterward.core.risk.scenario import MOST_LIKELY
from meterward.usecases.compose_line import Typed
from meterward.usecases.draw_system import Chart
from meterward.web.forms import typed as reading
from meterward.web.moments import Moment
from meterward.wiring.assessing import suggestions
from meterward.wiring.charting import chart_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.records.kind import Kind
    from meterward.core.records.kinds.risk_identified import RiskIdentified
    from meterward.core.risk.scenario import Scenario
    from meterward.usecases.show_record import Ties
    from meterward.web.forms.known import Known

START = "start"
"""What an address says to have a form filled in with the values of the catalogue."""


class Begun(NamedTuple):
    """What a form begins with, and what is said of where that comes from."""

    typed: dict[str, Typed]
    says: str = ""


def started(request: HttpRequest, kind: Kind[Any], usual: dict[str, Typed]) -> Begun:
    """What is usual, with the values of the catalogue where the address asks for them."""
    found = starting(kind.name) if START in request.GET else None
    if found is None:
        return Begun(usual)
    values = reading.from_line(kind, {"statement": {}, "facts": dict(found.facts)})["facts"]
    return Begun(reading.merged(usual, {"facts": values}), found.says)


def likely(ledger: str, kind: Kind[Any], found: dict[str, Typed], known: Known) -> Begun:
    """An estimate of a risk that follows a scenario: as likely as that says, where nobody said otherwise."""
    facts = reading.group(found.get("facts"))
    state = reading.text(facts.get("state")) or "current"
    if kind is not risk_estimated.KIND or facts.get("likelihood") or facts.get("often") or state == "target":
        return Begun(found)
    risk = risk_told(known.ties, reading.text(reading.group(found.get("statement")).get("subject")))
    scenario = by_name().get(risk.scenario or "") if risk else None
    if risk is None or scenario is None:
        return Begun(found)
    level = scenario.likely.starts if state == "inherent" else _at(ledger, scenario, risk.elements)
    where = "where no measure is at work" if state == "inherent" else "with the functions that its elements use"
    says = f"The scenario “{scenario.title}” begins at likelihood {level} of {MOST_LIKELY} {where}"
    if len(known.offered("likelihoods", kind)) != MOST_LIKELY:
        return Begun(found, f"{says}; the scale of the context has other levels, so that none is filled in.")
    filled = reading.merged(found, {"facts": {"likelihood": str(level)}})
    return Begun(filled, f"{says}, which is filled in. It counts for nothing by itself: say what you think, and why.")


def risk_told(ties: Ties, subject: str) -> RiskIdentified | None:
    """What was told last of a risk."""
    there = (one for one in reversed(ties.records) if one.kind is risk_identified.KIND and one.subject == subject)
    found = next(there, None)
    return found.facts if found else None


def _at(ledger: str, scenario: Scenario, elements: tuple[str, ...]) -> int:
    """How likely it is where it is likeliest."""
    chart = chart_of(Moment(wiring.today()).question(ledger), "")
    around = suggestions(chart).around if isinstance(chart, Chart) and elements else {}
    return max((scenario.likely.at(around[one]) for one in elements if one in around), default=scenario.likely.starts)
