"""`meterward proof`: verify the proof of a single record that somebody took along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward.cli.exits import Exit
from meterward.cli.output import say_json
from meterward.cli.refusal import misused, unreadable
from meterward.cli.steps import not_verified, show_steps
from meterward.cli.terminal import console
from meterward.core.base.problem import Code, Problem
from meterward.present.phrases import clean
from meterward.present.verification import steps_told

if TYPE_CHECKING:
    from meterward.usecases.verify_proof import ProofVerified

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def proof() -> None:
    r"""Check the proof of a single record, as the page of the record gives it and a bundle of some records has it.

    \b
    Example:
      meterward proof verify 498.tlog-proof --policy northlight.policy --statement 498.dsse.json
    """


@proof.command(short_help="Verify one, offline and step by step.")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option(
    "--policy",
    required=True,
    type=_FILE,
    help="Whom you trust: a file with the keys of the log, which reached you by another way than the proof.",
)
@click.option("--statement", type=_FILE, help="The signed statement of the same record.")
@click.option(
    "--key",
    "keys",
    metavar="HEX",
    multiple=True,
    help="A key whose signature of the statement you believe. Several can be.",
)
@click.option("--time", "token", metavar="TOKEN", type=_FILE, help="What an authority said of the proof's checkpoint.")
@click.option(
    "--time-authority",
    "certificates",
    metavar="CERTS",
    type=_FILE,
    help="Whom you believe about time: a file with the root certificates of time-stamping authorities, in PEM.",
)
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True)
def verify(path: Path, policy: Path, output: str, **brought: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Verify FILE, the proof of a record, offline and step by step.

    It shows that the entry of the record stands in the log at its place; with the statement, also what was entered, in
    clear, and by whom it was said. The exit code is 0 if every step that you ask for was taken and holds, else 1.

    Which keys sign for whom is told by the ledger's records, which are not here. Without --key no signature of the
    statement is checked, and the last line says so; a bundle has what it takes.

    \b
    Examples:
      meterward proof verify 498.tlog-proof --policy northlight.policy
      meterward proof verify 498.tlog-proof --policy northlight.policy --statement 498.dsse.json
    """
    from meterward.wiring.proof_verifying import Brought, verify  # noqa: PLC0415 - help needs none of it

    done = verify(Brought(path, policy, **brought))
    if isinstance(done, Problem):
        return (misused if done.code is Code.FIELD_VALUE else unreadable)(done).show()
    if output == "json":
        say_json(_json(done))
    else:
        on = console()
        show_steps(on, done.steps)
        on.print()
        style = "bold green" if done.holds else "bold red"
        on.print(Text(_verdict(done), style), soft_wrap=True)
    return Exit.IN_ORDER if done.holds else Exit.OPEN


def _verdict(done: ProofVerified) -> str:
    """What was verified, and what was not looked at."""
    if not done.holds or done.entry is None or done.checkpoint is None:
        return not_verified(done.steps)
    there = f"Verified: entry {done.entry.index + 1:,} of {clean(done.checkpoint.origin)}"
    if done.said is None:
        return f"{there}. What was entered there was not shown: name its statement with --statement."
    if not done.signed:
        return f"{there}, and its statement. Who signed the statement was not checked."
    return f"{there}, its statement, and a signature of that."


def _json(done: ProofVerified) -> dict[str, object]:
    entry, said = done.entry, done.said
    return {
        "format": "meterward.proof-verification/1",
        "verified": done.holds,
        "steps": steps_told(done.steps),
        "entry": entry
        and {
            "index": entry.index,
            "recorded": entry.recorded,
            "stream": entry.stream,
            "counter": entry.counter,
            "statement": entry.statement.hex(),
        },
        "statement_shown": said is not None,
        "signature_checked": done.signed,
    }
