"""An explanation for a script: the five questions by name, the whole tree of what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.record import LINKS
from meterward.present.position_json import deadline_json, iso, missed_json, question_json, receipt_json, regime_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.node import Node
    from meterward.core.facts.request import Request
    from meterward.core.obligations.law import Provision
    from meterward.core.records.record import Record
    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated
    from meterward.usecases.explain_clause import Clause, Explained, Explanation

FORMAT = "meterward.explanation/1"


def explain_json(answer: Answer, clauses: Sequence[Clause]) -> dict[str, Any]:
    """The explanations of an answer, one for each licence."""
    return {
        "format": FORMAT,
        **question_json(answer),
        "explanations": [_clause(one, clause) for one, clause in zip(answer.evaluated, clauses, strict=True)],
    }


def _clause(evaluated: Evaluated, clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.name,
        "duties": [_duty(one) for one in clause.duties],
        "licence": evaluated.position.evaluation.basis.licence,
        "provisions": [{**_provision(one), "shapes": list(one.shapes)} for one in clause.provisions],
        "receipt": receipt_json(evaluated.receipt),
        "regime": regime_json(evaluated.position),
    }


def _duty(explained: Explained) -> dict[str, Any]:
    duty = explained.position.duty
    return {
        "agree": explained.agree,
        "clause": duty.clause,
        "id": duty.id,
        "readings": [_reading(one) for one in explained.readings],
        "since": iso(explained.position.since),
        "status": explained.position.status.value,
        "title": duty.title,
    }


def _reading(one: Explanation) -> dict[str, Any]:
    asked = one.asked
    return {
        "default": asked.is_default,
        "id": asked.reading.id,
        "asked": {
            "bearer": asked.duty.bearer,
            "force": asked.force.value,
            "kind": asked.duty.kind.value,
            "limit": asked.limit or None,
            "parameters": [{"name": p.name, "source": p.source, "value": p.value} for p in asked.parameters],
            "proof": asked.duty.proof,
            "provisions": [_provision(provision) for provision in asked.provisions],
            "reading": asked.reading.says,
            "says": asked.duty.says,
            "trigger": asked.duty.trigger,
        },
        "found": {"nodes": [node_json(node) for node in one.found], "records": [record_json(r) for r in one.records]},
        "follows": {
            "attention": list(one.follows.attention),
            "deadlines": [deadline_json(deadline) for deadline in one.follows.deadlines],
            "missed": [missed_json(missed) for missed in one.follows.missed],
            "since": iso(one.follows.since),
            "status": one.follows.status.value,
        },
        "lacking": list(one.lacking),
        "missing": [request_json(request) for request in one.missing],
        "changes": {
            "losing": [
                {"becomes": loss.becomes, "records": [record.id.hex() for record in loss.records], "what": loss.what}
                for loss in one.changes.losing
            ],
            "turns": [
                {"becomes": turn.becomes or None, "day": turn.day.isoformat(), "what": turn.what or None}
                for turn in one.changes.turns
            ],
        },
    }


def node_json(node: Node) -> dict[str, Any]:
    """One step of what was found, with all below it."""
    return {
        "attention": list(node.attention),
        "children": [node_json(child) for child in node.children],
        "label": node.label,
        "missing": request_json(node.missing) if node.missing else None,
        "outcome": node.outcome.value,
        "records": [record.id.hex() for record in node.records],
        "reason": node.remark.reason.value if node.remark else None,
        "remark": node.remark.words if node.remark else None,
        "turns": iso(node.turns),
        "without": node.without.value if node.without else None,
    }


def request_json(request: Request) -> dict[str, Any]:
    """What is missing: the kind of record that would supply it, with what is known of it already."""
    return {
        "facts": {name: list(value) if isinstance(value, tuple) else value for name, value in request.facts},
        "kind": request.kind,
        "links": {name: target.hex() for name, target in zip(LINKS, request.links, strict=True) if target},
        "subject": request.subject or None,
        "words": request.words,
    }


def record_json(record: Record[Any]) -> dict[str, Any]:
    """A record in brief."""
    return {
        "entry": record.index,
        "id": record.id.hex(),
        "kind": record.kind.name,
        "occurred": record.occurred.isoformat(),
        "recorded": record.recorded.isoformat(),
        "subject": record.subject or None,
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {"clause": provision.clause, "kind": provision.kind.value, "says": provision.says, "title": provision.title}
