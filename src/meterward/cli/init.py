"""`meterward init`: a licensee's ledger, and the first who may sign in to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.parameters import Held
from meterward.cli.passwords import password_for, password_option
from meterward.cli.refusal import misused, refused
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Code
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


@click.command()
@click.argument("licensee")
@click.option(
    "--licence",
    "licences",
    type=Held(),
    multiple=True,
    required=True,
    help="A licence, with the first day on which it is held. Repeatable.",
)
@click.option("--security-manager", "sign_in", metavar="NAME", required=True, help="Under which name they sign in.")
@click.option(
    "--pseudonym", default="p-01", show_default=True, help="What records call the security manager, who is not named."
)
@password_option()
@home_option()
def init(
    licensee: str,
    licences: Sequence[tuple[str, date]],
    sign_in: str,
    pseudonym: str,
    password_stdin: bool,  # noqa: FBT001 - a flag of the command line
    home: Path | None,
) -> int:
    r"""Open a ledger for LICENSEE in the store, which is made if need be.

    Its first records say so: ledger.opened, licence.held for each licence, and role.appointed for the first security
    manager, all by the operator, who is whoever runs this command. The security manager then signs in and appoints the
    others; an operator only does so here. A licensee has one ledger: a second time nothing is changed.

    \b
    Examples:
      meterward init brightwater --licence gas=2013-03-04 \
        --security-manager security
      meterward init brightwater --licence electricity=2013-03-04 \
        --licence gas=2013-03-04 --security-manager security \
        --password-stdin < password
    """
    from meterward.usecases.open_ledger import Opening  # noqa: PLC0415 - help needs no store
    from meterward.wiring.setting_up import initialise  # noqa: PLC0415 - the same

    held = dict(licences)
    if len(held) < len(licences):
        raise click.UsageError("A fuel is named twice: a licensee holds one licence for each.")
    place = wiring.home_of(home)
    password = password_for(clean(sign_in), piped=password_stdin)
    done = initialise(place, Opening(licensee, held, pseudonym), sign_in, password)
    if isinstance(done, list):
        twice = done[0].code in (Code.LEDGER_OPENED_TWICE, Code.FIELD_VALUE)
        return (misused(done[0]) if twice else refused(done)).show()
    on = console()
    on.print(Text(f"Opened: the ledger of {licensee}, with {plural(done.count, 'record')}.", "bold"), soft_wrap=True)
    print_text(on, Text(f"“{sign_in}” signs in as {pseudonym}, its security manager."))
    where = f" --home {clean(str(home))}" if home else ""
    on.print(Text(f"Now try: meterward serve{where}", "dim"), soft_wrap=True)
    return Exit.IN_ORDER
