"""`meterward threats`: what others publish of weaknesses and attacks, beside the system."""

from __future__ import annotations

import click

from meterward.cli.threats_match import match


@click.group()
def threats() -> None:
    r"""Compare threat intelligence with the system.

    \b
    Examples:
      meterward threats match known_exploited_vulnerabilities.json \
        advisories/ --licensee northlight
    """


threats.add_command(match)
