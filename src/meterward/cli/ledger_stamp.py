"""`meterward ledger stamp` and `authority`: who says by when a ledger was what it was."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.refusal import refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console, error_console
from meterward.core.base.days import instant_in_words
from meterward.present.phrases import clean, entries

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Have a time-stamping authority say by when it was.")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@click.option("--authority", metavar="URL", default="", help="Whom to ask. [METERWARD_TSA]")
@click.option("--certs", type=_FILE, help="The root certificate of whom you believe. [METERWARD_TSA_CERTS]")
@home_option()
def stamp(licensee: str, authority: str, certs: Path | None, home: Path | None) -> int:
    r"""Have a time-stamping authority (RFC 3161) stamp the ledger as it stands, and append what it says.

    The token shows to anybody that the entries up to here existed by then, and that the entry that holds it did not
    yet. What the authority answers is verified first, by the root certificate that you give. A server does this by
    itself each hour if METERWARD_TSA is set.

    \b
    Examples:
      meterward ledger stamp --licensee northlight
      meterward ledger stamp --licensee northlight \
        --authority https://time.example/tsr --certs time-root.pem
    """
    from meterward.wiring.stamping import Authority, usual_authority  # noqa: PLC0415 - help needs no store
    from meterward.wiring.stamping import stamp as have_stamped  # noqa: PLC0415 - the same

    usual = usual_authority()
    whom = Authority(authority or usual.url, str(certs or usual.certificates))
    done = have_stamped(wiring.home_of(home), licensee, whom)
    if isinstance(done, list):
        return refused(done).show()
    on, when = console(), instant_in_words(done.stamp.instant)
    print_text(on, Text(f"Stamped: {entries(done.checkpoint.size)} by {when}.", "bold"))
    print_text(on, Text(f"{done.stamp.authority} says so; entry {done.place + 1:,} holds its token."))
    return Exit.IN_ORDER


@click.command(short_help="Serve an authority of your own, to try it.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(1, 65_535), default=3_180, show_default=True, help="Where it listens.")
def authority(folder: Path, port: int) -> int:
    r"""Serve a time-stamping authority on this machine, made with openssl in DIR, to try out what one does.

    It proves nothing to anybody else: whoever runs it sets its clock.

    \b
    Examples:
      meterward ledger authority trial
    """
    from meterward.wiring.stamping import run_local_authority  # noqa: PLC0415 - help needs none of it

    def tell(address: str, root: Path) -> None:
        on = error_console()
        print_text(on, Text("A time-stamping authority to try things out, until you press Ctrl+C:", "bold"))
        print_text(on, Text(f"--authority {address} --certs {clean(str(root))}"))

    problem = run_local_authority(folder, port, tell)
    return unreadable(problem).show() if problem else Exit.IN_ORDER
