"""`meterward risk export`: the risk register on a day, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from meterward import wiring
from meterward.cli.exits import Exit
from meterward.cli.output import say_written
from meterward.cli.parameters import Day
from meterward.cli.refusal import refused
from meterward.cli.source import home_option
from meterward.core.base.problem import Problem


@click.command("export", short_help="Write the register on a day to files.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--licensee", metavar="L", required=True, help="The ledger of this licensee in the store.")
@click.option("--to", "form", type=click.Choice(("csv", "xlsx")), default="csv", show_default=True)
@click.option("--as-at", "day", type=Day(), help="The day to look at. [today, in London]")
@click.option("--licence", "licences", multiple=True, help="Of which licence. Repeatable. [of all, each risk once]")
@home_option()
def export(folder: Path, form: str, home: Path | None, **rest: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Write the risk register of L, as it is on a day, into FOLDER, which is made.

    It has tables of risks with their estimates, of measures and of treatments; what is changed in them is read back by
    “meterward risk import”. A further table shows the scales. docs/risk-register.md lists the columns.

    \b
    Example:
      meterward risk export register --licensee northlight --to xlsx
    """
    from meterward.wiring.registering import Asked, write_files  # noqa: PLC0415 - help needs no store

    asked = Asked(rest["licensee"], rest["day"] or wiring.today(), rest["licences"])
    done = write_files(wiring.home_of(home), asked, form, folder)
    if problems := [one for one in done if isinstance(one, Problem)]:
        return refused(problems).show()
    say_written(folder, [str(name) for name in done])
    return Exit.IN_ORDER
