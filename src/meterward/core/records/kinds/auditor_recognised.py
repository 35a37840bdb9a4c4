"""`auditor.recognised`: what makes an organisation competent to audit."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, in_order, needs_file, text_if
from meterward.core.records.roles import AUDITORS, PERSONNEL


class AuditorRecognised(NamedTuple):
    """An organisation's recognition as qualified to conduct information security audits, for a time."""

    organisation: Annotated[str, "The organisation."]
    scheme: Annotated[
        Literal["clas", "check", "ctas", "equivalent"],
        "The scheme: employs CLAS consultants, CHECK, CTAS, or another that is equivalent in status and effect.",
    ]
    valid_from: Annotated[date, "First day of the recognition."]
    valid_to: Annotated[date | None, "Last day of the recognition."] = None


def is_equivalent(facts: AuditorRecognised) -> bool:
    """Whether it is by none of the schemes that the definition names."""
    return facts.scheme == "equivalent"


def by_organisation(_: str, facts: AuditorRecognised) -> list[tuple[str, ...]]:
    """Looked up by organisation."""
    return [(facts.organisation,)]


KIND = Kind(
    name="auditor.recognised",
    facts=AuditorRecognised,
    by=(*PERSONNEL, *AUDITORS),
    text={
        "reference": "The entry in the scheme's list.",
        "status_reasons": "Why another recognition is substantially equivalent in status.",
        "effect_reasons": "Why it is substantially equivalent in effect.",
    },
    introduces="recognition",
    shared=lambda facts: (facts.organisation,),
    lasting=True,
    document=True,
    constraints=(
        in_order("valid_from", "valid_to"),
        needs_file("recognition is shown by the list's entry"),
        text_if("status_reasons", is_equivalent, "an equivalent recognition is told with the reasons on its status"),
        text_if("effect_reasons", is_equivalent, "an equivalent recognition is told with the reasons on its effect"),
    ),
    cells=by_organisation,
    example={"organisation": "auditor-a", "scheme": "check", "valid_from": "2013-01-01", "valid_to": "2013-12-31"},
)
