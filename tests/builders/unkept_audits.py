"""Records of audits that do not keep to what their kinds ask, one for each thing that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders.unkept import Unkept

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_FILES: Mapping[str, Any] = {"files": {}}
_TWICE = ["one", "one"]
_ROW = {"clause": "Z.4", "approach": "full"}
_ITEM = {"name": "item-1", "says": "The rota"}
_OPINION = {"question": "good_practice", "answer": "yes"}
_IDS = ["00" * 32, "00" * 32]
_SAMPLE = {"size": 2, "population": 2}
_EQUIVALENT = {"scheme": "equivalent"}
AUDITS = (
    Unkept("action.assessed", {}, "files", _NO_FILES),
    Unkept("audit.answered", {"items": _TWICE}, "facts.items"),
    Unkept("audit.answered", {"entries": [1, 1]}, "facts.entries"),
    Unkept("audit.answered", {"entries": []}, "files", _NO_FILES),
    Unkept("audit.asked", {"items": []}, "facts.items"),
    Unkept("audit.asked", {"items": [_ITEM, _ITEM]}, "facts.items"),
    Unkept("audit.reported", {"opinions": [_OPINION, _OPINION]}, "facts.opinions"),
    Unkept("audit.scoped", {"fieldwork_start": "2013-08-03"}, "facts.fieldwork_end"),
    Unkept("audit.scoped", {"report_by": "2013-08-01"}, "facts.report_by"),
    Unkept("audit.scoped", {"rows": [_ROW, _ROW]}, "facts.rows"),
    Unkept("auditor.recognised", _EQUIVALENT, "text.status_reasons", {"text": {"effect_reasons": "Tells the same."}}),
    Unkept("auditor.recognised", _EQUIVALENT, "text.effect_reasons", {"text": {"status_reasons": "Asks the same."}}),
    Unkept("finding.made", {"tests": ["test/1", "test/1"]}, "facts.tests"),
    Unkept("independence.declared", {"interests": _TWICE}, "facts.interests"),
    Unkept("paper.filed", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("paper.filed", {}, "files", _NO_FILES),
    Unkept("report.commented", {"points": _TWICE}, "facts.points"),
    Unkept("sample.drawn", {**_SAMPLE, "drawn": _IDS}, "facts.drawn"),
    Unkept("sample.drawn", {**_SAMPLE, "drawn": _IDS[:1]}, "facts.drawn"),
    Unkept("test.performed", {"elements": ["element/1", "element/1"]}, "facts.elements"),
    Unkept("test.performed", {"papers": ["paper/1", "paper/1"]}, "facts.papers"),
    Unkept("test.performed", {"result": "exception"}, "text.outcome", {"text": {"procedure": "Looked at."}}),
)
