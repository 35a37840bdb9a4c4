"""Forms made by hand: contracts with who delivers and operates, tests of what came, and the plan of the roll-out."""

from __future__ import annotations

from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

CONTRACT = Layout(
    "contract.agreed",
    "Record a contract",
    "What a vendor or an operator agreed to about the security of elements of the system.",
    (
        Group(
            "The contract",
            (
                Ask(SUBJECT, "What is it called?", "A short name after contract/, such as contract/head-end-2014."),
                Ask("facts.party", "Who is the other side?", "The organisation, such as carrier-a; no person."),
                Ask("facts.elements", "Which elements does it deliver or operate?", "One in each row."),
                Ask(OCCURRED, "When was it agreed?"),
                Ask("facts.first", "From which day does it bind?", "It may lie ahead."),
                Ask("facts.last", "Until which day?", "Its last day, if it names one."),
                Ask(LICENCES),
                Ask(FILES, "The contract itself", "Or the part of it that is about security."),
            ),
        ),
        Group(
            "The security that it asks for",
            (
                Ask(
                    "facts.requirements",
                    "Which requirements does it make?",
                    "Each with a short name, by which tests say how it came out. None, if it makes none.",
                ),
                Ask(
                    "facts.may_audit",
                    "May the licensee audit the other side?",
                    "Itself, or through an auditor.",
                    (("true", "Yes, it may"), ("false", "No")),
                ),
                Ask(
                    "facts.notice_hours",
                    "Within how many hours is it told of an incident?",
                    "As the contract has it, if it names a time.",
                ),
                Ask("text.note", "What else does it say of security?", "And what it leaves open."),
            ),
        ),
    ),
    today=(OCCURRED, "facts.first"),
)
TEST = Layout(
    "acceptance.tested",
    "Record an acceptance test",
    "What was delivered was tested against the security requirements of its contract. The last test of each counts.",
    (
        Group(
            "What was tested",
            (
                Ask(SUBJECT, "Under which contract was it delivered?"),
                Ask("facts.delivery", "What was delivered?", "A model, a firmware or a release, such as release-4.2."),
                Ask(OCCURRED, "When was it tested?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "How it came out",
            (
                Ask(
                    "facts.results",
                    "Which requirements were tested?",
                    "By their names in the contract, each with its outcome.",
                ),
                Ask(
                    "facts.accepted",
                    "Was the delivery accepted?",
                    "What failed may be accepted for a reason, which the words below give.",
                    (("true", "Yes"), ("false", "No")),
                ),
                Ask("text.note", "How was it tested?", "And why it was accepted, if something failed."),
                Ask(FILES, "The report of the test", "At least one file."),
            ),
        ),
    ),
)
PLAN = Layout(
    "rollout.planned",
    "Tell the plan of the roll-out",
    "How many devices are to be in service by when. A later plan takes this one's place.",
    (
        Group(
            "The plan",
            (
                Ask(SUBJECT, "Of what is it the plan?", "Of the system as a whole."),
                Ask(
                    "facts.milestones",
                    "By when are how many in service?",
                    "In the order of days; each counts the devices of before in.",
                ),
                Ask(OCCURRED, "When was it made?"),
                Ask(LICENCES),
                Ask("text.note", "What does it rest on?", "In a sentence or two."),
                Ask(FILES, "The plan itself"),
            ),
        ),
    ),
)
LAYOUTS = (CONTRACT, TEST, PLAN)
