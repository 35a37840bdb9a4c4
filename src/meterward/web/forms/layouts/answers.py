"""Forms made by hand: decisions on recommendations, and what was done because somebody asked for it."""

from __future__ import annotations

from meterward.present.direction_words import ISSUERS
from meterward.present.phrases import capital
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

ISSUERS_TOLD = tuple((name, capital(says)) for name, says in ISSUERS.items())
DECIDED = Layout(
    "recommendation.decided",
    "Decide on a recommendation",
    "The licensee decides on one recommendation of an audit report. What is accepted is then planned as an action.",
    (
        Group(
            "The recommendation",
            (
                Ask(SUBJECT, "Of which audit?"),
                Ask(
                    "facts.recommendation",
                    "Which recommendation?",
                    "By its name in the report. None if the report makes none.",
                    (),
                    "recommendations",
                ),
            ),
        ),
        Group(
            "The decision",
            (
                Ask(
                    "facts.decision",
                    "What was decided?",
                    " ",
                    (
                        ("accept", "Accept it"),
                        ("part", "Accept it in part"),
                        ("reject", "Reject it"),
                        ("already_done", "It is done already"),
                        ("nothing_to_decide", "The report makes no recommendation"),
                    ),
                ),
                Ask("text.reason", "Why?", "Needed where it is rejected, or accepted in part."),
                Ask(OCCURRED, "When was it decided?"),
                Ask(LICENCES),
                Ask(FILES, "The minute or paper of the decision"),
            ),
        ),
    ),
)
ANSWERED = Layout(
    "direction.answered",
    "Record that a direction was complied with",
    "One requirement of a direction was met: a step, a report, or evidence. The proof is attached.",
    (
        Group(
            "What was required, and done",
            (
                Ask(SUBJECT, "Which direction?"),
                Ask(
                    "facts.requirement",
                    "Which requirement?",
                    "By its name in the direction, such as step-1.",
                    (),
                    "requirements",
                ),
                Ask(OCCURRED, "When was it done?"),
                Ask("text.note", "What was done?", "In a sentence or two."),
                Ask("facts.to", "Who is told?", "Nobody outside, if none is ticked.", ISSUERS_TOLD),
                Ask(FILES, "What shows it?", "At least one file."),
                Ask(LICENCES),
            ),
        ),
    ),
)
PRODUCED = Layout(
    "evidence.produced",
    "Record that evidence was handed over",
    "What the Authority or the Secretary of State asked for was produced.",
    (
        Group(
            "The request, and what was handed over",
            (
                Ask(SUBJECT, "Which request?"),
                Ask(OCCURRED, "When was it handed over?"),
                Ask(
                    "facts.complete",
                    "Is this everything that was asked for?",
                    "A part alone does not answer the request.",
                    (("true", "Yes, everything"), ("false", "No, a part")),
                ),
                Ask("text.note", "What was handed over, and how?", "In a sentence or two."),
                Ask("facts.to", "To whom is it handed here?", "Nobody, if it went another way.", ISSUERS_TOLD),
                Ask(
                    "facts.bundle",
                    "Which bundle is it?",
                    "Filled in where the page of the request built it.",
                    parts=(
                        Ask("digest", "SHA-256 of its file", " "),
                        Ask("size", "Entries of the ledger", " "),
                        Ask("root", "Root over them", " "),
                    ),
                ),
                Ask(FILES, "The manifest", "At least one file: the list of what was handed over, or the documents."),
                Ask(LICENCES),
            ),
        ),
    ),
)
LAYOUTS = (DECIDED, ANSWERED, PRODUCED)
