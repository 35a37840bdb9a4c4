"""Forms made by hand: directions from draft to final report, and requests for evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.present.direction_words import (
    ACTS,
    DOUBTS,
    GROUNDS,
    NEXT_STEPS,
    OPINIONS,
    PROGRESS,
    PURPOSES,
)
from meterward.present.phrases import capital
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout
from meterward.web.forms.layouts.answers import ISSUERS_TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping


def _from(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, capital(one)) for name, one in words.items())


_REQUIREMENTS = Ask(
    "facts.requirements",
    "What does it require?",
    "Each thing by itself, with the day by which it is to be done. Without a day no clock runs.",
    parts=(
        Ask("name", "Short name", "Such as step-1."),
        Ask("act", "What sort is it?", " ", _from(ACTS)),
        Ask("due", "By which day?", " "),
        Ask("within_days", "Or within how many days?", "Counted from the day of issue."),
        Ask("to", "To whom does a report go?", " ", ISSUERS_TOLD),
        Ask("evidence", "What is to show it?", "Short names, one a line, if the direction says."),
    ),
    never_none=True,
)


def _said(drafted: bool) -> tuple[Group, ...]:  # noqa: FBT001 - a draft, or what is issued
    return (
        Group(
            "Who, to whom, and what for",
            (
                Ask(SUBJECT, "What is it called?", "Names begin with whose it is, so that they are free everywhere."),
                Ask("facts.issuers", "Who issues it?", "Both, if it is joint.", ISSUERS_TOLD),
                Ask(
                    "facts.addressees", "To which licensees?", "One a line, by the name of its ledger.", never_none=True
                ),
                Ask("facts.purposes", "For which of the six purposes?", " ", _from(PURPOSES)),
                Ask("facts.grounds", "For what does the Authority direct?", "If it issues it.", _from(GROUNDS)),
                Ask(OCCURRED, "When was it drafted?" if drafted else "When is it issued?"),
                Ask(LICENCES),
            ),
        ),
        Group("What it requires", (_REQUIREMENTS,)),
        Group(
            "Its words, and what they rest on",
            (
                Ask("text.direction", "The words of the direction"),
                Ask("text.reasons", "The reasons"),
                Ask(
                    "facts.evidence",
                    "Which evidence was considered?",
                    "Names of requests, audits or records, or digests; one a line.",
                ),
                *(() if drafted else (Ask("facts.draft", "Of which draft was it made?", "By its name."),)),
                Ask(FILES, "The document"),
            ),
        ),
    )


DRAFTED = Layout(
    "direction.drafted",
    "Draft a direction",
    "What a direction would say, to whom. Nothing is required of anybody before it is issued.",
    _said(drafted=True),
)
ISSUED = Layout(
    "direction.issued",
    "Issue a direction",
    "It is signed once, and entered in the ledger of each addressee and of each issuer.",
    _said(drafted=False),
)
AGREED = Layout(
    "direction.agreed",
    "Say what you think of a joint draft",
    "You agree to one version of it, or ask for changes. A new version has to be agreed anew.",
    (
        Group(
            "The draft",
            (
                Ask(SUBJECT, "Which draft?"),
                Ask("facts.version", "Which version of it?", "The id of the record that drafted it."),
                Ask("facts.issuers", "Who is to issue it?", " ", ISSUERS_TOLD),
                Ask(
                    "facts.decision",
                    "Can it be issued so?",
                    " ",
                    (("agreed", "Yes, we agree"), ("changes", "Not so: we ask for changes")),
                ),
                Ask("text.note", "What was considered, or what is to be changed?"),
                Ask(OCCURRED, "When was it decided?"),
                Ask(LICENCES),
                Ask(FILES, "Papers, if there are any"),
            ),
        ),
    ),
)
QUESTIONED = Layout(
    "direction.questioned",
    "Question whether a direction binds",
    "The lawyers are asked. The direction is complied with meanwhile: a question takes nothing away.",
    (
        Group(
            "The question",
            (
                Ask(SUBJECT, "Which direction?"),
                Ask("facts.doubts", "What is doubted?", " ", _from(DOUBTS)),
                Ask("facts.requirement", "Of which requirement?", "If it is about one alone.", (), "requirements"),
                Ask("text.question", "The question"),
                Ask(OCCURRED, "When was it asked?"),
                Ask(LICENCES),
                Ask(FILES, "Papers, if there are any"),
            ),
        ),
    ),
)
ADVISED = Layout(
    "direction.advised",
    "Record what the lawyers hold",
    "Advice stands beside the two readings of the direction, and decides between neither.",
    (
        Group(
            "The advice",
            (
                Ask(SUBJECT, "Of which direction?"),
                Ask("facts.opinion", "What do they hold?", " ", _from(OPINIONS)),
                Ask("facts.next_step", "What is done?", " ", _from(NEXT_STEPS)),
                Ask("text.advice", "The advice and its reasons"),
                Ask(OCCURRED, "When was it given?"),
                Ask(LICENCES),
                Ask(FILES, "The advice in writing"),
            ),
        ),
    ),
)
PROGRESSED = Layout(
    "direction.progressed",
    "Report how far a direction is",
    "Whoever issued it is told. What shows that a requirement was met is recorded by itself.",
    (
        Group(
            "The report",
            (
                Ask(SUBJECT, "On which direction?"),
                Ask(
                    "facts.report",
                    "Is more to come?",
                    " ",
                    (("interim", "Yes: this is an interim report"), ("final", "No: this is the final report")),
                ),
                Ask(
                    "facts.steps",
                    "How far is each requirement?",
                    " ",
                    parts=(
                        Ask("requirement", "Requirement", " ", (), "requirements"),
                        Ask("state", "Where it stands", " ", _from(PROGRESS)),
                        Ask("share", "Done, in per cent", " "),
                    ),
                ),
                Ask("text.note", "What was done, and what is in the way?"),
                Ask("facts.to", "Who is told?", "Nobody outside, if none is ticked.", ISSUERS_TOLD),
                Ask(OCCURRED, "Of which day is it?"),
                Ask(LICENCES),
                Ask(FILES, "The report", "A final report is a document: attach it."),
            ),
        ),
    ),
)
RECEIVED = Layout(
    "document.received",
    "Record a receipt",
    "An audit report or a direction reached the licensee on the record's day.",
    (
        Group(
            "What came, and how",
            (
                Ask(SUBJECT, "What was received?"),
                Ask("facts.by", "How did it come?", " "),
                Ask(OCCURRED, "When did it come?"),
                Ask("text.note", "Who received it, and how?"),
                Ask("facts.to", "Who is told?", "Of a direction, whoever issued it.", ISSUERS_TOLD),
                Ask(LICENCES),
                Ask(FILES, "Papers, if there are any"),
            ),
        ),
    ),
)
REQUESTED = Layout(
    "evidence.requested",
    "Ask for evidence",
    "The Authority or the Secretary of State asks a licensee for documentary evidence of compliance (Z.7(b)).",
    (
        Group(
            "The request",
            (
                Ask(SUBJECT, "What is it called?", "Names begin with whose it is, so that they are free everywhere."),
                Ask(LICENCES),
                Ask("facts.by", "Who asks?", " ", ISSUERS_TOLD),
                Ask("facts.clauses", "Which clauses is it about?", "One a line, such as Z.9."),
                Ask("facts.due", "By which day?", "Without one it is answered forthwith, and no clock breaches."),
                Ask("text.request", "What is asked for?"),
                Ask(OCCURRED, "When is it asked?"),
                Ask(FILES, "The letter"),
            ),
        ),
    ),
)
LAYOUTS = (DRAFTED, AGREED, ISSUED, QUESTIONED, ADVISED, PROGRESSED, RECEIVED, REQUESTED)
