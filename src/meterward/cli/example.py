"""`meterward example`: ledgers to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.parameters import Day
from meterward.cli.terminal import console, error_console
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--today", "day", type=Day(), help="Tell the story that moves with time as of this day. [today, in London]"
)
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def example(directory: Path, day: date | None, force: bool) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Write the ledgers of the example licensees into DIR, which is made if need be.

    northlight.jsonl is an invented dual-fuel supplier some twenty months into the condition, told as of today;
    harbour-2013.jsonl is another, fixed in 2013 to 2016. Nobody in them is real, and their clock is simulated: the
    first record of each says so.

    \b
    Examples:
      meterward example demo
      meterward example demo --today 2026-11-22 --force
    """
    paths = {name: directory / f"{name}.jsonl" for name in wiring.example_names()}
    there = [path for path in paths.values() if path.exists()]
    if there and not force:
        names = " and ".join(clean(str(path)) for path in there)
        verb = "is" if len(there) == 1 else "are"
        print_text(
            error_console(), Text(f"{names} {verb} there already, and nothing was written. Overwrite with --force.")
        )
        return Exit.USAGE
    if problem := wiring.make_folder(directory):
        print_text(error_console(), Text(f"{clean(str(directory))} cannot be made: {problem}. Choose another place."))
        return Exit.CANNOT_WRITE
    for name, path in paths.items():
        if problem := wiring.write(path, wiring.example(name, day or wiring.today())):
            print_text(error_console(), Text(f"{clean(str(path))} cannot be written: {problem}. Choose another place."))
            return Exit.CANNOT_WRITE
    on = console()
    for path in paths.values():
        on.print(Text(f"Written: {clean(str(path))}"), soft_wrap=True)
    northlight = clean(str(paths.get("northlight", next(iter(paths.values())))))
    on.print(Text(f"Now try: meterward position {northlight}", "dim"), soft_wrap=True)
    return Exit.IN_ORDER
