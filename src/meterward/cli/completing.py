"""What the shell offers to complete: licences from the file that is named, clauses, kinds, packs and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward import wiring
from meterward.core.base.problem import Problem
from meterward.core.obligations.law import Pack
from meterward.core.records.kinds import all_kinds
from meterward.core.records.strict_json import parse_json
from meterward.usecases.find_clause import clause_order

if TYPE_CHECKING:
    import click

_LINES = 1_000
"""Licences are taken from so many lines at the beginning of a file: a ledger names them before it can use them."""


def licences(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The licences that the file names. While an option lacks its value, click leaves the file among what is unread."""
    file = ctx.params.get("file") or next(reversed(ctx.args), "")
    found = set()
    for raw in wiring.first_lines(str(file), _LINES):
        line = parse_json(raw)
        statement = None if isinstance(line, Problem) else line.get("statement")
        subject = statement.get("subject") if isinstance(statement, dict) else None
        if isinstance(subject, str) and subject.startswith("licence/"):
            found.add(subject.partition("/")[2])
    return _beginning(sorted(found), incomplete)


def clauses(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Every clause, and every duty by its id."""
    pack = _pack(ctx)
    if pack is None:
        return []
    names = {one.clause for one in pack.provisions} | {one.clause for one in pack.duties}
    names |= {one.id for one in pack.duties} | {name.partition("(")[0] for name in names}
    return _beginning(sorted(names, key=clause_order), incomplete)


def kinds(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Every kind of record."""
    return _beginning(list(all_kinds()), incomplete)


def packs(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Every law pack."""
    return _beginning(wiring.pack_names(), incomplete)


def packs_and_clauses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Whatever `law show` can show."""
    return [*packs(ctx, param, incomplete), *clauses(ctx, param, incomplete)]


def parameters(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Every parameter with each of its values."""
    pack = _pack(ctx)
    pairs = [f"{one.name}={value}" for one in pack.parameters for value in one.values] if pack else []
    return _beginning(pairs, incomplete)


def _pack(ctx: click.Context) -> Pack | None:
    pack = wiring.load_pack(str(ctx.params.get("law") or wiring.DEFAULT_PACK))
    return pack if isinstance(pack, Pack) else None


def _beginning(names: list[str], incomplete: str) -> list[str]:
    return [name for name in names if name.lower().startswith(incomplete.lower())]
