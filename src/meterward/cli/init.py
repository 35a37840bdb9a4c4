"""`meterward init`: an organisation's ledger, and the first who may sign in to it."""

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
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.roles import named
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


@click.command()
@click.argument("organisation")
@click.option(
    "--licence",
    "licences",
    type=Held(),
    multiple=True,
    help="A licence, with the first day on which it is held. Repeatable; a licensee's ledger needs one.",
)
@click.option("--security-manager", metavar="NAME", help="Of a licensee: under which name the first one signs in.")
@click.option("--lead-auditor", metavar="NAME", help="The same of auditors.")
@click.option("--officer", metavar="NAME", help="The same of authority, or of department (the Secretary of State's).")
@click.option("--pseudonym", default="p-01", show_default=True, help="What records call that person, who is not named.")
@password_option()
@home_option()
def init(  # noqa: PLR0917 - as many as there are options
    organisation: str,
    licences: Sequence[tuple[str, date]],
    security_manager: str | None,
    lead_auditor: str | None,
    officer: str | None,
    pseudonym: str,
    password_stdin: bool,  # noqa: FBT001 - a flag of the command line
    home: Path | None,
) -> int:
    r"""Open a ledger for ORGANISATION in the store, which is made if need be.

    Its first records say so: ledger.opened, licence.held for each licence of a licensee, and role.appointed for the
    first of its people, all by the operator, who is whoever runs this command. That person then signs in and appoints
    the others; an operator only does so here. An organisation has one ledger: a second time nothing is changed.

    Auditors and regulators have ledgers of their own, which are given what others here have said to them before.

    \b
    Examples:
      meterward init brightwater --licence gas=2013-03-04 \
        --security-manager security
      meterward init brightwater --licence electricity=2013-03-04 \
        --licence gas=2013-03-04 --security-manager security \
        --password-stdin < password
      meterward init auditor-a --lead-auditor lead
      meterward init authority --officer officer
    """
    held = dict(licences)
    if len(held) < len(licences):
        raise click.UsageError("A fuel is named twice: a licensee holds one licence for each.")
    keeper, sign_in = _first(organisation, security_manager, lead_auditor, officer)
    if bool(held) != (keeper is Keeper.LICENSEE):
        raise click.UsageError("A licensee's ledger is opened with its licences, and only a licensee's: --licence.")
    return _open((organisation, held, pseudonym, keeper), sign_in, home, piped=password_stdin)


def _open(named_so: tuple[str, dict[str, date], str, Keeper], sign_in: str, home: Path | None, *, piped: bool) -> int:
    from meterward.usecases.open_ledger import FIRST_ROLE, Opening  # noqa: PLC0415 - help needs no store
    from meterward.wiring.setting_up import initialise  # noqa: PLC0415 - the same

    opening = Opening(*named_so)
    password = password_for(clean(sign_in), piped=piped)
    done = initialise(wiring.home_of(home), opening, sign_in, password)
    if isinstance(done, list):
        twice = done[0].code in (Code.LEDGER_OPENED_TWICE, Code.FIELD_VALUE)
        return (misused(done[0]) if twice else refused(done)).show()
    told = f"Opened: the ledger of {opening.organisation}, with {plural(done.count, 'record')}."
    _show(told, f"“{sign_in}” signs in as {opening.manager}, its {named([FIRST_ROLE[opening.keeper]])}.", home)
    return Exit.IN_ORDER


def _show(opened: str, person: str, home: Path | None) -> None:
    on = console()
    on.print(Text(opened, "bold"), soft_wrap=True)
    print_text(on, Text(person))
    where = f" --home {clean(str(home))}" if home else ""
    on.print(Text(f"Now try: meterward serve{where}", "dim"), soft_wrap=True)


def _first(organisation: str, manager: str | None, auditor: str | None, officer: str | None) -> tuple[Keeper, str]:
    """What the organisation is, and under which name the first of its people signs in."""
    regulators = {keeper.value: keeper for keeper in REGULATOR_KEEPERS}
    given = [one for one in (manager, auditor, officer) if one]
    if len(given) != 1:
        raise click.UsageError("Name the first person: one of --security-manager, --lead-auditor and --officer.")
    if bool(officer) != (organisation in regulators):
        raise click.UsageError("The ledgers of regulators are called authority and department, and need an --officer.")
    keeper = regulators.get(organisation) or (Keeper.AUDITOR if auditor else Keeper.LICENSEE)
    return keeper, given[0]
