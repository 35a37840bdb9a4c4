"""What keeps an audit from counting: standing on each of its days, independence, and what the report lacks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, get_args

from meterward.core.assurance.independence import independence
from meterward.core.assurance.standing import standing
from meterward.core.facts.node import Outcome
from meterward.core.records.terms import Opinion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.assurance.engagement import Audit
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader

OPINIONS: tuple[str, ...] = get_args(Opinion)
"""The five questions that an audit gives an opinion on."""


class Checked(NamedTuple):
    """Whether the auditors were recognised on a day of the audit, as far as is known."""

    what: str
    day: date
    outcome: Outcome


class Doubt(NamedTuple):
    """Something that is wrong, or lacks, and what the law makes of it."""

    what: str
    means: str
    grave: bool = True


def standing_checked(read: Reader, ask: Ask, audit: Audit, day: date) -> tuple[Checked, ...]:
    """Whether the auditors were recognised on every day of the audit that says anything of it, as known on a day."""

    def check(what: str, when: date) -> Checked:
        return Checked(what, when, standing(read, ask, audit.auditor, when, when).timeline.at(day))

    return tuple(check(what, when) for what, when in _days(audit, day))


def throughout(read: Reader, ask: Ask, audit: Audit, day: date) -> Outcome:
    """Whether they were recognised on every day from engagement, or first fieldwork, to the report or today."""
    last = audit.report.occurred if audit.report else day
    first = min(audit.engaged.occurred, audit.fieldwork[0]) if audit.fieldwork else audit.engaged.occurred
    return standing(read, ask, audit.auditor, min(first, last), last).timeline.at(day)


def doubts(read: Reader, ask: Ask, audit: Audit, day: date) -> tuple[Doubt, ...]:
    """Everything that keeps an audit from counting, or that a reader will miss, as known on a day."""
    return (*_of_auditors(read, ask, audit, day), *_of_report(audit))


def _days(audit: Audit, day: date) -> Iterator[tuple[str, date]]:
    yield "engaged", audit.engaged.occurred
    for what, when in zip(("first day of fieldwork", "last day of fieldwork"), audit.fieldwork or (), strict=False):
        if when <= day:
            yield what, when
    if audit.report:
        yield "report", audit.report.occurred
    else:
        yield "today", day


def _of_auditors(read: Reader, ask: Ask, audit: Audit, day: date) -> Iterator[Doubt]:
    stood = throughout(read, ask, audit, day)
    if stood is Outcome.FAILED:
        what = f"{audit.auditor} was not recognised on every day from engagement to report."
        yield Doubt(what, "Such an audit does not count for Z.14.")
    elif stood is Outcome.UNKNOWN:
        what = f"Nothing known here shows that {audit.auditor} was recognised on every day from engagement to report."
        yield Doubt(what, "Until it is shown, whether the audit counts for Z.14 stays open.")
    last = audit.report.occurred if audit.report else day
    independent = independence(read, ask, audit.engaged, last).timeline.at(day)
    if independent is not Outcome.HELD:
        what = f"{audit.auditor} is not shown to be independent: an interest is declared, or nothing is."
        yield Doubt(what, "Somebody entitled has to judge that; until then Z.14 stays open.")


def _of_report(audit: Audit) -> Iterator[Doubt]:
    said = audit.said
    if said is None:
        return
    facts = said.facts
    if facts.addressee != audit.licensee:
        what = f"The report is addressed to {facts.addressee}, not to {audit.licensee}."
        yield Doubt(what, "Z.15(b) asks for a report addressed to the licensee.")
    if facts.author != audit.auditor:
        what = f"The report is by {facts.author}; {audit.auditor} was engaged."
        yield Doubt(what, "A report by others than those engaged does not count for Z.14.")
    if said.actor.organisation != facts.author:
        what = f"It was recorded by {said.actor.organisation}, as a report by {facts.author}, who did not sign it."
        yield Doubt(what, "Only what is attached shows whose report it is; let its authors say it, or compare it.")
    if facts.recommendations is None:
        what = "It names no recommendations, and does not say that there are none."
        yield Doubt(what, "Z.15(b) asks for one or the other.")
    given = {one.question for one in facts.opinions}
    if lacking := [one for one in OPINIONS if one not in given]:
        what = f"It lacks {len(lacking)} of the five opinions." if given else "It gives none of the five opinions."
        yield Doubt(
            what, "The condition's text does not ask for them one by one; whoever relies on it will.", grave=False
        )
