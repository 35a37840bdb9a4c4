"""`judgement.made`: an answer to a question that only judgement can answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import AUDITORS, PERSONNEL, REGULATORS


class JudgementMade(NamedTuple):
    """Somebody entitled to judge answers a question of adequacy, appropriateness or equivalence, with reasons.

    A later judgement on the same question takes the place of an earlier one.
    """

    question: Annotated[str, "The question, one of those that the law pack names."]
    answer: Annotated[Literal["yes", "no"], "The answer."]
    aspect: Annotated[str | None, "Which side of the subject, such as access."] = None
    grounds: Annotated[tuple[str, ...], "What the reasons speak to, such as status and effect."] = ()
    valid_to: Annotated[date | None, "Last day for which the judgement stands."] = None


def by_question(subject: str, facts: JudgementMade) -> list[tuple[str, ...]]:
    """Looked up by question, subject and aspect."""
    return [(facts.question, subject, facts.aspect or "")]


KIND = Kind(
    name="judgement.made",
    facts=JudgementMade,
    by=(*PERSONNEL, *AUDITORS, *REGULATORS),
    text={"reasons": "Why, and on what evidence."},
    needs_text=("reasons",),
    about=("licensee", "system", "element", "policy", "incident", "audit", "recognition", "assessment", "direction"),
    document=True,
    constraints=(distinct("grounds"),),
    cells=by_question,
    example={"question": "resource_adequate", "answer": "yes"},
)
