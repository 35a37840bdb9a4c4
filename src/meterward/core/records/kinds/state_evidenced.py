"""`state.evidenced`: what was found to hold, or not to hold, and how well it is shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, in_order
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.strength import audited_by_auditor, shown_unless_claimed
from meterward.core.records.terms import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class StateEvidenced(NamedTuple):
    """Something that the law asks about was found to hold or to have failed.

    It counts from the record's day, or from `valid_from` if that is later, to `valid_to`. A later finding takes the
    place of an earlier one; one that failed stands until something later shows that it holds.
    """

    fact: Annotated[str, "The state that is asked about, one of those that the law pack names."]
    outcome: Annotated[Literal["held", "failed"], "What was found."]
    strength: Annotated[Strength, "How it is shown. A claim alone changes no status."]
    aspect: Annotated[str | None, "Which side of the subject, such as operated/supply."] = None
    valid_from: Annotated[date | None, "First day that the proof speaks for, if later than the record's."] = None
    valid_to: Annotated[date | None, "Last day that the proof speaks for."] = None
    aspects: Annotated[tuple[str, ...], "Further sides that the same proof covers."] = ()
    covers: Annotated[tuple[str, ...], Ref(("element",)), "Further elements that the same proof covers."] = ()


def failure_has_no_end(seen: Seen[StateEvidenced]) -> Iterable[Unmet]:
    """A failure does not go away by itself."""
    if seen.facts.outcome == "failed" and seen.facts.valid_to:
        yield Unmet(
            "facts.valid_to", "A failure has no last day.", "Leave it out, and record what holds once that is shown."
        )


def by_fact(subject: str, facts: StateEvidenced) -> list[tuple[str, ...]]:
    """Looked up by state, subject and aspect: by each that it covers."""
    subjects, aspects = dict.fromkeys((subject, *facts.covers)), dict.fromkeys((facts.aspect or "", *facts.aspects))
    return [(facts.fact, one, aspect) for one in subjects for aspect in aspects]


def covers_for_a_reason(seen: Seen[StateEvidenced]) -> Iterable[Unmet]:
    """One proof for several cells says why it speaks for each."""
    if (seen.facts.covers or seen.facts.aspects) and "note" not in seen.texts:
        yield Unmet("text.note", "It is missing, but the proof covers more than one thing.", "Say why it does.")
    if seen.facts.aspects and not seen.facts.aspect:
        yield Unmet("facts.aspect", "It is missing, but there are further ones.", "Name the first of them here.")


KIND = Kind(
    name="state.evidenced",
    facts=StateEvidenced,
    by=(*PERSONNEL, *AUDITORS),
    text={"note": "What was looked at, by whom and how."},
    about=("system", "licensee", "element", "policy", "need", "direction", "assessment"),
    constraints=(
        in_order("valid_from", "valid_to"),
        shown_unless_claimed,
        failure_has_no_end,
        audited_by_auditor,
        covers_for_a_reason,
    ),
    cells=by_fact,
    example={
        "fact": "element_secure",
        "outcome": "held",
        "strength": "evidenced",
        "aspect": "operated/supply",
        "valid_to": "2014-03-03",
    },
)
