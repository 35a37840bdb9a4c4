"""`meterward system`: the Supplier End-to-End System, and the files that tell of it."""

from __future__ import annotations

import click

from meterward.cli.system_coverage import coverage
from meterward.cli.system_export import export
from meterward.cli.system_import import import_


@click.group()
def system() -> None:
    r"""Tell of the Supplier End-to-End System from files, compare it with them, and write it to files.

    \b
    Examples:
      meterward system import elements.csv --licensee northlight
      meterward system coverage --feed feed.csv --inventory meters.csv \
        --as-at 2026-03-31
    """


system.add_command(coverage)
system.add_command(export)
system.add_command(import_)
