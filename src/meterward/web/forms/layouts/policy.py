"""Forms made by hand: the policy's versions and reviews, and what senior management considered."""

from __future__ import annotations

from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

_WHOLE = Ask(
    "facts.whole", "What lay before them?", " ", (("true", "The whole document"), ("false", "A summary, or a part"))
)
ISSUED = Layout(
    "policy.issued",
    "Issue a version of the policy",
    "A version of the information security policy was approved. It takes the place of the version before.",
    (
        Group(
            "The version",
            (
                Ask(SUBJECT, "What is the version called?", "The next number unless you say otherwise."),
                Ask("text.title", "Its title", "Title and version, as the document has them."),
                Ask(OCCURRED, "When was it approved?"),
                Ask("facts.effective", "From when is it in effect?", "It may lie ahead."),
                Ask(LICENCES),
                Ask(FILES, "The policy itself", "Attach the document."),
            ),
        ),
        Group(
            "What it rests on and says",
            (
                Ask("facts.assessment", "On which risk assessment is it based?", " "),
                Ask(
                    "facts.provisions",
                    "What does it make provision for?",
                    "The four things that the condition asks of a policy.",
                    (
                        ("risk_treatment", "Treating the risks that were found"),
                        ("access", "Restricting access"),
                        ("incidents", "Managing incidents"),
                        ("continuity", "Continuity and recovery"),
                    ),
                ),
                Ask(
                    "facts.addresses",
                    "Of what does it say how to operate securely?",
                    "Each part of the system, and the harm that it guards against.",
                    (),
                    "addresses",
                ),
                Ask(
                    "facts.statements",
                    "What are its statements?",
                    "A short name on each line, such as access-by-role. Each is to be given effect to.",
                ),
            ),
        ),
        Group("Why", (Ask("text.change", "What changed, and why?", "For the first version: how it came about."),)),
    ),
    replaces=True,
)
REVIEWED = Layout(
    "policy.reviewed",
    "Record a review of the policy",
    "A version of the policy was looked at again, as a whole or because something happened, even if nothing changes.",
    (
        Group(
            "The review",
            (
                Ask(SUBJECT, "Which version was reviewed?"),
                Ask(OCCURRED, "When was the review concluded?"),
                Ask(
                    "facts.events",
                    "What does it answer?",
                    "The incidents, audits, directions or changes that it looks into; none for a review of the whole.",
                ),
                Ask(
                    "facts.decision",
                    "What was decided?",
                    " ",
                    (("keep", "Keep it as it is"), ("amend", "Amend it: a new version follows")),
                ),
                Ask("text.conclusion", "What was considered and concluded?", "In a few sentences."),
                Ask(LICENCES),
                Ask(FILES, "The minute or report of the review"),
            ),
        ),
    ),
)
CONSIDERED = Layout(
    "management.considered",
    "Record that senior management considered something",
    "Members of senior management weighed a policy version or an audit report. Approval is not asked for.",
    (
        Group(
            "What, when and who",
            (
                Ask(SUBJECT, "What was considered?", "The policy version, or the audit."),
                Ask(OCCURRED, "When was it considered?"),
                Ask("facts.members", "Who considered it?", "The members of senior management who did.", (), "members"),
                _WHOLE,
                Ask("text.minute", "What was weighed and concluded?", "As the minute has it, in brief."),
                Ask(LICENCES),
                Ask(FILES, "The minute"),
            ),
        ),
    ),
)
INFORMED = Layout(
    "management.informed",
    "Record that something was brought to senior management",
    "A policy version or an audit report was put before members of senior management, who then consider it.",
    (
        Group(
            "What, when and who",
            (
                Ask(SUBJECT, "What was put before them?", "The policy version, or the audit."),
                Ask(OCCURRED, "When was that?"),
                Ask("facts.members", "Before whom?", "The members of senior management who have it.", (), "members"),
                _WHOLE,
                Ask("text.note", "How did it reach them?"),
                Ask(LICENCES),
                Ask(FILES, "What shows it?"),
            ),
        ),
    ),
)
LAYOUTS = (ISSUED, REVIEWED, CONSIDERED, INFORMED)
