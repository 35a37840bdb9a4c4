"""`meterward deliver`: what an organisation said to another installation, and the receipt that comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.progress import Watch
from meterward.cli.refusal import MOST_SHOWN, refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.steps import not_verified, show_steps
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import PROOFS
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from meterward.wiring.delivering import Entered

_FILE = click.Path(dir_okay=False, path_type=Path)
_policy = click.option("--policy", type=_FILE, help="Whom you trust, when the first comes: the key of the other's log.")
_by = click.option(
    "--by", default="", metavar="SIGN_IN", help="Who takes it in: somebody of the ledger's organisation."
)
_ledger = click.option("--ledger", required=True, help="The ledger in this store.")
_READING = (Code.FILE_MISSING, Code.FILE_UNREADABLE, Code.STORE_MISSING, Code.STORE_UNAVAILABLE, Code.LEDGER_UNKNOWN)


@click.group()
def deliver() -> None:
    r"""Hand what one organisation said over to another installation, and bring the receipt back.

    \b
    Examples:
      meterward deliver out order.tar --ledger authority --to brightwater
      meterward deliver in order.tar --ledger brightwater --policy authority.policy
      meterward deliver receipt back.json --ledger brightwater --to authority
      meterward deliver receipts back.json --ledger authority --by officer
    """


@deliver.command(short_help="Write what was said to somebody.")
@click.argument("out", type=click.Path(path_type=Path))
@_ledger
@click.option("--to", required=True, help="The organisation that it was said to.")
@home_option()
def out(out: Path, ledger: str, to: str, home: Path | None) -> int:
    """Write a delivery at OUT: every record that is addressed to an organisation, with keys, files and proofs."""
    from meterward.wiring.delivering import send  # noqa: PLC0415 - help needs no store

    with Watch() as watch:
        done = send(wiring.home_of(home), ledger, to, out, watch.entries)
    if isinstance(done, Problem):
        return unreadable(done).show()
    proofs = sum(name.startswith(PROOFS) for name in done.files)
    print_text(
        console(),
        Text(f"Written: {clean(str(out))}, {plural(proofs, 'record')} for {clean(to)}, with those of the keys."),
    )
    return Exit.IN_ORDER


@deliver.command("in", short_help="Take in what was sent.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@_ledger
@_policy
@_by
@home_option()
def in_(path: Path, ledger: str, policy: Path | None, by: str, home: Path | None) -> int:
    """Verify the delivery FILE, and enter in a ledger what it says to it: all of it, or nothing.

    The key of the sender's log is kept when the first delivery comes; another is refused from then on, unless you name
    it with --policy. What is there already is not entered again.
    """
    from meterward.wiring.delivering import Coming, Refused, receive  # noqa: PLC0415 - help needs no store

    with Watch() as watch:
        done = receive(
            wiring.home_of(home),
            Coming(path, ledger, policy, by),
            lambda what, number, total: watch.show(f"Checking {what}", number / total if total else None),
        )
    if isinstance(done, Refused):
        on = console()
        show_steps(on, done.done.steps)
        on.print()
        print_text(on, Text(f"Nothing was taken in. {not_verified(done.done.steps)}", "bold red"))
        return Exit.DATA
    sender = "" if isinstance(done, list) else f"of {clean(done.sender)} "
    return _told(done, f"{sender}entered in the ledger of {clean(ledger)}", "there")


@deliver.command(short_help="Write the receipt of what came.")
@click.argument("out", type=_FILE)
@_ledger
@click.option("--to", required=True, help="The organisation whose records it is a receipt of.")
@home_option()
def receipt(out: Path, ledger: str, to: str, home: Path | None) -> int:
    """Write at OUT what proves that the records of another organisation are entered in a ledger."""
    from meterward.wiring.receipting import receipt  # noqa: PLC0415 - help needs no store

    done = receipt(wiring.home_of(home), ledger, to, out)
    if isinstance(done, Problem):
        return unreadable(done).show()
    print_text(console(), Text(f"Written: {clean(str(out))}, proofs of {plural(done, 'record')}."))
    return Exit.IN_ORDER


@deliver.command(short_help="Take in a receipt that came back.")
@click.argument("path", metavar="FILE", type=_FILE)
@_ledger
@_policy
@_by
@home_option()
def receipts(path: Path, ledger: str, policy: Path | None, by: str, home: Path | None) -> int:
    """Verify the receipt FILE, and record which records it proves to be entered in the other's ledger.

    Records that this ledger does not have are listed and not confirmed; the exit code is then 1.
    """
    from meterward.wiring.delivering import Coming  # noqa: PLC0415 - help needs no store
    from meterward.wiring.receipting import confirm  # noqa: PLC0415 - the same

    done = confirm(wiring.home_of(home), Coming(path, ledger, policy, by))
    proved = "" if isinstance(done, list) else f"proved to be in the ledger of {clean(done.sender)}"
    exit_code = _told(done, proved, "proved")
    return exit_code if isinstance(done, list) or not done.strange else _told_strange(done, ledger)


def _told(done: Entered | list[Problem], what: str, before: str) -> int:
    """Say what came of it: what was done with the new records, and what was so before."""
    if isinstance(done, list):
        return (unreadable(done[0]) if done[0].code in _READING else refused(done)).show()
    was = "was" if done.known == 1 else "were"
    known = f" {plural(done.known, 'record')} {was} {before} already." if done.known else ""
    new = f"{plural(done.new, 'record')} {what}." if done.new else "Nothing new."
    print_text(console(), Text(f"{new}{known}", "bold"))
    return Exit.IN_ORDER


def _told_strange(done: Entered, ledger: str) -> int:
    on, count = console(), len(done.strange)
    is_, it = ("is", "it") if count == 1 else ("are", "them")
    title = f"Not proved: {plural(count, 'record')} that {is_} not in the ledger of {clean(ledger)}."
    why = (
        f"The ledger of {clean(done.sender)} has {it}. If an older copy of your ledger was put back here, look for a "
        "newer one, and take the receipt in once more when that is back. If there is none, have "
        f"{clean(done.sender)} show you {it}, and who signed {it}."
    )
    on.print()
    print_text(on, Text(title, "bold"))
    print_items(on, [(f"entry {entry:,}", record) for entry, record in done.strange[:MOST_SHOWN]])
    if count > MOST_SHOWN:
        print_text(on, Text(f"and {count - MOST_SHOWN:,} more"), GAP)
    print_text(on, Text(why))
    return Exit.OPEN
