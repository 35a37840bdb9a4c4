"""Forms made by hand: an element of the system, and several told at once."""

from __future__ import annotations

from dataclasses import replace

from meterward.present.system_words import CATEGORIES, OPERATORS
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

DECLARED = Layout(
    "element.declared",
    "Tell of an element of the system",
    "Equipment, a network or a business process that belongs to the Supplier End-to-End System. It gets a row of the "
    "matrix, whose cells say what is still to be shown.",
    (
        Group(
            "What it is",
            (
                Ask(
                    "facts.label",
                    "What do people call it?",
                    "Such as “Head end of the north”. Of equipment, not people.",
                ),
                Ask(SUBJECT, "What is its short name?", "A new one, which begins with element/. It stays as it is."),
                Ask("facts.type", "What sort of thing is it?", " "),
                Ask(
                    "facts.categories",
                    "Which part of the system is it?",
                    "Several may apply. Software, and what belongs to several parts, is each of them.",
                    tuple((str(name), says) for name, says in CATEGORIES.items()),
                ),
                Ask("text.description", "What does it do?", "In a sentence."),
            ),
        ),
        Group(
            "Who operates it",
            (
                Ask("facts.operator", "Who operates it?", " ", tuple(OPERATORS.items())),
                Ask("facts.party", "Which organisation, if others do?", "Its name."),
                Ask(
                    "facts.assurance",
                    "What assures its security, if others operate it?",
                    " ",
                    (
                        ("none", "Nothing"),
                        ("contract", "The contract asks for it"),
                        ("certified", "It is certified"),
                        ("audited", "It is audited"),
                    ),
                ),
                Ask(
                    "facts.power",
                    "Is securing it within the licensee's power?",
                    "Where it is so only in part, what was done instead counts.",
                    (("within", "Yes"), ("limited", "Only in part")),
                ),
                Ask("text.limit", "What limits that power?", "Only where it is limited."),
            ),
        ),
        Group(
            "Where it lies",
            (
                Ask(
                    "facts.zone",
                    "In which zone?",
                    "What shares one level of protection. A name, such as control-centre.",
                ),
                Ask("facts.within", "Which element is it part of?", "Only if it lies in another."),
                Ask("facts.in_service", "Since when is it in service?", "It may lie ahead."),
                Ask(OCCURRED, "Of which day do you tell this?", "Not later than today."),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What it can do",
            (
                Ask(
                    "facts.offers", "Which security functions does it have?", "Tick all that are there, in use or not."
                ),
                Ask("facts.enabled", "Which of them are in use?", "What is there and not in use is shown as a gap."),
                Ask("facts.data", "Which data does it hold?", " "),
                Ask(
                    "facts.supply",
                    "What can it do to supply?",
                    "If it were misused, or failed.",
                    (
                        ("none", "Nothing"),
                        ("interferes", "Interfere with a service"),
                        ("interrupts", "Interrupt supply"),
                    ),
                ),
            ),
        ),
        Group(
            "Its software",
            (
                Ask("facts.bill", "The digest of its bill of materials", "Easier: import the bill, under System."),
                Ask("facts.components", "How many components does it list?", " "),
            ),
        ),
        Group("Files", (Ask(FILES, "What describes it?", "A data sheet or a drawing; the bill of materials."),)),
    ),
    today=(OCCURRED, "facts.in_service"),
)
_SOURCES = (
    ("by_hand", "Told by hand"),
    ("csv", "A table (CSV)"),
    ("xlsx", "A spreadsheet (XLSX)"),
    ("otm", "An Open Threat Model"),
    ("threagile", "A Threagile model"),
    ("cyclonedx", "A bill of materials (CycloneDX)"),
)
_TOLD = tuple(replace(one, path=one.path.removeprefix("facts.")) for one in DECLARED.asks() if "facts." in one.path)
DESCRIBED = Layout(
    "system.described",
    "Tell of elements, links and devices",
    "Each row says all that holds of what it names, from the day of the record on. Lists that you have are easier to "
    "import, under System.",
    (
        Group(
            "Since when, and from what",
            (
                Ask(OCCURRED, "Since when is it so?", "Not later than today."),
                Ask("facts.source", "What was it taken from?", " ", _SOURCES),
                Ask(LICENCES),
            ),
        ),
        Group(
            "Elements",
            (
                Ask(
                    "facts.elements",
                    "Which elements are as follows?",
                    "Everything that holds of each: what is left empty here is not said any more.",
                    parts=(
                        Ask("element", "Its short name", "As it is known already, or a new one: element/…"),
                        Ask("told", "What is told of it", " ", parts=_TOLD),
                    ),
                ),
            ),
        ),
        Group(
            "Links and devices",
            (
                Ask("facts.links", "Which links are as follows?", "None, unless they change.", begins_empty=True),
                Ask("facts.populations", "Which groups of devices?", "None, unless they change.", begins_empty=True),
            ),
        ),
        Group(
            "What is gone", (Ask("facts.gone", "What is no longer there?", "A name on each line, as element/poller."),)
        ),
        Group("Why", (Ask("text.note", "What is it due to?", "In a sentence."), Ask(FILES, "What shows it?"))),
        Group(
            "If it is told in several parts",
            (
                Ask("facts.part", "Which part is this?", " "),
                Ask("facts.parts", "Of how many?", " "),
                Ask("facts.telling", "Which telling of its day is it?", "The later takes the place of the earlier."),
            ),
        ),
    ),
)
LAYOUTS = (DECLARED, DESCRIBED)
