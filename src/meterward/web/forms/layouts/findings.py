"""Forms made by hand: what was found to hold, and what was judged."""

from __future__ import annotations

from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

FINDING = Layout(
    "state.evidenced",
    "Record what was found",
    "Something that the law asks about was found to hold, or to have failed. A later finding takes this one's place.",
    (
        Group(
            "What was looked at",
            (
                Ask("facts.fact", "What was looked into?", "One of the states that the law asks about.", (), "states"),
                Ask(SUBJECT, "Of what?", "The element, policy, need, direction or assessment that was looked at."),
                Ask("facts.aspect", "Which side of it?", "Such as operated/supply, where it has sides.", (), "aspects"),
                Ask(OCCURRED, "When was it looked at?", "The day of the finding, not later than today."),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What was found",
            (
                Ask("facts.outcome", "What was found?", " ", (("held", "It holds"), ("failed", "It has failed"))),
                Ask(
                    "facts.strength",
                    "How is that shown?",
                    "A claim alone changes no status; everything else needs a file.",
                    (
                        ("claimed", "Claimed: somebody says so"),
                        ("evidenced", "Evidenced: a document shows it"),
                        ("checked", "Checked: somebody else looked at it"),
                        ("audited", "Audited: an auditor looked at it"),
                    ),
                ),
                Ask(FILES, "What shows it?", "Attach the proof, unless it is a claim."),
            ),
        ),
        Group(
            "For how long it speaks",
            (
                Ask("facts.valid_from", "From which day?", "Only if it speaks from later than the day of the finding."),
                Ask(
                    "facts.valid_to", "Until which day?", "The last day that the proof speaks for. A failure has none."
                ),
            ),
        ),
        Group(
            "What else the same proof covers",
            (
                Ask(
                    "facts.aspects", "Which further sides?", "Of the matrix of Z.6, beside the one above.", (), "cells"
                ),
                Ask("facts.covers", "Which further elements?", "Each counts as if it had been found of it alone."),
            ),
            "Only where one proof covers several things. The words below then say why it speaks for each.",
        ),
        Group("In words", (Ask("text.note", "What was done?", "What was looked at, by whom and how."),)),
    ),
)
JUDGEMENT = Layout(
    "judgement.made",
    "Record a judgement",
    "Somebody entitled to judge answers a question that only judgement can answer, and says why.",
    (
        Group(
            "The question",
            (
                Ask("facts.question", "Which question?", "Each is answered by certain roles only.", (), "questions"),
                Ask(SUBJECT, "Of what is it asked?"),
                Ask("facts.aspect", "Which side of it?", "Such as access, where it has sides.", (), "aspects"),
            ),
        ),
        Group(
            "The answer",
            (
                Ask("facts.answer", "What is your answer?", " "),
                Ask("text.reasons", "Why?", "The reasons, and the evidence that they rest on."),
                Ask(
                    "facts.grounds",
                    "What do the reasons speak to?",
                    "A line each, such as status and effect, where the question asks for it.",
                ),
                Ask(OCCURRED, "When was it judged?"),
                Ask("facts.valid_to", "Until when does it stand?", "Only if it ends by itself: its last day."),
                Ask(LICENCES),
            ),
        ),
        Group("Files", (Ask(FILES, "What does it rest on?"),)),
    ),
)
LAYOUTS = (FINDING, JUDGEMENT)
