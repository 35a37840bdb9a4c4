"""Records about risks that do not keep to what their kinds ask: one for each constraint at least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders.unkept import Unkept
from tests.builders.wrong import GONE

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_FILES: Mapping[str, Any] = {"files": {}}
_TWICE = ["one", "one"]
_CRITERION = {"consequence": "money", "unit": "pounds", "least": [0, 1, 2, 3, 4], "appetite": 2}
_EVEN = {"levels": [2, 2, 2, 2, 2]}
_POINTS = {"low": 1, "likely": 2, "high": 3}
_ALWAYS = {**_POINTS, "high": 10**8}
_MONEY: Mapping[str, Any] = {"consequence": "money", "points": _POINTS}
_EFFECT = {"risk": "risk/1", "likelihood": 1}
_TRACE = {"risk": "risk/1", "measures": ["measure/1"]}
_MATCH = {
    "match": "match/a",
    "advisory": "a",
    "element": "element/1",
    "component": "b 1",
    "why": "purl",
    "confidence": "certain",
}


def _money(**points: int) -> Mapping[str, Any]:
    return {**_MONEY, "points": {**_POINTS, **points}}


RISKS = (
    Unkept("context.established", {"likelihood": [0, 1], "matrix": [_EVEN] * 2}, "facts.likelihood"),
    Unkept("context.established", {"likelihood": [0, 5, 5, 6, 7]}, "facts.likelihood"),
    Unkept("context.established", {"criteria": []}, "facts.criteria"),
    Unkept("context.established", {"criteria": [_CRITERION, _CRITERION]}, "facts.criteria[1].consequence"),
    Unkept("context.established", {"criteria": [{**_CRITERION, "appetite": 6}]}, "facts.criteria[0].appetite"),
    Unkept("context.established", {"criteria": [{**_CRITERION, "least": [0, 1, 2]}]}, "facts.criteria[0].least"),
    Unkept("context.established", {"matrix": [_EVEN] * 4}, "facts.matrix"),
    Unkept("context.established", {"matrix": [{"levels": [2, 3, 2, 3, 3]}] * 5}, "facts.matrix"),
    Unkept("context.established", {"assess_months": 0}, "facts.assess_months"),
    Unkept("risk.identified", {"consequences": []}, "facts.consequences"),
    Unkept("risk.identified", {"consequences": ["money", "money"]}, "facts.consequences"),
    Unkept("risk.identified", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("risk.identified", {}, "statement.subject", {"statement.subject": "risk/1/2"}),
    Unkept("risk.estimated", {}, "facts.likelihood", {"facts.likelihood": GONE}),
    Unkept("risk.estimated", {"often": _POINTS}, "facts.likelihood"),
    Unkept("risk.estimated", {"likelihood": 0}, "facts.likelihood"),
    Unkept("risk.estimated", {"consequences": []}, "facts.consequences"),
    Unkept("risk.estimated", {"consequences": [{"consequence": "money"}]}, "facts.consequences[0]"),
    Unkept("risk.estimated", {"consequences": [_MONEY, _MONEY]}, "facts.consequences[1].consequence"),
    Unkept("risk.estimated", {"consequences": [_money(low=3)]}, "facts.consequences[0].points"),
    Unkept("risk.estimated", {"consequences": [_money(low=0, likely=0, high=0)]}, "facts.consequences[0].points"),
    Unkept("risk.estimated", {"consequences": [_money(high=10**15 + 1)]}, "facts.consequences[0].points.high"),
    Unkept("risk.estimated", {"often": _ALWAYS}, "facts.often.high", {"facts.likelihood": GONE}),
    Unkept("scenario.dismissed", {"until": "2013-01-01"}, "facts.until"),
    Unkept("scenario.dismissed", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("measure.planned", {"effects": []}, "facts.effects"),
    Unkept("measure.planned", {"effects": [{"risk": "risk/1"}]}, "facts.effects[0]"),
    Unkept("measure.planned", {"effects": [_EFFECT, _EFFECT]}, "facts.effects[1].risk"),
    Unkept("measure.planned", {"starts": "2014-07-01"}, "facts.due"),
    Unkept("measure.planned", {"controls": _TWICE}, "facts.controls"),
    Unkept("measure.planned", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("match.settled", {"outcome": "risk", "risks": ["risk/1", "risk/1"]}, "facts.risks"),
    Unkept("measure.progressed", {"strength": "checked"}, "files", _NO_FILES),
    Unkept("measure.progressed", {"strength": "audited"}, "facts.strength"),
    Unkept("assessment.reviewed", {"events": _TWICE}, "facts.events"),
    Unkept("threats.matched", {"matches": [{**_MATCH, "match": "cve/1"}]}, "facts.matches[0].match"),
    Unkept("threats.matched", {"matches": [_MATCH, _MATCH]}, "facts.matches[1].match"),
    Unkept("threats.matched", {"data": "beef"}, "facts.data"),
    Unkept("threats.matched", {"as_at": "2099-01-01"}, "facts.as_at"),
    Unkept("threats.matched", {"part": 2}, "facts.part"),
    Unkept("match.settled", {"outcome": "risk"}, "facts.risks"),
    Unkept("match.settled", {"risks": ["risk/1"]}, "facts.risks"),
    Unkept("design.adopted", {"traces": [_TRACE, _TRACE]}, "facts.traces[1].risk"),
    Unkept("design.adopted", {"traces": [{**_TRACE, "measures": []}]}, "facts.traces[0].measures"),
)
