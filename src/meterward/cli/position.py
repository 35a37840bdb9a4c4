"""`meterward position`: where every duty stands."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.asking import asks
from meterward.cli.exits import Exit
from meterward.cli.output import say_whole, to_json
from meterward.cli.position_table import show_position
from meterward.cli.terminal import console, error_console
from meterward.present.phrases import clean
from meterward.present.position_json import position_json

if TYPE_CHECKING:
    from meterward.present.answer import Answer


@click.command()
@asks("table", "json", "html")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
def position(answer: Answer, output: Path | None) -> int:
    r"""Show where every duty of the condition stands, and why in a line each.

    FILE is a ledger: a file of records, one a line (`-` reads what is piped in); --licensee names one in the store
    instead. Everything shown is computed from it:
    the status of each duty, since when, how it stood before, what is due next, and what asks for attention.

    The exit code says the worst of it: 0 in order, 1 something open, contested or to be looked at, 2 a breach; 65 if
    the file has problems, which are then shown instead.

    \b
    Examples:
      meterward position northlight.jsonl
      meterward position northlight.jsonl --licence gas --as-at 2026-03-31
      meterward position northlight.jsonl --known-at 2026-01-31  # what we knew
      meterward position --licensee northlight  # the one in the store
      meterward position northlight.jsonl --param z8_strength=comply  # what if
      meterward position northlight.jsonl --format html --output position.html
      meterward position northlight.jsonl --format json |
        jq '.positions[].duties[] | {id, status}'
    """
    if output:
        return _write(answer, output)
    if answer.output == "table":
        show_position(console(), answer)
    else:
        say_whole(_rendered(answer))
    return answer.exit


def _rendered(answer: Answer) -> str:
    if answer.output == "json":
        return to_json(position_json(answer))
    if answer.output == "html":
        from meterward.cli.html import page  # noqa: PLC0415 - only a page takes the time to load templates

        return page(answer)
    file = io.StringIO()
    show_position(console(file), answer)
    return file.getvalue()


def _write(answer: Answer, output: Path) -> int:
    problem = wiring.write(output, _rendered(answer))
    if problem:
        error_console().print(
            Text(f"“{clean(str(output))}” cannot be written: {problem}. Choose another place."), soft_wrap=True
        )
        return Exit.CANNOT_WRITE
    error_console().print(Text(f"Written: {clean(str(output))}"), soft_wrap=True)
    return answer.exit
