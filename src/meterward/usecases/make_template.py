"""Make a line of a ledger to fill in. What is still to be written stands in parentheses, and no ledger takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.body import NO_DIGEST
from meterward.core.records.story import usual_organisation
from meterward.core.records.terms import LICENSEE, SYSTEM
from meterward.core.records.unfit import OPTIONAL, placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind

LICENSEE_NAME = "northlight"
_FORMS = {
    "name": "A name",
    "day": "A day, YYYY-MM-DD",
    "instant": "An instant in UTC, YYYY-MM-DDTHH:MM:SSZ",
    "label": "A line of text for people",
    "count": "A whole number, without quotes",
    "true or false": "Write true or false, without quotes",
}


def make_template(kind: Kind[Any], day: date, instant: str, salts: Sequence[str]) -> dict[str, Json]:
    """A line of a kind that occurred on `day` and was recorded at `instant`; `salts` are two fresh ones, in hex."""
    facts = {field.name: _blank(field, kind.example.get(field.name)) for field in kind.fields}
    line: dict[str, Json] = {"recorded": instant, "statement": _statement(kind, day), "facts": facts}
    if kind.text:
        line["text"] = {name: placeholder(says) for name, says in kind.text.items()}
    if kind.document:
        line["files"] = {f"{kind.name}.pdf": NO_DIGEST}
    elif kind.example.get("strength", "claimed") != "claimed":
        line["files"] = {"proof.pdf": NO_DIGEST}
    parts = ("facts", *(("text",) if kind.text else ()))
    line["salts"] = dict(zip(parts, salts, strict=False))
    return line


def _blank(field: Field, example: Json) -> Json:
    """What is to be written in a field: what it means, what it looks like, and whether it may be left out."""
    if field.many and isinstance(example, list):
        example = next(iter(example), None)
    blank: Json = placeholder(_asks(field, example))
    if field.inner:
        given = example if isinstance(example, dict) else {}
        blank = {inner.name: _blank(inner, given.get(inner.name)) for inner in field.inner}
    return [blank] if field.many else blank


def _asks(field: Field, example: Json) -> str:
    form = _FORMS.get(field.shape.removeprefix("list of "), "")
    if field.choices:
        form = f"One of: {', '.join(field.choices)}"
    elif field.ref:
        form = f"A name: {field.ref.describe()}"
    elif isinstance(example, str) and form == _FORMS["name"] and "such as" not in field.says:
        form = f"A name, such as {example}"
    return " ".join((field.says, f"{form}.", *(() if field.required else (OPTIONAL,))))


def _statement(kind: Kind[Any], day: date) -> dict[str, Json]:
    statement: dict[str, Json] = {
        "kind": kind.name,
        "version": kind.version,
        "licensee": placeholder(f"The licensee. A name, such as {LICENSEE_NAME}."),
        "licences": [placeholder("Each licence that it is about. A name, such as electricity.")],
        "occurred": day.isoformat(),
    }
    if subject := subject_of(kind):
        fixed = not kind.introduces and set(kind.about) <= {SYSTEM, LICENSEE}
        statement["subject"] = subject if fixed else placeholder(_subject(kind, subject))
    role = kind.usual_role
    organisation = usual_organisation(role, kind.example, LICENSEE_NAME)
    statement["actor"] = {
        "person": placeholder("Who acted, by a pseudonym such as p-07."),
        "role": role.value if len(kind.by) == 1 else placeholder(f"In which role. One of: {', '.join(kind.by)}."),
        "organisation": placeholder(f"For whom the person acted. A name, such as {organisation}."),
    }
    if kind.needs_link:
        statement[kind.needs_link] = placeholder(f"The record that it {kind.needs_link}. Its whole id, 64 hex digits.")
    return statement


def _subject(kind: Kind[Any], subject: str) -> str:
    if kind.introduces:
        return f"A new {kind.introduces}/…, such as {subject}."
    spaces = ", ".join(f"{name}/…" if name not in (SYSTEM, LICENSEE) else name for name in kind.about)
    return (
        f"What the other record is about, such as {subject}." if spaces == "any/…" else f"What it is about: {spaces}."
    )


def subject_of(kind: Kind[Any]) -> str:
    """A subject that fits a kind; empty where it has none."""
    if kind.introduces == "licence":
        return "licence/electricity"
    if kind.introduces:
        return f"{kind.introduces}/1"
    space = next(iter(kind.about), "")
    if space == "any":
        return "element/1"
    return space if space in ("", SYSTEM, LICENSEE) else f"{space}/1"
