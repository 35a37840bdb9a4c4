"""The rows of a form as a page shows them: each question with what was typed, what is offered, and what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code
from meterward.core.records.body import LONGEST_TEXT
from meterward.core.records.kinds import audit_engaged, licensee_listed
from meterward.present.kind_words import kinds_titled, words
from meterward.web.forms import typed as reading
from meterward.web.forms.known import LEVELS, MOST_OFFERED, Option
from meterward.web.forms.layout import ABOUT, FILES, LICENCES, OCCURRED, SUBJECT, Ask, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind
    from meterward.usecases.compose_line import Typed
    from meterward.web.forms.known import Known
    from meterward.web.forms.layout import Layout

_MOST_RADIOS = 6
_MOST_CHOICES = 3_000
"""So many choices a list of rows offers in all; beyond that names are typed, as a page would grow too large."""
_AS_A_LINE_HAS_IT = re.compile(r",? (?:in|without) quotes(?=\.)")
"""What a hint says of how a value stands in a line; a form puts it there."""
_NAMING = (audit_engaged.KIND, licensee_listed.KIND)
"""The kinds by which somebody tells of an organisation that is not known in a ledger yet."""
_YES_NO = (Option("true", "Yes"), Option("false", "No"))


@dataclass(slots=True)
class Row:
    """One question of a form."""

    path: str
    """Where the answer stands in a line, as a problem names it: `facts.requirements[0].due`."""
    label: str
    help: str
    widget: str
    """`day`, `text`, `lines`, `long`, `count`, `radio`, `boxes`, `select`, `group`, `rows` or `files`."""
    needed: bool
    values: Sequence[str] = ()
    options: Sequence[Option] = ()
    inner: Sequence[Row] = ()
    none: bool | None = None
    """Whether an empty list was said to be meant; None if that is not asked."""
    problems: list[Problem] = field(default_factory=list)
    within: str = ""
    """What the group or the row is called in which it is asked; empty outside of any."""

    @property
    def name(self) -> str:
        """The name under which a browser sends it."""
        return re.sub(r"\[(\d+)\]", r".\1", self.path)

    @property
    def id(self) -> str:
        """The name of its place in the page."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.path)

    @property
    def value(self) -> str:
        """What was typed, if it is one thing."""
        return self.values[0] if self.values else ""

    def said(self, problem: Problem) -> str:
        """What a problem says beside the question. What is missing is named: nothing else stands there to be seen."""
        if problem.code is Code.FIELD_MISSING and problem.message.startswith("It "):
            return f"“{self.label}” {problem.message.removeprefix('It ')} {self.hint(problem)}"
        return f"{problem.message} {self.hint(problem)}"

    def hint(self, problem: Problem) -> str:
        """What to do about a problem; of a list that may be empty, also how to say that it is."""
        if problem.code is Code.FIELD_MISSING and self.none is not None:
            return "Add to it, or tick that there are none."
        return problem.hint

    @property
    def choices(self) -> list[Option]:
        """What can be chosen, with what was typed even if nobody offers it."""
        known = {option.value for option in self.options}
        return [*self.options, *(Option(value, f"{value} (unknown)") for value in self.values if value not in known)]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together."""

    title: str
    says: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form, and what is wrong with it beside no field."""

    sections: Sequence[Section]
    problems: Sequence[Problem]
    beside: Sequence[tuple[Row, Problem]]
    """The problems that stand beside fields, in the order of the fields."""


def form_of(
    layout: Layout, kind: Kind[Any], typed: Mapping[str, Typed], known: Known, problems: Sequence[Problem] = ()
) -> Form:
    """The form of a kind with what was typed so far."""
    maker = _Maker(kind, known, layout)
    sections = [
        Section(group.title, group.says, [maker.row(ask, typed) for ask in group.asks]) for group in layout.groups
    ]
    rows = [row for section in sections for row in section.rows]
    left = [one for one in map(_to_a_person, problems) if not _place(one, rows)]
    return Form(sections, left, list(_beside(rows)))


def _to_a_person(problem: Problem) -> Problem:
    """A problem as somebody who fills in a form reads it, who sees neither lines nor the names of kinds."""
    hint = _AS_A_LINE_HAS_IT.sub("", problem.hint)
    return replace(problem, message=kinds_titled(problem.message), hint=kinds_titled(hint))


def _beside(rows: Sequence[Row]) -> Iterator[tuple[Row, Problem]]:
    for row in rows:
        yield from ((row, problem) for problem in row.problems)
        yield from _beside(row.inner)


def _place(problem: Problem, rows: Sequence[Row]) -> bool:
    """Put a problem beside the innermost row that it is about; False if it is about none."""
    for row in rows:
        if _within(problem.field, row.path) or (row.path == "acting" and problem.field.startswith("statement.actor")):
            if not _place(problem, row.inner):
                row.problems.append(problem)
            return True
    return False


def _within(place: str, path: str) -> bool:
    return place == path or (place.startswith(path) and place[len(path)] in ".[")


@dataclass(frozen=True, slots=True)
class _Maker:
    kind: Kind[Any]
    known: Known
    layout: Layout

    def row(self, ask: Ask, typed: Mapping[str, Typed]) -> Row:
        """The row of a question, with what was typed. Who holds no licence is asked whom a record is about."""
        if ask.path == LICENCES and self.known.about:
            ask = Ask(ABOUT)
        part, _, name = ask.path.partition(".")
        given = reading.group(typed.get(part))
        if part == "facts":
            declared = next(one for one in self.kind.fields if one.name == name)
            return self._fact(declared, ask.path, given.get(name), ask)
        if part == "text":
            needed = name in self.kind.needs_text
            value = reading.text(given.get(name))[:LONGEST_TEXT]
            return Row(ask.path, label_of(ask), ask.help or self.kind.text[name], "long", needed, [value])
        if ask.path == FILES:
            files = [Option(name, reading.text(digest)) for name, digest in given.items()]
            return Row(FILES, label_of(ask), ask.help or self._why_files(), "files", needed=False, options=files)
        return self._header(ask, given.get(name))

    def _header(self, ask: Ask, given: Typed | None) -> Row:
        text = reading.text(given)
        if ask.path == OCCURRED:
            asked = ask.help or "Not later than today; days that lie ahead belong further down."
            return Row(OCCURRED, label_of(ask), asked, "day", needed=True, values=[text])
        if ask.path == ABOUT:
            about = [Option(name, name) for name in self.known.about]
            chosen = [text] if text else []
            if self.kind in _NAMING:
                asked = "By the name that its own ledger has. It may be one that is not known here yet."
                return Row(ABOUT, label_of(ask), asked, "text", needed=True, values=chosen, options=about)
            return Row(ABOUT, label_of(ask), ask.help, _pick(about), needed=True, values=chosen, options=about)
        if ask.path == LICENCES:
            options = self.known.licences()
            chosen = reading.several(given)
            return Row(LICENCES, label_of(ask), ask.help, "boxes", needed=True, values=chosen, options=options)
        if self.kind.introduces:
            asked = ask.help or f"A new name, which begins with {self.kind.introduces}/. It stays as it is."
            return Row(SUBJECT, ask.label or "What is it called?", asked, "text", needed=True, values=[text])
        options = self.known.subjects(self.kind.about)
        chosen = [text] if text else []
        return Row(SUBJECT, label_of(ask), ask.help, _pick(options), needed=True, values=chosen, options=options)

    def _why_files(self) -> str:
        if self.kind.document:
            return "The act makes a document: attach it, so that it can be produced when somebody asks."
        return "What shows it. A claim without proof changes no status."

    def _fact(self, declared: Field, path: str, given: Typed | None, ask: Ask) -> Row:
        row = Row(path, label_of(ask), ask.help or declared.says, "text", declared.required)
        if declared.many:
            defaults = getattr(self.kind.facts, "_field_defaults", {})
            may_be_none = declared.required or defaults.get(declared.name, ()) is None
            if may_be_none and not declared.choices and not ask.never_none:
                row.none = isinstance(given, dict) and "none" in given
            self._many(row, declared, given, ask)
        elif declared.inner:
            row.widget, row.inner = "group", self._inner(declared, path, given, ask)
        else:
            self._single(row, declared, given, ask)
        return row

    def _single(self, row: Row, declared: Field, given: Typed | None, ask: Ask) -> None:
        text = reading.text(given)
        row.values = [text] if text else []
        row.options = self._options(declared, ask)
        if declared.shape in ("day", "count"):
            row.widget = "select" if row.options else declared.shape
        elif declared.ref or ask.offers in ("states", "questions"):
            row.widget = _pick(row.options)
        elif declared.choices or declared.shape == "true or false":
            row.widget = "radio" if len(row.options) <= _MOST_RADIOS else "select"

    def _many(self, row: Row, declared: Field, given: Typed | None, ask: Ask) -> None:
        row.options = self._options(declared, ask)
        if reading.is_lines(declared) and not row.options:
            row.widget, row.values = "lines", ["\n".join(reading.several(given))]
        elif declared.choices or reading.is_lines(declared):
            row.widget, row.values = "boxes", reading.several(given)
        else:
            rows = reading.rows_of(given) or ({"0": ""} if row.none is not True and not ask.begins_empty else {})
            one = _one_of(declared)
            row.widget = "rows"
            row.inner = [
                self._fact(one, f"{row.path}[{place}]", typed, self._each(row, place, ask))
                for place, typed in enumerate(rows.values())
            ]
            if len(row.inner) * len(row.options) > _MOST_CHOICES:
                for each in row.inner:
                    each.widget, each.options = "text", ()

    def _each(self, row: Row, place: int, ask: Ask) -> Ask:
        return Ask(row.path, f"{row.label.removesuffix('?')}, row {place + 1}", " ", ask.choices, "", ask.parts)

    def _inner(self, declared: Field, path: str, given: Typed | None, ask: Ask) -> list[Row]:
        """The fields of a group: those that the layout asks for in its order, then the others."""
        parts, asks = reading.group(given), {one.path: one for one in ask.parts}
        fields = {one.name: one for one in declared.inner}
        ordered = [fields[name] for name in (*asks, *(name for name in fields if name not in asks))]
        found = {one.name: asks.get(one.name) or Ask(one.name) for one in ordered}
        for name, one in found.items():
            if one.offers == LEVELS:
                found[name] = replace(one, offers=f"{LEVELS} {reading.text(parts.get('consequence'))}")
        rows = [self._fact(one, f"{path}.{one.name}", parts.get(one.name), found[one.name]) for one in ordered]
        for row in rows:
            row.within = label_of(ask)
        return rows

    def _options(self, declared: Field, ask: Ask) -> Sequence[Option]:
        if ask.offers:
            return self.known.offered(ask.offers, self.kind)
        if declared.ref:
            return self.known.subjects(declared.ref.namespaces, whole=declared.ref.whole)
        said = dict(ask.choices)
        if declared.shape == "true or false":
            return [Option(one.value, said.get(one.value, one.text)) for one in _YES_NO]
        return [Option(choice, said.get(choice) or words(choice)) for choice in declared.choices]


def _one_of(declared: Field) -> Field:
    """A field for a single row of a list."""
    return replace(declared, many=False, required=False, shape=declared.shape.removeprefix("list of "))


def _pick(options: Sequence[Option]) -> str:
    return "select" if len(options) <= MOST_OFFERED else "text"
