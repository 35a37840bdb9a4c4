"""What answers an entry of the queue: the kind of record, what its form has in it, and what the button says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.kinds import (
    assessment_reviewed,
    match_settled,
    measure_progressed,
    risk_estimated,
    risk_treated,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.risk.queue import Due, Why
    from meterward.core.risk.register import Risk

_KINDS: Mapping[Why, tuple[str, Kind[Any]]] = {
    "system": ("Review the assessment", assessment_reviewed.KIND),
    "incident": ("Review the assessment", assessment_reviewed.KIND),
    "audit": ("Review the assessment", assessment_reviewed.KIND),
    "direction": ("Review the assessment", assessment_reviewed.KIND),
    "match": ("Settle the match", match_settled.KIND),
    "scales": ("Estimate it anew", risk_estimated.KIND),
    "unrated": ("Estimate it", risk_estimated.KIND),
    "overdue": ("Say how far it is", measure_progressed.KIND),
    "acceptance": ("Treat or accept it", risk_treated.KIND),
}


class Answer(NamedTuple):
    """A button: what it says, the kind of record that its form is of, and what that has in it."""

    says: str
    kind: Kind[Any]
    known: tuple[tuple[str, str], ...]


def is_reviewed(due: Due) -> bool:
    """Whether a review of the assessment answers an entry, beside any others of the kind."""
    return due.why in _KINDS and _KINDS[due.why][1] is assessment_reviewed.KIND


def answer_of(due: Due, assessment: str, context: str, risk: Risk | None = None) -> Answer | None:
    """What answers an entry; None where only a new assessment does."""
    if due.why == "age":
        return None
    says, kind = _KINDS[due.why]
    if kind is assessment_reviewed.KIND:
        return Answer(says, kind, (("subject", assessment), ("facts.events.0", due.subject)))
    if kind is risk_estimated.KIND:
        more = [("facts.context", context)] if context else []
        named = enumerate(risk.record.facts.consequences if risk else ())
        more += [(f"facts.consequences.{place}.consequence", str(name)) for place, name in named]
        return Answer(says, kind, (("subject", due.subject), ("facts.state", "current"), *more))
    if kind is risk_treated.KIND:
        return Answer(says, kind, (("subject", due.subject), ("facts.risk", due.subject.partition("/")[2])))
    return Answer(says, kind, (("subject", due.subject),))
