"""`meterward records kinds`: what kinds of record there are, and what each holds."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_items, print_text
from meterward.cli.completing import kinds as complete_kinds
from meterward.cli.exits import Exit
from meterward.cli.options import format_option, law_option
from meterward.cli.output import say_json
from meterward.cli.refusal import misused
from meterward.cli.terminal import console
from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.usecases.index_kinds import clauses_of, find_kind, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from meterward.core.obligations.law import Pack
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind

FORMAT = "meterward.kinds/1"
_NAME = 23
_INDENT = 2


@click.command()
@click.argument("kind", required=False, shell_complete=complete_kinds)
@law_option("By whose duties kinds are read.")
@format_option("table", "json")
def kinds(kind: str | None, law: str, output_format: str) -> int:
    r"""List every kind of record, or show one: its fields, its text, who may append it, and which duties read it.

    \b
    Examples:
      meterward records kinds
      meterward records kinds audit.reported
      meterward records kinds --format json
    """
    pack = wiring.load_pack(law)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    wanted = list(all_kinds().values())
    if kind is not None:
        one = find_kind(kind)
        if isinstance(one, Problem):
            return misused(one).show(output_format)
        wanted = [one]
    if output_format == "json":
        say_json({"format": FORMAT, "kinds": [_json(pack, one) for one in wanted]})
    elif kind is None:
        _list(console(), pack, wanted)
    else:
        _show(console(), pack, wanted[0])
    return Exit.IN_ORDER


def _list(on: Console, pack: Pack, wanted: list[Kind[Any]]) -> None:
    for family, members in groupby(wanted, key=lambda kind: kind.family):
        on.print(Text(family, "bold dim"))
        for kind in members:
            read_by = ", ".join(clauses_of(pack, kind)) or "no duty by itself"
            said = Text.assemble(
                kind.summary.partition(". ")[0].removesuffix("."), ("\nread by ", "dim"), (read_by, "dim")
            )
            width = on.width - _INDENT - _NAME - GAP
            print_columns(on, [(Text(kind.name, "bold"), _NAME), (said, width)], _INDENT)


def _show(on: Console, pack: Pack, kind: Kind[Any]) -> None:
    on.print(Text.assemble((kind.name, "bold"), f"  version {kind.version}"))
    print_text(on, Text(kind.summary))
    needs = {True: "required", False: "optional"}
    _section(on, "Facts", [item for field in kind.fields for item in _field(field)])
    _section(on, "Text", [(name, f"{says} ({needs[name in kind.needs_text]})") for name, says in kind.text.items()])
    _section(on, "Record", list(_rules(kind)))
    _section(on, "Read by", _uses(pack, kind) or [("no duty", "none names it among its inputs")])
    on.print(Text("\nExample of its facts", "bold"))
    on.print(Text(json.dumps(dict(kind.example), indent=2, ensure_ascii=False)), soft_wrap=True)
    if kind.worked_out:
        print_text(on, Text(f"\nNobody writes it by hand. {kind.worked_out}", "dim"))
    else:
        on.print(Text(f"\nA line to fill in: meterward records template {kind.name}", "dim"))


def _section(on: Console, title: str, items: list[tuple[str, str]]) -> None:
    on.print(Text(f"\n{title}", "bold"))
    print_items(on, items or [("none", "")])


def _uses(pack: Pack, kind: Kind[Any]) -> list[tuple[str, str]]:
    roles: dict[str, list[str]] = {}
    for use in uses_of(pack, kind):
        where = f" where {use.field} is {use.value}" if use.field else ""
        roles.setdefault(use.duty.id, []).append(f"{use.role}{where}")
    return [(duty, "; ".join(said)) for duty, said in roles.items()]


def _field(field: Field, prefix: str = "") -> Iterator[tuple[str, str]]:
    need = "required" if field.required else "optional"
    yield f"{prefix}{field.name}", f"{field.says} ({need}; {field.shape})"
    for inner in field.inner:
        yield from _field(inner, f"{prefix}{field.name}.")


def _rules(kind: Kind[Any]) -> Iterator[tuple[str, str]]:
    yield "Appended by", ", ".join(kind.by)
    if kind.introduces:
        yield "Subject", f"a new {kind.introduces}/…"
    else:
        about = ", ".join(name if name in ("system", "licensee", "any") else f"{name}/…" for name in kind.about)
        yield "Subject", about or "none"
    yield "Acts by", f"{', '.join(kind.links) or 'nothing'}{f' (always {kind.needs_link})' if kind.needs_link else ''}"
    if kind.lasting:
        yield "Lasts", "until record.ended ends it, or another of its kind replaces it"
    if kind.document:
        yield "Document", "the act makes a document: attach it by name and SHA-256"


def _json(pack: Pack, kind: Kind[Any]) -> dict[str, Any]:
    return {
        "about": list(kind.about),
        "by": [role.value for role in kind.by],
        "document": kind.document,
        "example": dict(kind.example),
        "facts": [_field_json(field) for field in kind.fields],
        "introduces": kind.introduces or None,
        "lasting": kind.lasting,
        "links": list(kind.links),
        "name": kind.name,
        "needs_link": kind.needs_link or None,
        "needs_text": list(kind.needs_text),
        "read_by": [
            {"duty": use.duty.id, "field": use.field or None, "role": use.role, "value": use.value or None}
            for use in uses_of(pack, kind)
        ],
        "summary": kind.summary,
        "text": dict(kind.text),
        "version": kind.version,
    }


def _field_json(field: Field) -> dict[str, Any]:
    return {
        "choices": list(field.choices),
        "fields": [_field_json(inner) for inner in field.inner],
        "name": field.name,
        "required": field.required,
        "says": field.says,
        "shape": field.shape,
    }
