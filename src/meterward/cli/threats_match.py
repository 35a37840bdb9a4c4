"""`meterward threats match`: which advisories are about products and software of the system; and tell it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meterward import wiring
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.parameters import Day
from meterward.cli.refusal import refused
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.cli.threats_table import matched_json, show_matched

if TYPE_CHECKING:
    from datetime import date


@click.command(short_help="Match advisories with the system.")
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--licensee", metavar="L", required=True, help="The ledger of this licensee in the store.")
@click.option("--as-at", type=Day(), help="The day of the system to look at. [today, in London]")
@click.option("--append", "appends", is_flag=True, help="Append what was found to the ledger.")
@click.option("--as", "sign_in", metavar="NAME", default="", help="Who says so: whoever signs in as NAME.")
@click.option("--note", default="", help="Where the data came from.")
@home_option()
@format_option("table", "json")
def match(data: tuple[Path, ...], licensee: str, as_at: date | None, home: Path | None, **rest: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Show which advisories are about products and software of the system, why, and how sure that is.

    DATA are files, folders or ZIP archives, as they were published: CISA's catalogue of known exploited vulnerabilities
    (KEV), CSAF 2.0 advisories, ATT&CK for ICS in STIX 2.1. They are compared with the bills of materials of elements,
    with the models and firmware of populations, and with the names of elements. docs/threats.md says what matches, and
    what cannot be told.

    With --append each source is a record, all together or none, with its digest; what is open then is in the queue of
    what to re-assess. The exit code is 1 while a match is open, and 0 if none is.

    \b
    Examples:
      meterward threats match known_exploited_vulnerabilities.json \
        advisories/ --licensee northlight
      meterward threats match advisories.zip --licensee northlight \
        --append --as security --note "Advisories of March."
    """
    from meterward.wiring.matching import Wanted, match_threats  # noqa: PLC0415 - help needs no store

    if bool(rest["sign_in"]) != rest["appends"]:
        raise click.UsageError("--append and --as NAME go together: the one appends, the other says who does.")
    wanted = Wanted(licensee, data, as_at or wiring.today(), rest["sign_in"], rest["note"])
    done = match_threats(wiring.home_of(home), wanted)
    if isinstance(done, list):
        return refused(done).show(rest["output_format"])
    if rest["output_format"] == "json":
        say_json(matched_json(done))
    else:
        show_matched(console(), done, wanted)
    still = any(one.known in ("new", "open") for source in done.compared for one in source.matches)
    return Exit.OPEN if still else Exit.IN_ORDER
