"""`direction.questioned`: a doubt about a direction is put to the lawyers."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import Role


class DirectionQuestioned(NamedTuple):
    """It is doubted whether a direction, or one requirement of it, binds. Until it is revoked it is complied with.

    A doubt takes nothing away: the product shows both readings.
    """

    doubts: Annotated[
        tuple[
            Literal[
                "before_commencement",
                "issuer_excluded",
                "issuer_missing",
                "not_addressed",
                "purpose_missing",
                "date_before_issue",
                "report_excluded",
                "beyond_the_system",
                "unclear",
                "impossible",
                "other",
            ],
            ...,
        ],
        "What is doubted.",
    ]
    requirement: Annotated[str | None, "The requirement that is doubted, by its name, if it is one alone."] = None


KIND = Kind(
    name="direction.questioned",
    facts=DirectionQuestioned,
    by=(Role.LEGAL_ADVISER, Role.SECURITY_MANAGER, Role.SENIOR_MANAGER),
    text={"question": "The question, in full."},
    needs_text=("question",),
    about=("direction",),
    constraints=(distinct("doubts"),),
    example={"doubts": ["unclear"], "requirement": "step-1"},
)
