"""Forms made by hand: measures against risks, how far they are, and treatments and acceptances."""

from __future__ import annotations

from meterward.present.risk_words import OPTIONS, PROGRESS
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

_STRENGTHS = (
    ("claimed", "Claimed: somebody says so. That lowers no risk"),
    ("evidenced", "Evidenced: a document shows it"),
    ("checked", "Checked: somebody else looked at it"),
    ("audited", "Audited: an auditor looked at it"),
)


def _said(*options: str) -> tuple[tuple[str, str], ...]:
    """Treatments as they are chosen from, each with what it means."""
    return tuple((one, f"{OPTIONS[one].word}: {_lower(OPTIONS[one].says)}") for one in options)


def _lower(says: str) -> str:
    return f"{says[:1].lower()}{says[1:].removesuffix('.')}"


_STATES = tuple((str(name), f"{one.word}: {_lower(one.says)}") for name, one in PROGRESS.items() if name != "planned")
MEASURE = Layout(
    "measure.planned",
    "Plan a measure",
    "Something that is to be done about risks. It lowers them from the day on which it is shown to operate.",
    (
        Group(
            "The measure",
            (
                Ask("facts.label", "What is it called?", "Such as “Two people release every bulk command”."),
                Ask(SUBJECT, "What is its short name?", "A new one, which begins with measure/."),
                Ask("text.description", "What is done?", "And how it will be shown to work."),
                Ask("facts.option", "What does it do about the risk?", " ", _said("modify", "avoid", "share")),
                Ask(
                    "facts.effects",
                    "Which risks is it there for?",
                    "Each with by how many levels it lowers it, once it works.",
                    parts=(
                        Ask("risk", "Risk"),
                        Ask("likelihood", "Levels less of likelihood", " "),
                        Ask("consequence", "Levels less of the consequences", " "),
                    ),
                ),
            ),
        ),
        Group(
            "Who and when",
            (
                Ask("facts.owner", "Who answers for it?", "By pseudonym, such as p-07."),
                Ask("facts.starts", "When does work on it begin?", "If that is known."),
                Ask("facts.due", "By which day does it operate?", "After that it is late."),
                Ask(OCCURRED, "When was it planned?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What it takes",
            (
                Ask("facts.cost", "What does it cost once?", "In pounds."),
                Ask("facts.cost_yearly", "What does it cost each year?", "In pounds."),
                Ask("facts.controls", "Which controls does it realise?", "A line each, such as iso27001-2022/A.8.24."),
                Ask("facts.elements", "At which elements is it done?", " "),
                Ask(FILES, "What describes it?"),
            ),
        ),
    ),
)
PROGRESSED = Layout(
    "measure.progressed",
    "Say how far a measure is",
    "A measure was begun, operates, was found to work or not to work, or was given up. The latest word counts; a claim "
    "alone lowers no risk.",
    (
        Group(
            "How far it is",
            (
                Ask(SUBJECT, "Which measure?"),
                Ask(
                    "facts.state",
                    "How far is it?",
                    " ",
                    _STATES,
                ),
                Ask("facts.strength", "How is that shown?", "All but a claim needs a file.", _STRENGTHS),
                Ask("text.note", "What was done or looked at?", "And what was found."),
                Ask(OCCURRED, "When was that?"),
                Ask(LICENCES),
                Ask(FILES, "What shows it?", "Attach the proof, unless it is a claim."),
            ),
        ),
    ),
)
TREATED = Layout(
    "risk.treated",
    "Treat or accept a risk",
    "What is done about a risk above appetite. Only senior management accepts one, for a time, and says why.",
    (
        Group(
            "The risk",
            (
                Ask(SUBJECT, "Which risk, or of which assessment?"),
                Ask("facts.risk", "What does the register call it?", "What stands after risk/, such as R-07."),
            ),
        ),
        Group(
            "The decision",
            (
                Ask("facts.option", "What is done?", " ", _said(*OPTIONS)),
                Ask("facts.accepted_until", "Until when is it accepted?", "The last day of an acceptance; only then."),
                Ask("text.measures", "What is done, or why is it accepted?"),
                Ask(OCCURRED, "When was it decided?"),
                Ask(LICENCES),
                Ask(FILES, "The paper of the decision"),
            ),
        ),
    ),
)
LAYOUTS = (MEASURE, PROGRESSED, TREATED)
