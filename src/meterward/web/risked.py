"""What every page of the register begins with: the moment, the risks, what is asked for, and what stands around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponse
from django.utils.http import urlencode

from meterward.catalogues.scenarios import by_name
from meterward.core.records.kinds import measure_planned, risk_estimated, risk_treated
from meterward.present import risk_table, risk_words
from meterward.present.risk_table import Wish
from meterward.usecases.draw_risks import RiskChart, Row
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.wished import drawn
from meterward.wiring.risk_charting import risks_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.risk.scales import Scales

MOST_OFFERED = 300
"""So many owners or scenarios are offered to choose from; others are looked for by words."""


class Risked(NamedTuple):
    """A register, the moment that it shows, and what somebody wants to see of it."""

    ledger: str
    moment: Moment
    wish: Wish
    chart: RiskChart

    def at(self, place: str = "", **other: str) -> str:
        """A page of the register at the same moment, with the same or another wish."""
        return f"/{self.ledger}/risks{place}{self.moment.real.also(**self.wish.params(**other))}"

    def bare(self, place: str = "", **asked: str) -> str:
        """A page of the register at the same moment, with nothing asked for but this."""
        return f"/{self.ledger}/risks{place}{self.moment.real.also(**asked)}"


class Acts(NamedTuple):
    """The forms of what can be done about a risk, with what is known of it filled in."""

    ledger: str
    row: Row

    def estimate(self, state: str = "current") -> str:
        """The form of an estimate, with a row for each consequence."""
        known = [("subject", self.row.risk.name), ("facts.state", state)]
        if self.row.scales:
            known.append(("facts.context", self.row.scales.record.subject))
        named = enumerate(self.row.facts.consequences)
        known += [(f"facts.consequences.{place}.consequence", name) for place, name in named]
        return self._form(risk_estimated.KIND.name, known)

    def measure(self) -> str:
        """The form of a measure against it."""
        return self._form(measure_planned.KIND.name, [("facts.effects.0.risk", self.row.risk.name)])

    def treat(self, option: str) -> str:
        """The form of a treatment or an acceptance."""
        known = [("subject", self.row.risk.name), ("facts.risk", self.row.risk.short), ("facts.option", option)]
        return self._form(risk_treated.KIND.name, known)

    def end(self) -> str:
        """The form that takes it out of the register."""
        return self._form("record.ended", [("links.ends", self.row.risk.record.id.hex())])

    def _form(self, kind: str, known: list[tuple[str, str]]) -> str:
        return f"/{self.ledger}/append/{kind}?{urlencode(known)}"


def risked(request: HttpRequest, ledger: str) -> Risked | HttpResponse:
    """The register that an address asks for, or the page of why there is none yet."""
    found = drawn(request, ledger, risk_table.wish_in, risks_of)
    return found if isinstance(found, HttpResponse) else Risked(ledger, *found)


def around(request: HttpRequest, held: Risked, tab: str) -> dict[str, Any]:
    """The frame of a page of the register: its tabs, the filter and what can be chosen in it."""
    return {
        **shell(request, held.ledger, held.moment, "risks"),
        "tab": tab,
        "held": held,
        "chart": held.chart,
        "wish": held.wish,
        "say": risk_words,
        "choices": _choices(held),
        "sorts": risk_table.SORTS,
        "counts": risk_table.counted(list(held.chart.rows.values())),
        "above": sum(one.is_above for one in held.chart.rows.values()),
        "scenario_called": scenario_called,
    }


def scenario_called(name: str | None) -> str:
    """A scenario as the catalogue calls it; its name, if the catalogue does not have it."""
    found = by_name().get(name or "")
    return found.title if found else name or ""


def _choices(held: Risked) -> dict[str, tuple[str, dict[str, str]]]:
    """What can be chosen in the filter: by field, what the field is called, and each choice."""
    owners = {one: one for one in risk_table.owners_of(held.chart)[:MOST_OFFERED]}
    return {
        "standing": ("Standing", dict(risk_table.STAND)),
        "level": ("Residual level" if held.wish.of == "residual" else "Level", _levels(held.chart.scales)),
        "consequence": ("Consequence", {str(name): text for name, text in risk_words.CONSEQUENCES.items()}),
        "owner": ("Owner", owners),
        "turns": ("Next date", dict(risk_table.NEXT)),
    }


def _levels(scales: Scales | None) -> dict[str, str]:
    if scales is None:
        return {}
    lowest, highest = risk_words.ends_of(scales)
    return {str(one): f"{one}: {risk_words.level_word(one, scales)}" for one in range(highest, lowest - 1, -1)}
