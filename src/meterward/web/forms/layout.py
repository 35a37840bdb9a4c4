"""What the form of a kind looks like: questions in an order, in groups. Generated from the declaration, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.present.kind_words import says_of, title_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind

SUBJECT, OCCURRED, LICENCES, FILES = "statement.subject", "statement.occurred", "statement.licences", "files"
ABOUT = "statement.licensee"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a form: what it asks for, by its place in a line, and how it is put."""

    path: str
    label: str = ""
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """How each choice reads, where its own name says too little."""
    offers: str = ""
    """What is offered: `states`, `questions`, `aspects`, `members`, `addresses`, `recommendations`, `requirements`,
    the `cells` of the matrix of Z.6, the `roles` of the ledger's own people, those of the author (`acting`) or the
    `others`, or the `likelihoods` and `levels` of the context's scales in words."""
    parts: tuple[Ask, ...] = ()
    """How the fields of a group, or of each row of a list, are asked for; others as they are declared."""
    begins_empty: bool = False
    """Whether a list has no row until somebody adds one."""
    never_none: bool = False
    """Whether it makes no sense that there are none, so that this is not offered."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    title: str
    asks: tuple[Ask, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of a kind."""

    kind: str
    title: str
    says: str
    groups: tuple[Group, ...]
    today: tuple[str, ...] = (OCCURRED,)
    """The days that are today's unless something else is said."""
    replaces: bool = False
    """Whether a new one takes the place of the last, unless something else is said."""

    def asks(self) -> Iterator[Ask]:
        """Every question, in order."""
        for group in self.groups:
            yield from group.asks


def generated(kind: Kind[Any]) -> Layout:
    """The form that a kind's declaration gives by itself."""
    asks = [_ask(kind, field) for field in kind.fields]
    about = (*((Ask(SUBJECT),) if has_subject(kind) else ()), Ask(OCCURRED), Ask(LICENCES))
    groups = [
        Group("What it is about", about),
        Group("What is recorded", tuple(asks)),
        Group("In words", tuple(Ask(f"text.{name}") for name in kind.text), "Texts can be erased later; facts cannot."),
        Group("Files", (Ask(FILES),)),
    ]
    return Layout(kind.name, title_of(kind.name), says_of(kind), tuple(group for group in groups if group.asks))


def has_subject(kind: Kind[Any]) -> bool:
    """Whether records of a kind are about something."""
    return bool(kind.introduces or kind.about)


def _ask(kind: Kind[Any], field: Field) -> Ask:
    """The question of a field. What the field means is not said once more where the question is the same."""
    label = _ASKED.get((kind.name, field.name), "")
    says = " " if label and label.rstrip("?") == field.says.rstrip(".") else _help(field, kind.example.get(field.name))
    return Ask(f"facts.{field.name}", label, says, offers=_OFFERED.get((kind.name, field.name), ""))


def _help(field: Field, example: Json) -> str:
    """What a field means, and what it looks like where that is not plain."""
    if field.choices or field.ref or field.inner or field.shape in ("day", "true or false") or "such as" in field.says:
        return field.says
    shown = example[0] if isinstance(example, list) and example else example
    return f"{field.says} Such as {shown}." if isinstance(shown, str | int) else field.says


def label_of(ask: Ask) -> str:
    """The question as it is put."""
    return ask.label or _LABELS.get(ask.path) or words(ask.path.rpartition(".")[2]).capitalize()


_LABELS: Mapping[str, str] = {
    SUBJECT: "What is it about?",
    OCCURRED: "On which day was it?",
    LICENCES: "For which licences does it count?",
    ABOUT: "Which organisation is it about?",
    FILES: "Which files show it?",
}
_OFFERED: Mapping[tuple[str, str], str] = {
    ("role.appointed", "role"): "roles",
    ("delegation.given", "role"): "acting",
    ("glass.broken", "role"): "others",
}
"""What is offered where a field has more choices than one ledger has."""
_ASKED: Mapping[tuple[str, str], str] = {
    ("evidence.requested", "by"): "Who asks?",
    ("evidence.requested", "clauses"): "Which clauses is it about?",
    ("evidence.requested", "due"): "By which day?",
    ("document.received", "by"): "How did it come?",
    ("delegation.given", "person"): "To whom?",
    ("delegation.given", "role"): "Which of your roles?",
    ("delegation.given", "valid_to"): "Until which day?",
    ("delegation.given", "valid_from"): "From which day?",
    ("glass.broken", "role"): "Which role do you take?",
    ("glass.broken", "valid_to"): "Until which day?",
    ("glass.reviewed", "justified"): "Was it justified?",
}
"""How a field is asked for whose name alone says too little."""
