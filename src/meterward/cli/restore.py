"""`meterward restore`: a whole ledger, back from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.parameters import Root
from meterward.cli.progress import Watch
from meterward.cli.refusal import Refusal, faulty, misused, refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Code, Problem
from meterward.present.notices import in_groups
from meterward.present.phrases import clean, entries

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.usecases.read_ledger import Loaded


@click.command()
@click.argument("licensee")
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--root", type=Root(), help="Restore it only if it has this root: 16 to 64 hex digits.")
@home_option()
def restore(licensee: str, file: str, root: str | None, home: Path | None) -> int:
    r"""Bring the whole ledger of LICENSEE back from FILE into a store that has none of that name.

    This alone keeps when each record was recorded, so that the ledger in the store has the root of the file. Every line
    is checked before anything is written, and all of it is written or nothing. With --root it is also compared with the
    root that somebody noted. The store is made if need be; `meterward person add` then lets people sign in.

    \b
    Examples:
      meterward restore northlight northlight.jsonl
      meterward restore northlight northlight.jsonl --root "7849 3520 63f2 a1b0"
    """
    if file == "-":
        raise click.UsageError("A ledger is read twice before it is restored, which a pipe cannot be. Name a file.")
    with Watch() as watch:
        loaded = _checked(licensee, file, root, watch)
        if isinstance(loaded, Refusal):
            return loaded.show()
        from meterward.wiring.moving import restore as write  # noqa: PLC0415 - a file with problems needs no store

        problems = write(wiring.home_of(home), licensee, file, loaded.root, watch.lines)
    lost = next((one for one in problems if one.code is Code.LEDGER_LOST), None)
    if problems and not lost:
        there = problems[0].code in (Code.LEDGER_OPENED_TWICE, Code.FIELD_VALUE)
        return (misused(problems[0]) if there else refused(problems)).show()
    on = console()
    print_text(on, Text(f"Restored: the ledger of {clean(licensee)}, {entries(loaded.size)}.", "bold"))
    on.print(Text(f"Root over {entries(loaded.size)}: {in_groups(loaded.root)}"), soft_wrap=True)
    return unreadable(lost).show() if lost else Exit.IN_ORDER


def _checked(licensee: str, file: str, root: str | None, watch: Watch) -> Loaded | Refusal:
    """The ledger of the file, with nothing wrong in it."""
    pack, loaded = wiring.load_pack(wiring.DEFAULT_PACK), wiring.read(file, hear=watch.lines)
    if isinstance(loaded, Problem):
        return unreadable(loaded)
    held = wiring.dossiers(loaded)
    if not isinstance(held, Problem) and not isinstance(pack, Problem):
        wiring.check(loaded, held, pack)
    if loaded.problems:
        return faulty(loaded)
    if loaded.licensee != licensee:
        message = f"The file has the ledger of {loaded.licensee}, not of {licensee}."
        return misused(Problem(Code.LEDGER_OTHER_LICENSEE, message, "A ledger keeps its name: write that."))
    if root and not loaded.root.startswith(root):
        message = f"The file has the root {in_groups(loaded.root)}, not the one that was given."
        hint = "Nothing was restored: find the copy that has it, or learn why this one differs."
        return refused([Problem(Code.COMMITMENT_MISMATCH, message, hint)])
    return loaded
