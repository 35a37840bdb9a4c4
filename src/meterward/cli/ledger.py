"""`meterward ledger`: a ledger itself, beside its records: its log, its checkpoints, and the keys that sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.ledger_key import key
from meterward.cli.ledger_publish import publish
from meterward.cli.ledger_show import show
from meterward.cli.ledger_stamp import authority, stamp
from meterward.cli.output import say_whole
from meterward.cli.refusal import misused, refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Code, Problem
from meterward.present.ledger_words import policy_text
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def ledger() -> None:
    r"""Show how a ledger stands, hand on by which keys it is verified, change the keys that sign, go on after a loss.

    A ledger is a log: each entry changes the root over all of them. Its newest root is signed as a checkpoint and kept
    in the home, outside the database, so that a database that lost entries is known by it.

    \b
    Examples:
      meterward ledger show --licensee northlight
      meterward ledger policy --licensee northlight
      meterward ledger key rotate --licensee northlight
    """


@ledger.command(short_help="Print the policy by which it is verified.")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@home_option()
def policy(licensee: str, home: Path | None) -> int:
    r"""Print a policy (C2SP tlog-policy) with the keys of the ledger's log, for those who verify what is handed over.

    It asks for no witness: whoever has some adds them. A policy proves nothing that comes together with what it is to
    verify, so hand it on by another way: in person, by post, or on a page of your own.

    \b
    Examples:
      meterward ledger policy --licensee northlight > northlight.policy
    """
    from meterward.wiring.ledgers import log  # noqa: PLC0415 - help needs no store

    found = log(wiring.home_of(home), licensee)
    if isinstance(found, Problem):
        return unreadable(found).show()
    say_whole(policy_text(licensee, found.keys))
    return Exit.IN_ORDER


@ledger.command("accept-loss", short_help="Go on with a ledger that lost entries.")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@click.option("--reason", metavar="TEXT", required=True, help="What happened, and why nothing newer could be put back.")
@home_option()
def accept_loss(licensee: str, reason: str, home: Path | None) -> int:
    r"""Go on with a ledger that does not fit its checkpoint, from what is there, and record that for good.

    Look for a newer copy of the database first: with that nothing is lost. What was lost stays lost, and whoever holds
    an earlier checkpoint or bundle can show that the ledger had more. The record says how many entries there were and
    are, with both roots.

    \b
    Examples:
      meterward ledger accept-loss --licensee northlight \
        --reason "The disk failed; the copy of the night before is the newest."
    """
    from meterward.wiring.ledgers import accept_loss as accept  # noqa: PLC0415 - help needs no store

    done = accept(wiring.home_of(home), licensee, reason)
    if isinstance(done, list):
        return (misused(done[0]) if done[0].code is Code.LEDGER_WHOLE else refused(done)).show()
    on = console()
    print_text(
        on, Text(f"The loss is recorded as entry {done.first + 1:,} of the ledger of {clean(licensee)}.", "bold")
    )
    print_text(on, Text("It goes on from there. A server that was refused can be started again."))
    return Exit.IN_ORDER


show.short_help = "Show size, root, checkpoint and keys."
key.short_help = "Change the keys that sign statements."
ledger.add_command(show)
ledger.add_command(key)
ledger.add_command(publish)
ledger.add_command(stamp)
ledger.add_command(authority)
