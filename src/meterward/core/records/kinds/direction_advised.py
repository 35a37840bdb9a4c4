"""`direction.advised`: what the lawyers hold of a doubt about a direction."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind
from meterward.core.records.roles import Role


class DirectionAdvised(NamedTuple):
    """The lawyers say whether a direction binds. Advice never makes a direction go away: only its issuer can.

    What they hold stands beside the two readings, and decides between neither.
    """

    opinion: Annotated[Literal["binds", "binds_in_part", "in_doubt", "does_not_bind"], "What they hold."]
    next_step: Annotated[
        Literal["comply", "comply_and_ask", "comply_and_challenge"],
        "What is done beside: nothing more, the issuer is asked, or it is challenged.",
    ]


KIND = Kind(
    name="direction.advised",
    facts=DirectionAdvised,
    by=(Role.LEGAL_ADVISER,),
    text={"advice": "The advice and its reasons."},
    needs_text=("advice",),
    about=("direction",),
    example={"opinion": "binds", "next_step": "comply_and_ask"},
)
