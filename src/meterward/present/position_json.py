"""The position for a script: field names that stay, days in ISO 8601, nothing that only prose would tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import EVER, NEVER
from meterward.core.obligations.status import group_of
from meterward.usecases.summarise_position import summarise
from meterward.usecases.tell_fact import flags, tell_fact
from meterward.usecases.trace_history import first_day, trace_history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.obligations.position import Deadline, DutyPosition, Missed, Position
    from meterward.core.obligations.receipt import Receipt
    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated

FORMAT = "meterward.position/1"
_OF_POSITIONS = ("exit_code", "positions", "parts")
"""What the JSON of positions has beside the question."""


def position_json(answer: Answer) -> dict[str, Any]:
    """The positions of an answer."""
    return {
        "format": FORMAT,
        "exit_code": answer.exit,
        **question_json(answer),
        "parts": dict(answer.pack.parts),
        "positions": [_position(one) for one in answer.evaluated],
    }


def deadlines_json(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is due and overdue under each licence, out of the JSON of the positions."""
    return _of_each(found, "meterward.deadlines/1", "licences", "deadlines")


def receipts_json(found: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt of each licence's position, out of the JSON of the positions."""
    return _of_each(found, "meterward.receipts/1", "receipts")


def question_json(answer: Answer) -> dict[str, Any]:
    """What was asked of what: every answer has it."""
    question, loaded, pack = answer.question, answer.loaded, answer.pack
    asked = question.known_at
    return {
        "as_at": question.as_at.isoformat(),
        "as_at_is_today": question.as_at == question.today,
        "hypothesis": dict(question.hypothesis),
        "known_at": asked.isoformat() if isinstance(asked, date) else asked,
        "law": {"digest": pack.digest, "name": pack.name, "title": pack.title, "version": pack.version},
        "ledger": {"purpose": loaded.records[0].facts.purpose, "root": loaded.root, "size": loaded.size},
        "licensee": loaded.licensee,
    }


def regime_json(position: Position) -> dict[str, Any]:
    """When the condition binds, as known on the day, and under which parameters."""
    regime = position.evaluation.regime(position.as_at)
    return {
        "commencement": iso(regime.commencement),
        "go_live": iso(regime.go_live),
        "licence_ended": iso(None if regime.ended == NEVER else regime.ended),
        "licence_held_from": iso(regime.held_from),
        "parameters": dict(sorted(regime.parameters.items())),
    }


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """A receipt with its digest."""
    return {**receipt.body(), "digest": receipt.digest}


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline."""
    return {
        "day": deadline.day.isoformat(),
        "duty": deadline.duty,
        "lapses": deadline.lapses,
        "overdue": deadline.overdue,
        "reading": deadline.reading or None,
        "source": str(deadline.source),
        "what": deadline.what,
    }


def missed_json(missed: Missed) -> dict[str, Any]:
    """A deadline that passed unanswered; `day` is the first day after it."""
    return {
        "day": missed.day.isoformat(),
        "made_good": iso(missed.made_good),
        "source": str(missed.source),
        "what": missed.what,
    }


def iso(day: date | None) -> str | None:
    """A day in ISO 8601, or nothing; EVER stands for no day."""
    return day.isoformat() if day and day > EVER else None


def _of_each(found: Mapping[str, Any], named: str, under: str, *parts: str) -> dict[str, Any]:
    """What was asked, and of each licence the receipt and some other parts of its position."""
    shared = {name: value for name, value in found.items() if name not in _OF_POSITIONS}
    kept = ("licence", "receipt", *parts)
    return {**shared, "format": named, under: [{name: one[name] for name in kept} for one in found["positions"]]}


def _position(evaluated: Evaluated) -> dict[str, Any]:
    position = evaluated.position
    summary = summarise(position)
    return {
        "attention": list(summary.attention),
        "counts": {status.value: count for status, count in summary.counts},
        "deadlines": [deadline_json(one) for one in position.deadlines],
        "duties": [_duty(position, duty) for duty in position.duties],
        "exit_code": position.exit_code,
        "first_day": iso(first_day(position)),
        "flagged": summary.flagged,
        "fuel": position.evaluation.basis.fuel,
        "group": position.worst.value,
        "licence": position.evaluation.basis.licence,
        "receipt": receipt_json(evaluated.receipt),
        "regime": regime_json(position),
        "sentence": summary.sentence,
    }


def _duty(position: Position, duty: DutyPosition) -> dict[str, Any]:
    turns = duty.turns
    return {
        "attention": list(duty.attention),
        "clause": duty.duty.clause,
        "deadlines": [deadline_json(one) for one in duty.deadlines],
        "fact": tell_fact(position, duty),
        "group": group_of(duty.status).value,
        "history": [
            {"first": span.first.isoformat(), "last": span.last.isoformat(), "status": span.value.value}
            for span in trace_history(position, duty)
        ],
        "id": duty.duty.id,
        "kind": duty.duty.kind.value,
        "missed": [missed_json(one) for one in duty.history],
        "part": duty.duty.part,
        "readings": [
            {
                "default": place == 0,
                "id": one.reading,
                "records": sorted({identity.hex() for node in one.nodes for identity in node.cited()}),
                "since": iso(one.since),
                "status": one.status.value,
            }
            for place, one in enumerate(duty.readings)
        ],
        "since": iso(duty.since),
        "status": duty.status.value,
        "title": duty.duty.title,
        "told": flags(duty)[0],
        "turns": {"day": turns[0].isoformat(), "status": turns[1].value} if turns else None,
    }
