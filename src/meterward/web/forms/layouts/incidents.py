"""Forms made by hand: incidents, and actions that were done."""

from __future__ import annotations

from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

INCIDENT = Layout(
    "incident.recorded",
    "Record an incident",
    "A security incident on the system, or in relation to it. The policy is then to be reviewed in its light.",
    (
        Group(
            "What happened",
            (
                Ask(SUBJECT, "What is it called?", "The next number unless you say otherwise."),
                Ask("facts.detected", "When was it detected?", " "),
                Ask(OCCURRED, "When did it happen?", "The day of the incident, not later than today."),
                Ask(
                    "facts.severity", "How grave was it?", " ", (("low", "Low"), ("medium", "Medium"), ("high", "High"))
                ),
                Ask(
                    "facts.affected", "Which elements were affected?", "One in each row; none if that is not known yet."
                ),
                Ask(
                    "text.description",
                    "What happened, and what was done?",
                    "In a few sentences, without names of people.",
                ),
                Ask(LICENCES),
                Ask(FILES, "The incident report"),
            ),
        ),
    ),
    today=(OCCURRED, "facts.detected"),
)
COMPLETED = Layout(
    "action.completed",
    "Record that an action was done",
    "A planned action is completed. The proof is attached: without it the action stays open.",
    (
        Group(
            "What was done",
            (
                Ask(SUBJECT, "Which action?"),
                Ask(OCCURRED, "When was it done?"),
                Ask("text.note", "What was done?", "In a sentence or two."),
                Ask(FILES, "What shows it?", "At least one file: a report, a change record, a photograph."),
                Ask(
                    "facts.effective",
                    "Did it have its effect?",
                    "Whether somebody checked that it did what it was for.",
                    (("true", "Yes, that was checked"), ("false", "Not checked yet")),
                ),
                Ask(LICENCES),
            ),
        ),
    ),
)
LAYOUTS = (INCIDENT, COMPLETED)
