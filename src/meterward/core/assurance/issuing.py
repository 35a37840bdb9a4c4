"""What speaks against issuing a direction: what cannot be right is refused, what the lawyers must see is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.assurance.agreeing import AUTHORITY, lacking
from meterward.core.assurance.direction_story import due_of
from meterward.core.assurance.directions import PROHIBITED
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.kinds.direction_drafted import DirectionDrafted
    from meterward.core.records.kinds.direction_issued import DirectionIssued, Requirement
    from meterward.core.records.record import Record

_NEEDED = (
    ("issuers", "It names no issuer.", "Say who issues it."),
    ("addressees", "It is addressed to nobody.", "Choose the licensees."),
    ("purposes", "It names none of the six purposes.", "Choose at least one."),
    ("requirements", "It requires nothing.", "Add what is to be done."),
)
_NAMED = 5
"""So many addressees are named where something is wrong with several."""


class Addressee(NamedTuple):
    """What is known of a licensee here, as far as anything is."""

    parameters: Mapping[str, str]
    """The parameters of the law that it adopted, or their defaults."""
    go_live: date | None = None
    commencement: date | None = None


class Known(NamedTuple):
    """What the desk knows where a direction is to be issued."""

    day: date
    licensees: Mapping[str, Addressee]
    agreed: Collection[str] = ()
    """Who agreed to the very version that is to be issued, or issues it."""
    over: date | None = None
    """Since when the direction that is to be amended, corrected or withdrawn is withdrawn or amended already."""
    reasons: bool = True
    """Whether reasons are given."""


class Checked(NamedTuple):
    """What speaks against a direction."""

    refused: tuple[Problem, ...]
    warned: tuple[str, ...]
    """What the lawyers must see; none of it keeps a direction from being issued."""


def check_issuing(facts: DirectionIssued | DirectionDrafted, known: Known) -> Checked:
    """Everything that speaks against issuing a direction on a day."""
    return Checked(tuple(_refused(facts, known)), tuple(_warned(facts, known)))


def check_correcting(
    correction: Record[DirectionIssued], direction: Record[DirectionIssued], known: Known
) -> Iterator[Problem]:
    """What speaks against correcting a direction: it may be over, or something become due that nobody can do now."""
    yield from check_taking_back(direction, known, "corrects")
    had = {one.name: due_of(direction, one) for one in direction.facts.requirements}
    for place, one in enumerate(correction.facts.requirements):
        due = due_of(correction, one)
        if due and due < known.day and due != had.get(one.name):
            message = f"{one.name} would be due on {in_words(due)}, which is past, and was not due then before."
            hint = "Nobody can do it in time: keep the day that it had, or give it a later one."
            counted = "within_days" if one.within_days is not None else "due"
            yield _wrong(message, hint, f"facts.requirements[{place}].{counted}")


def check_taking_back(direction: Record[DirectionIssued], known: Known, link: str = "replaces") -> list[Problem]:
    """What speaks against amending, correcting or withdrawing a direction: it may be over for everybody already."""
    field = f"statement.{link}"
    if known.over:
        message = f"{direction.subject} is over since {in_words(known.over)}."
        return [_wrong(message, "What is over cannot be amended, corrected or withdrawn. Issue a new one.", field)]
    lives = [known.licensees[name].go_live for name in direction.facts.addressees if name in known.licensees]
    lapsed = [one for one in lives if one and one <= known.day]
    if direction.facts.addressees and len(lapsed) == len(direction.facts.addressees):
        message = f"{direction.subject} lapsed at Go Live of the Code, on {in_words(max(lapsed))}."
        return [_wrong(message, "What has lapsed binds nobody, and cannot be amended or corrected.", field)]
    return []


def _refused(facts: DirectionIssued | DirectionDrafted, known: Known) -> Iterator[Problem]:
    for name, message, hint in _NEEDED:
        if not getattr(facts, name):
            yield _wrong(message, hint, f"facts.{name}", Code.FIELD_MISSING)
    if unknown := [name for name in facts.addressees if name not in known.licensees]:
        hint = "Correct the name. One whose ledger is elsewhere is listed here first, by licensee.listed."
        yield _wrong(f"No licensee is known here as {_some(unknown)}.", hint, "facts.addressees")
    for place, one in enumerate(facts.requirements):
        if one.due and one.due < known.day:
            message = f"{one.name} is due on {in_words(one.due)}, which is past."
            yield _wrong(message, "Nobody can do it in time: give it a later day.", f"facts.requirements[{place}].due")
    yield from lacking(facts, known.agreed)


def _warned(facts: DirectionIssued | DirectionDrafted, known: Known) -> Iterator[str]:
    there = {name: known.licensees[name] for name in facts.addressees if name in known.licensees}
    yield from _barred(facts, there)
    if lapsed := [name for name, one in there.items() if one.go_live and one.go_live <= known.day]:
        yield f"For {_some(lapsed)} the condition has ended with Go Live of the Code: it would not bind."
    if AUTHORITY in facts.issuers and not facts.grounds:
        yield "It does not say for what the Authority directs: consumer protection, or the functioning of the market."
    if not facts.evidence:
        yield "It names no evidence that was considered."
    if not known.reasons:
        yield "It gives no reasons."
    if undated := [one.name for one in facts.requirements if one.act != PROHIBITED and not _dated(one)]:
        yield f"{', '.join(undated)} has no date: no clock runs, and every addressee is told to ask for one."


def _barred(facts: DirectionIssued | DirectionDrafted, there: Mapping[str, Addressee]) -> Iterator[str]:
    """What a bracket of the condition excludes that an addressee adopted."""
    barred = [name for name, one in there.items() if one.parameters.get("z17_authority") == "sos_only"]
    if barred and tuple(facts.issuers) == (AUTHORITY,):
        yield f"By the Authority alone, which the bracket of {_some(barred)} excludes: its validity is doubted."
    reports = [one.name for one in facts.requirements if tuple(one.to) == (AUTHORITY,)]
    closed = [name for name, one in there.items() if one.parameters.get("z17c_report_authority") == "no"]
    if reports and closed:
        yield f"{', '.join(reports)} would go to the Authority alone, which the bracket of {_some(closed)} excludes."


def _dated(requirement: Requirement) -> bool:
    return requirement.due is not None or requirement.within_days is not None


def _some(names: Iterable[str]) -> str:
    there = list(names)
    more = len(there) - _NAMED
    return f"{', '.join(there[:_NAMED])} and {more} more" if more > 0 else ", ".join(there)


def _wrong(message: str, hint: str, field: str, code: Code = Code.FIELD_VALUE) -> Problem:
    return Problem(code, message, hint, field)
