"""Forms made by hand: an audit from its engagement to what the auditors find."""

from __future__ import annotations

from meterward.present.audit_words import APPROACHES, GRADES
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

GRADE_CHOICES = tuple((name, words[2]) for name, words in GRADES.items())
AUDIT = Ask(SUBJECT, "Which audit?")
ENGAGED = Layout(
    "audit.engaged",
    "Engage auditors",
    "An organisation is engaged for a security audit. The engagement is entered in its ledger too, if it has one here.",
    (
        Group(
            "The engagement",
            (
                Ask("facts.organisation", "Who audits?", "The auditors' organisation by name, such as auditor-a."),
                Ask(SUBJECT, "What is the audit called?", "A new name, which begins with audit/."),
                Ask("text.terms", "On which terms?"),
                Ask(OCCURRED, "When were they engaged?"),
                Ask(LICENCES),
                Ask(FILES, "The engagement letter"),
            ),
        ),
        Group(
            "Independence",
            (
                Ask(
                    "facts.independence",
                    "Did they declare that they are independent?",
                    " ",
                    (("declared", "Yes"), ("not_declared", "No, or not yet")),
                ),
                Ask("facts.interests", "What else ties them to the licensee?", "A line each, by a short name."),
                Ask("facts.other_work", "Which other work did they do, or do?", "With its days.", begins_empty=True),
            ),
            "Where anything is named here, somebody entitled has to judge whether they are independent.",
        ),
    ),
)
SCOPED = Layout(
    "audit.scoped",
    "Plan an audit",
    "When you are there, and how you look at each clause. The licensee sees the plan. A new plan takes the last one's "
    "place.",
    (
        Group(
            "The audit and its days",
            (
                AUDIT,
                Ask("facts.fieldwork_start", "When does the fieldwork begin?", " "),
                Ask("facts.fieldwork_end", "When does it end?", " "),
                Ask("facts.report_by", "By when do you promise the report?", "If you do."),
                Ask("text.plan", "The plan in words"),
                Ask(OCCURRED, "When was it planned?"),
                Ask(LICENCES),
                Ask(FILES, "Papers of the plan"),
            ),
        ),
        Group(
            "The scope",
            (
                Ask(
                    "facts.rows",
                    "What is looked at?",
                    "Z.15(a) asks for every clause from Z.4 to Z.16.",
                    parts=(
                        Ask("clause", "Clause", " "),
                        Ask("approach", "How?", " ", tuple(APPROACHES.items())),
                        Ask("elements", "At which elements?", "A line each; none means all of them."),
                    ),
                ),
            ),
        ),
    ),
)
ASKED = Layout(
    "audit.asked",
    "Ask for evidence",
    "You ask the licensee for evidence. It sees the request at once, and the day by which you want an answer.",
    (
        Group(
            "The request",
            (
                Ask("facts.audit", "For which audit?", " "),
                Ask(SUBJECT, "What is the request called?", "A new name, which begins with enquiry/."),
                Ask(
                    "facts.items",
                    "What do you want to see?",
                    " ",
                    parts=(
                        Ask("name", "Name", "Such as item-1."),
                        Ask("says", "What", " "),
                        Ask("clause", "Clause", " "),
                    ),
                    never_none=True,
                ),
                Ask("facts.due", "By which day?", " "),
                Ask("text.request", "In words"),
                Ask(OCCURRED, "When did you ask?"),
                Ask(LICENCES),
                Ask(FILES, "Papers of the request"),
            ),
        ),
    ),
)
ANSWERED = Layout(
    "audit.answered",
    "Answer the auditors",
    "You answer a request of your auditors: by entries of the ledger, a bundle, or files.",
    (
        Group(
            "The answer",
            (
                Ask(SUBJECT, "Which request?"),
                Ask("facts.auditor", "Whose request is it?", "The auditors' organisation by name."),
                Ask("facts.items", "What do you answer?", "The names of things in the request, a line each."),
                Ask("facts.entries", "Which entries of the ledger show it?", "Their numbers, a line each."),
                Ask(FILES, "Files or a bundle", "Where entries do not show it by themselves."),
                Ask("text.answer", "In words"),
                Ask(
                    "facts.complete",
                    "Is that everything that was asked for?",
                    " ",
                    (("true", "Yes"), ("false", "No, more will follow")),
                ),
                Ask(OCCURRED, "When did you answer?"),
                Ask(LICENCES),
            ),
        ),
    ),
)
TESTED = Layout(
    "test.performed",
    "Record a test",
    "What you tested and how it came out. It stays in your ledger; the report tells how many tests came out how.",
    (
        Group(
            "The test",
            (
                Ask("facts.audit", "For which audit?", " "),
                Ask(SUBJECT, "What is the test called?", "A new name, which begins with test/."),
                Ask("facts.clause", "Which clause?", "Such as Z.10(b)."),
                Ask("facts.elements", "At which elements?", "A line each."),
                Ask("facts.method", "How did you test?", " "),
                Ask("facts.sample", "On which sample?", "If it was done on one."),
                Ask("facts.papers", "Which papers show it?", " "),
                Ask("text.procedure", "What did you do?"),
                Ask(OCCURRED, "When was that?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "How it came out",
            (
                Ask(
                    "facts.result",
                    "What did you find?",
                    " ",
                    (
                        ("as_designed", "It works as designed"),
                        ("exception", "An exception"),
                        ("not_performed", "It could not be performed"),
                    ),
                ),
                Ask("text.outcome", "In words", "Needed unless it works as designed."),
                Ask(FILES, "What shows it beside the papers?"),
            ),
        ),
    ),
)
FOUND = Layout(
    "finding.made",
    "Make a finding",
    "It stays in your ledger until you report it: the report's form takes it over as it is.",
    (
        Group(
            "The finding",
            (
                Ask("facts.audit", "For which audit?", " "),
                Ask(SUBJECT, "What is its short name?", "A new one, which begins with finding/."),
                Ask("facts.label", "What is it called?", " "),
                Ask("facts.clause", "Which clause?", "Such as Z.10(b)."),
                Ask("facts.grade", "How grave is it?", " ", GRADE_CHOICES),
                Ask("facts.tests", "Which tests does it rest on?", " "),
                Ask(OCCURRED, "When did you make it?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "In words",
            (
                Ask("text.criteria", "What was to be expected?"),
                Ask("text.condition", "What did you find?"),
                Ask("text.cause", "Why is it so?"),
                Ask("text.effect", "What does it come to?"),
            ),
        ),
        Group(
            "What follows",
            (
                Ask(
                    "facts.recommendation", "Which recommendation follows?", "A short name, such as rec-1; if any does."
                ),
                Ask("text.recommendation", "What do you recommend?"),
                Ask(FILES, "What shows the finding beside its tests?"),
            ),
        ),
    ),
)
LAYOUTS = (ENGAGED, SCOPED, ASKED, ANSWERED, TESTED, FOUND)
