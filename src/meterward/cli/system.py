"""`meterward system`: the Supplier End-to-End System, and the files that tell of it."""

from __future__ import annotations

import click

from meterward.cli.system_coverage import coverage


@click.group()
def system() -> None:
    r"""Compare the Supplier End-to-End System with the files that tell of it.

    \b
    Example:
      meterward system coverage --feed feed.csv --inventory meters.csv \
        --as-at 2026-03-31
    """


system.add_command(coverage)
