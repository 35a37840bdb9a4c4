"""`meterward ledger key`: a new key in the place of the last, and the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.refusal import misused, refused
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Code
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from pathlib import Path

_DIGITS = 16


@click.group()
def key() -> None:
    r"""Change the keys by which statements are signed. Records say which key counts from which entry to which.

    \b
    Examples:
      meterward ledger key rotate --licensee northlight
      meterward ledger key revoke 3ccd75f3 --licensee northlight \
        --reason "A copy of the home was lost."
    """


@key.command(short_help="Put a new key in the place of the last.")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@home_option()
def rotate(licensee: str, home: Path | None) -> int:
    r"""Make a new key for the licensee, which signs from the next entry on. The last one signs that it comes.

    What the last one signed stays signed. Copy the folder `keys` of the home afterwards.

    \b
    Examples:
      meterward ledger key rotate --licensee northlight
    """
    from meterward.wiring.ledgers import rotate as put  # noqa: PLC0415 - help needs no store

    done = put(wiring.home_of(home), licensee)
    if isinstance(done, list):
        return refused(done).show()
    on, which = console(), f"{done.new.id[:_DIGITS]}…"
    print_text(on, Text(f"{clean(licensee)} signs by a new key from entry {done.place + 2:,} on: {which}", "bold"))
    print_text(on, Text(f"The last one, {done.old.id[:_DIGITS]}…, signed entry {done.place + 1:,}, which says so."))
    print_text(on, Text("Copy the folder “keys” of the home now: without it nothing more can be signed.", "dim"))
    return Exit.IN_ORDER


@key.command(short_help="End a key that is not to count any more.")
@click.argument("identity", metavar="KEY")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@click.option("--reason", metavar="TEXT", required=True, help="Why it is not to count any more.")
@home_option()
def revoke(identity: str, licensee: str, reason: str, home: Path | None) -> int:
    r"""End the key whose id begins with KEY: nothing that is signed by it later counts. The only one is not ended.

    What it signed before stays signed. The key by which the licensee signs is ended by `rotate`, which puts another in
    its place.

    \b
    Examples:
      meterward ledger key revoke 3ccd75f3 --licensee northlight \
        --reason "Made for a machine that is gone."
    """
    from meterward.wiring.ledgers import revoke as end  # noqa: PLC0415 - help needs no store

    done = end(wiring.home_of(home), licensee, identity, reason)
    if isinstance(done, list):
        return (misused(done[0]) if done[0].code in (Code.FIELD_VALUE, Code.KEY_ONLY) else refused(done)).show()
    told = f"The key {done.key.id[:_DIGITS]}… of {clean(done.organisation)} counts no longer."
    print_text(console(), Text(told, "bold"))
    return Exit.IN_ORDER
