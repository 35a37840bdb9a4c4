"""Forms made by hand: senior management weighs something, and what is done because of it."""

from __future__ import annotations

from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

PLANNED = Layout(
    "action.planned",
    "Plan an action",
    "Something that is to be done by a day, because a recommendation, a gap or an incident asks for it.",
    (
        Group(
            "The action",
            (
                Ask(SUBJECT, "What is it called?", "A new name, which begins with action/."),
                Ask("facts.of", "What does it answer?", "Such as the audit."),
                Ask("facts.part", "Which part of that?", "Such as the recommendation, by its name."),
                Ask("text.description", "What is to be done?"),
                Ask("facts.owner", "Who answers for it?", "A role or post."),
                Ask("facts.due", "By which day?", " "),
                Ask(OCCURRED, "When was it planned?"),
                Ask(LICENCES),
                Ask(FILES, "What describes it?"),
            ),
        ),
    ),
)
COMPLETED = Layout(
    "action.completed",
    "Complete an action",
    "An action was done. Somebody else then checks whether it had its effect.",
    (
        Group(
            "What was done",
            (
                Ask(SUBJECT, "Which action?"),
                Ask("text.note", "What was done?"),
                Ask(FILES, "What shows it?", "At least one file."),
                Ask(
                    "facts.effective",
                    "Was it checked to have had its effect?",
                    "A check by somebody else is a record of its own.",
                    (("true", "Yes"), ("false", "Not yet")),
                ),
                Ask(OCCURRED, "When was it done?"),
                Ask(LICENCES),
            ),
        ),
    ),
)
ASSESSED = Layout(
    "action.assessed",
    "Check whether an action had its effect",
    "Somebody other than who completed it looks. A check by the same person counts for nothing.",
    (
        Group(
            "The check",
            (
                Ask(SUBJECT, "Which action?"),
                Ask(
                    "facts.effective",
                    "Did it have its effect?",
                    " ",
                    (("yes", "Yes"), ("partly", "In part"), ("no", "No")),
                ),
                Ask("text.check", "What was looked at, and what was found?"),
                Ask(FILES, "What shows it?", "At least one file."),
                Ask(OCCURRED, "When was it checked?"),
                Ask(LICENCES),
            ),
        ),
    ),
)
LAYOUTS = (PLANNED, COMPLETED, ASSESSED)
