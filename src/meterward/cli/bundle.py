"""`meterward bundle`: build a bundle of a ledger, and verify one that somebody handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.bundle_open import open_
from meterward.cli.bundle_verify import verify
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.parameters import Day
from meterward.cli.progress import Watch
from meterward.cli.refusal import misused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import error_console
from meterward.core.base.days import plural
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import PROOFS
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.bundle.manifest import Manifest
    from meterward.usecases.withhold import Asked


@click.group()
def bundle() -> None:
    r"""Hand over a ledger, or records of it, with all that it takes to check them offline.

    \b
    Examples:
      meterward bundle build evidence.tar --licensee northlight
      meterward bundle verify evidence.tar --policy northlight.policy
    """


@bundle.command(short_help="Build one, of all or of some records.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--licensee", required=True, help="The licensee whose ledger in the store it is.")
@click.option("--clause", default="", help="Only the records that a clause reads, such as Z.14.")
@click.option("--subject", default="", help="Only the records about a subject, such as audit/1 or direction/1.")
@click.option("--first", type=Day(), help="Only what occurred on this day or later.")
@click.option("--last", type=Day(), help="Only what occurred on this day or earlier.")
@click.option("--as-at", type=Day(), help="The day of the position; today if none is named.")
@click.option(
    "--withhold", "withheld", multiple=True, metavar="OF:PART", help="What of a kind or a record is withheld."
)
@click.option("--withhold-texts", "texts", is_flag=True, help="Withhold every text.")
@click.option("--withhold-files", "files", is_flag=True, help="Withhold the content of every file.")
@click.option("--because", default="", help="Why it is withheld, in a line; the bundle tells it.")
@home_option()
def build(out: Path, licensee: str, as_at: date | None, home: Path | None, **asked: Any) -> int:  # noqa: ANN401 - as they are
    r"""Build a bundle at OUT: a folder, or an archive if its name ends with .tar.

    Of a selection, the log tells all the same how many records of each kind were left out, and each record that is
    there has a proof of its own. The checkpoint of the bundle is published first, and witnesses are asked to cosign it.

    What is withheld stands as a digest, so that the rest is verified all the same, and the bundle tells by whom and
    why. OF is a kind, or the first 8 digits or more of a record's id; PART is text, facts or files, or one name in it,
    such as facts.severity. Where facts are withheld, nobody can tell from the bundle where the duties stand that read
    such records.

    \b
    Examples:
      meterward bundle build evidence --licensee northlight
      meterward bundle build audit-1.tar --licensee northlight --subject audit/1
      meterward bundle build z14.tar --licensee northlight --clause Z.14
      meterward bundle build shown --licensee northlight --withhold incident.recorded:text --because "Confidential."
    """
    from meterward.usecases.select_records import Chosen  # noqa: PLC0415 - help needs none of it
    from meterward.wiring.bundling import Wanted, build  # noqa: PLC0415 - the same

    withheld = _withheld(asked.pop("withheld"), texts=asked.pop("texts"), files=asked.pop("files"))
    if isinstance(withheld, Problem):
        return misused(withheld).show()
    because, on = asked.pop("because"), error_console()
    wanted = Wanted(licensee, Chosen(**asked), as_at or wiring.today(), out, withheld, because)
    with Watch() as watch:
        done = build(wiring.home_of(home), wanted, watch.entries, lambda said: print_text(on, Text(clean(said))))
    if isinstance(done, Problem):
        return unreadable(done).show()
    on.print(Text(f"Written: {clean(str(out))}, {plural(len(done.files) + 2, 'file')}, {_holds(done)}"), soft_wrap=True)
    return Exit.IN_ORDER


def _holds(done: Manifest) -> str:
    """How much of the ledger a bundle has. Of a selection there is a proof for each record."""
    proofs = sum(name.startswith(PROOFS) for name in done.files)
    return f"all {plural(done.size, 'record')}" if done.is_whole else f"{proofs:,} of {plural(done.size, 'record')}"


def _withheld(written: Sequence[str], *, texts: bool, files: bool) -> tuple[Asked, ...] | Problem:
    """What is to be withheld; or what is wrong with how it was written."""
    from meterward.usecases.withhold import Asked, read_asked  # noqa: PLC0415 - help needs none of it

    found = [read_asked(one) for one in written]
    wrong = next((one for one in found if isinstance(one, Problem)), None)
    whole = [Asked(part) for part, asked in (("text", texts), ("files", files)) if asked]
    return wrong or (*whole, *(one for one in found if not isinstance(one, Problem)))


bundle.add_command(verify)
bundle.add_command(open_)
