"""`meterward law cases`: run the worked cases of a law pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text, widest
from meterward.cli.completing import clauses, packs
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.progress import Watch
from meterward.cli.refusal import misused
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Problem
from meterward.core.facts.node import Outcome
from meterward.present.marks import OUTCOMES
from meterward.usecases.check_cases import Case, cases_of, check_case
from meterward.usecases.find_clause import names, unknown_clause

if TYPE_CHECKING:
    from rich.console import Console

    from meterward.core.obligations.law import Pack

FORMAT = "meterward.cases/1"


class Ran(NamedTuple):
    """A case, and what came out otherwise than it expects."""

    case: Case
    differences: list[str]


@click.command()
@click.argument("pack_name", required=False, default=wiring.DEFAULT_PACK, metavar="[PACK]", shell_complete=packs)
@click.option("--clause", metavar="Z", shell_complete=clauses, help="Only the cases of this clause.")
@format_option("table", "json")
def cases(pack_name: str, clause: str | None, output_format: str) -> int:
    r"""Run the worked cases of a law PACK: short histories, and the status that each duty must have on which day.

    Each case says in a sentence what it shows, so that a lawyer can check it. The exit code is 0 if all come out as
    expected, and 1 if one does not.

    \b
    Examples:
      meterward law cases
      meterward law cases --clause Z.14
    """
    pack = wiring.load_pack(pack_name)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    source = wiring.load_cases(pack_name)
    chosen = [case for case in cases_of(source) if clause is None or _about(clause, case)]
    if clause is not None and not chosen and not _known(pack, clause):
        return misused(unknown_clause(pack, clause)).show(output_format)
    ran = []
    with Watch() as watch:
        for number, case in enumerate(chosen):
            watch.show(f"Case {number + 1} of {len(chosen)}", number / len(chosen))
            ran.append(Ran(case, check_case(pack, source, case)))
    if output_format == "json":
        say_json({"format": FORMAT, "pack": pack.name, "cases": [_json(one) for one in ran]})
    else:
        _show(console(), pack, ran)
    return Exit.OPEN if any(one.differences for one in ran) else Exit.IN_ORDER


def _about(clause: str, case: Case) -> bool:
    return names(clause, case.clause, *(str(expected["duty"]) for expected in case.expect))


def _known(pack: Pack, clause: str) -> bool:
    return any(names(clause, one.clause) for one in pack.provisions) or any(
        names(clause, one.clause, one.id) for one in pack.duties
    )


def _show(on: Console, pack: Pack, ran: list[Ran]) -> None:
    clauses_there = [Text(one.case.clause, "bold") for one in ran]
    width = widest(clauses_there)
    for one, clause in zip(ran, clauses_there, strict=True):
        mark = OUTCOMES[Outcome.FAILED if one.differences else Outcome.HELD]
        said = Text.assemble((one.case.title, "bold"), (f"  {one.case.id}", "dim"), f"\n{one.case.because}")
        for difference in one.differences:
            said.append(f"\n{difference}", mark.style)
        print_columns(on, [(Text(mark.shape, mark.style), 1), (clause, width), (said, on.width - width - 1 - 2 * GAP)])
    failed = sum(1 for one in ran if one.differences)
    verdict = f"{failed:,} came out otherwise" if failed else "all came out as expected"
    print_text(on, Text(f"\n{pack.name}: {plural(len(ran), 'case')}, {verdict}.", "bold"))


def _json(one: Ran) -> dict[str, object]:
    case = one.case
    return {
        "because": case.because,
        "clause": case.clause,
        "differences": one.differences,
        "id": case.id,
        "passed": not one.differences,
        "title": case.title,
    }
