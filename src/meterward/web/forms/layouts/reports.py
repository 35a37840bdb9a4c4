"""Forms made by hand: the report on an audit, and what the licensee says of the facts in its draft."""

from __future__ import annotations

from meterward.present.audit_words import ANSWERS, FOLLOWED, QUESTIONS
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, Ask, Group, Layout
from meterward.web.forms.layouts.audits import AUDIT, GRADE_CHOICES

REPORTED = Layout(
    "audit.reported",
    "Report on an audit",
    "A draft goes to the licensee to be checked for its facts. The final report is the audit: the law counts its day.",
    (
        Group(
            "The report",
            (
                AUDIT,
                Ask("facts.status", "Draft or final?", " ", (("draft", "A draft"), ("final", "The final report"))),
                Ask("facts.author", "Who wrote it?", "The auditors' organisation."),
                Ask("facts.addressee", "To whom is it addressed?", "Z.15(b) asks for the licensee."),
                Ask("facts.fieldwork_start", "When did the fieldwork begin?", " "),
                Ask("facts.fieldwork_end", "When did it end?", " "),
                Ask("facts.coverage", "Which clauses does it assess?", "A line each, from Z.4 to Z.16."),
                Ask("text.summary", "In brief"),
                Ask(OCCURRED, "Which day does it bear?"),
                Ask(LICENCES),
                Ask(FILES, "The report itself"),
            ),
        ),
        Group(
            "Opinions",
            (
                Ask(
                    "facts.opinions",
                    "What do you think?",
                    "One opinion on each of the five questions.",
                    parts=(
                        Ask("question", "Question", " ", tuple(QUESTIONS.items())),
                        Ask("answer", "Opinion", " ", tuple((name, words[2]) for name, words in ANSWERS.items())),
                    ),
                ),
                Ask("text.opinions", "The opinions in words"),
            ),
        ),
        Group(
            "Findings and tests",
            (
                Ask(
                    "facts.findings",
                    "Which findings does it tell?",
                    " ",
                    parts=(
                        Ask("name", "Name", " "),
                        Ask("clause", "Clause", " "),
                        Ask("grade", "Grade", " ", GRADE_CHOICES),
                    ),
                    begins_empty=True,
                ),
                Ask("text.findings", "The findings in words"),
                Ask("facts.tests", "How did the tests come out?", "Clause by clause.", begins_empty=True),
            ),
        ),
        Group(
            "Recommendations",
            (
                Ask("facts.recommendations", "What does it recommend?", "By short names, a line each."),
                Ask("text.recommendations", "The recommendations in words"),
                Ask(
                    "facts.follow_up",
                    "What became of earlier recommendations?",
                    " ",
                    parts=(
                        Ask("audit", "Audit", " "),
                        Ask("recommendation", "Recommendation", " "),
                        Ask("state", "It is", " ", tuple(FOLLOWED.items())),
                    ),
                    begins_empty=True,
                ),
            ),
        ),
        Group(
            "What it rests on",
            (
                Ask("facts.ledger_size", "How many entries had the licensee's ledger?", " "),
                Ask("facts.ledger_root", "What was its root hash then?", " "),
            ),
        ),
    ),
)
COMMENTED = Layout(
    "report.commented",
    "Check a draft report for its facts",
    "You tell the auditors which facts in their draft are wrong. What they think of the facts is theirs to say.",
    (
        Group(
            "The draft",
            (
                AUDIT,
                Ask("facts.auditor", "Whose draft is it?", "The auditors' organisation by name."),
                Ask(
                    "facts.accuracy",
                    "Are its facts right?",
                    " ",
                    (("agreed", "Yes, they are agreed"), ("corrections", "Not all of them")),
                ),
                Ask("facts.points", "Which parts are wrong?", "Such as finding-1, a line each."),
                Ask("text.said", "What does the draft say?", "Point by point."),
                Ask("text.proposed", "What should it say?", "And what shows that."),
                Ask(OCCURRED, "When did you comment?"),
                Ask(LICENCES),
                Ask(FILES, "What shows it?"),
            ),
        ),
    ),
)
LAYOUTS = (REPORTED, COMMENTED)
