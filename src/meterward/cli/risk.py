"""`meterward risk`: the risk register, the files of it, and the catalogue of scenarios."""

from __future__ import annotations

import click

from meterward.cli.risk_export import export
from meterward.cli.risk_import import import_
from meterward.cli.risk_list import list_
from meterward.cli.risk_scenarios import scenarios


@click.group()
def risk() -> None:
    r"""List the risk register, compare it with files, write it to files, and look up scenarios.

    \b
    Examples:
      meterward risk list --licensee northlight
      meterward risk export register --licensee northlight --to xlsx
      meterward risk import register/northlight.xlsx --licensee northlight
    """


risk.add_command(list_)
risk.add_command(scenarios)
risk.add_command(export)
risk.add_command(import_)
