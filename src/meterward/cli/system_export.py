"""`meterward system export`: the system on a day, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.output import say_written
from meterward.cli.parameters import Day
from meterward.cli.refusal import refused
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Problem

if TYPE_CHECKING:
    from datetime import date


@click.command("export", short_help="Write the system on a day to files.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--licensee", metavar="L", required=True, help="The ledger of this licensee in the store.")
@click.option(
    "--to",
    "form",
    type=click.Choice(("csv", "xlsx", "otm", "threagile", "cyclonedx")),
    default="csv",
    show_default=True,
)
@click.option("--as-at", "day", type=Day(), help="The day to look at. [today, in London]")
@home_option()
def export(folder: Path, licensee: str, form: str, day: date | None, home: Path | None) -> int:
    r"""Write the system of L, as it is on a day, into FOLDER, which is made.

    As CycloneDX the bills of materials of its elements are written, as they were attached. docs/inventories.md says
    what each format cannot tell.

    \b
    Example:
      meterward system export inventory --licensee northlight --to xlsx
    """
    from meterward.wiring.describing import NO_PLACE, write_system  # noqa: PLC0415 - help needs no store

    done = write_system(wiring.home_of(home), licensee, day or wiring.today(), form, folder)
    if problems := [one for one in done if isinstance(one, Problem)]:
        return refused(problems).show()
    say_written(folder, [str(name) for name in done])
    if left := NO_PLACE.get(form):
        print_text(console(), Text(f"Not in it, because the format has no place for them: {left}.", "dim"))
    return Exit.IN_ORDER
