"""Forms made by hand: assessments and their reviews, what is settled or dismissed, and the solution design."""

from __future__ import annotations

from meterward.present.system_words import CATEGORIES
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

COMPLETED = Layout(
    "assessment.completed",
    "Complete a risk assessment",
    "The register was gone through on this day. Begun under Risks, this form has what the register says in it.",
    (
        Group(
            "The assessment",
            (
                Ask(SUBJECT, "What is it called?", "A name that stays, such as assessment/2014."),
                Ask(OCCURRED, "When was it completed?", "The register of that day is what it speaks of."),
                Ask("facts.context", "By which scales and appetite?", "The context that was in effect."),
                Ask(
                    "facts.scope",
                    "What was assessed?",
                    "Z.5 names three parts of the system; Z.1 speaks of its business processes too.",
                    tuple((str(name), says) for name, says in CATEGORIES.items()),
                ),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What was found",
            (
                Ask("facts.risks", "How many risks are in the register?", " "),
                Ask(
                    "facts.above_appetite",
                    "Which of them are above appetite?",
                    "A name on each line, such as R-07. One that the register rates above appetite and that is not "
                    "named here keeps the record from being appended.",
                ),
                Ask("text.method", "How was it done, and what was left out, and why?", "In a few sentences."),
                Ask(FILES, "The report of the assessment"),
            ),
        ),
    ),
)
REVIEWED = Layout(
    "assessment.reviewed",
    "Review a risk assessment",
    "Something happened since: the assessment stands, some risks are estimated anew, or all are.",
    (
        Group(
            "The review",
            (
                Ask(SUBJECT, "Which assessment?"),
                Ask(OCCURRED, "When was the review concluded?"),
                Ask("facts.events", "What does it answer?", "What the queue names; each leaves it then."),
                Ask(
                    "facts.decision",
                    "What was decided?",
                    " ",
                    (
                        ("stands", "It stands as it is"),
                        ("in_part", "Some risks are estimated anew"),
                        ("anew", "Everything is assessed anew"),
                    ),
                ),
                Ask("text.conclusion", "What was looked at, and why is that so?", "In a few sentences."),
                Ask(LICENCES),
                Ask(FILES, "The minute or report of the review"),
            ),
        ),
    ),
)
DISMISSED = Layout(
    "scenario.dismissed",
    "Dismiss a scenario",
    "What the system suggests makes no risk of its own here. It is suggested again once it is looked at again.",
    (
        Group(
            "What, and why",
            (
                Ask("facts.scenario", "Which scenario?", "Its name in the catalogue, such as mass-disconnection."),
                Ask(
                    "facts.elements",
                    "Of which elements do you say this?",
                    "None: of all, also those to come.",
                    begins_empty=True,
                ),
                Ask("text.reason", "Why does it make no risk here?", "What keeps it from happening or mattering."),
                Ask("facts.until", "When is it looked at again?", "From that day on it is suggested again."),
                Ask(SUBJECT, "What is it about?", "The system as a whole."),
                Ask(OCCURRED, "When was that decided?"),
                Ask(LICENCES),
                Ask(FILES),
            ),
        ),
    ),
)
SETTLED = Layout(
    "match.settled",
    "Settle a match with a threat",
    "Somebody looked at a match between an advisory and an element, and says what it comes to.",
    (
        Group(
            "The match",
            (
                Ask(SUBJECT, "Which match?"),
                Ask(OCCURRED, "When was it looked at?"),
                Ask(
                    "facts.outcome",
                    "What does it come to?",
                    " ",
                    (
                        ("not_affected", "The element is not affected"),
                        ("remedied", "It was remedied"),
                        ("risk", "It bears on risks of the register"),
                    ),
                ),
                Ask(
                    "facts.risks",
                    "Which risks, if it bears on some?",
                    "New ones first become risks.",
                    begins_empty=True,
                ),
                Ask("text.reason", "What was looked at, and why does it come to that?", "In a few sentences."),
                Ask(LICENCES),
                Ask(FILES, "What shows it?"),
            ),
        ),
    ),
)
DESIGNED = Layout(
    "design.adopted",
    "Adopt a solution design",
    "How the measures together bring the system to the desired level of security. It takes the place of the last one.",
    (
        Group(
            "The version",
            (
                Ask(SUBJECT, "What is it called?"),
                Ask("facts.assessment", "From which assessment does it follow?", " "),
                Ask(OCCURRED, "When was it adopted?"),
                Ask("facts.effective", "From when does it count?", "It may lie ahead."),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What treats what",
            (
                Ask(
                    "facts.traces",
                    "Which risk is treated by which measures?",
                    "Begun under Risks, this has every risk that a measure in force treats.",
                    parts=(Ask("risk", "The risk"), Ask("measures", "The measures that treat it")),
                ),
                Ask("text.summary", "How do the measures work together?", "In a few sentences."),
                Ask(FILES, "The design itself"),
            ),
        ),
    ),
    replaces=True,
)
LAYOUTS = (COMPLETED, REVIEWED, DISMISSED, SETTLED, DESIGNED)
