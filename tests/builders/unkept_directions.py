"""What the kinds about directions and requests ask of their facts beyond types: one record for each that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders.unkept import Unkept

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_FILES: Mapping[str, Any] = {"files": {}}
_STEP = {"name": "step-1", "act": "do"}
_ROW = {"requirement": "step-1", "state": "done"}
_TOLD = ["authority", "authority"]
_BUNDLE = {"digest": "ab" * 32, "size": 3, "root": "cd" * 32}
_CENTURY = {"name": "step-1", "act": "do", "within_days": 36_526}

DIRECTIONS = (
    Unkept("direction.agreed", {"version": "ab" * 31}, "facts.version"),
    Unkept("direction.agreed", {"decision": "changes"}, "text.note", {"text": {}}),
    Unkept("direction.answered", {"to": _TOLD}, "facts.to"),
    Unkept("direction.drafted", {"issuers": _TOLD}, "facts.issuers"),
    Unkept("direction.drafted", {"addressees": ["one", "one"]}, "facts.addressees"),
    Unkept("direction.drafted", {"purposes": ["remedy", "remedy"]}, "facts.purposes"),
    Unkept("direction.drafted", {"requirements": [_STEP, _STEP]}, "facts.requirements"),
    Unkept("direction.drafted", {"requirements": [_CENTURY]}, "facts.requirements[0].within_days"),
    Unkept("direction.drafted", {}, "statement.subject", {"statement.subject": "draft/department-1"}),
    Unkept("direction.issued", {}, "statement.subject", {"statement.subject": "direction/department-1"}),
    Unkept("direction.progressed", {"to": _TOLD}, "facts.to"),
    Unkept("direction.progressed", {"steps": [_ROW, _ROW]}, "facts.steps"),
    Unkept("direction.progressed", {"steps": [{**_ROW, "share": 101}]}, "facts.steps[0].share"),
    Unkept("direction.progressed", {"report": "final"}, "files", _NO_FILES),
    Unkept("direction.questioned", {"doubts": ["unclear", "unclear"]}, "facts.doubts"),
    Unkept("evidence.produced", {"to": _TOLD}, "facts.to"),
    Unkept("evidence.produced", {"bundle": {**_BUNDLE, "root": "cd"}}, "facts.bundle.root"),
    Unkept("evidence.requested", {}, "statement.subject", {"statement.subject": "request/department-1"}),
)
