"""Which ledger a command reads: a file, or a licensee's in the store of a home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from meterward import wiring
from meterward.cli.refusal import warn
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from meterward.cli.progress import Watch
    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from meterward.usecases.read_ledger import Loaded

P = ParamSpec("P")
C = TypeVar("C", bound="Callable[..., Any]")

EITHER = "Name the ledger: a FILE, or --licensee L for one in the store."


@dataclass(frozen=True, slots=True)
class Source:
    """A ledger as it was named on the command line."""

    file: str
    """The file; empty if the ledger lies in a store."""
    licensee: str = ""
    home: Path | None = None
    """The home of the store, where one was named."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that name the ledger on a command line."""
        if not self.licensee:
            return (self.file,)
        return ("--licensee", self.licensee, *(("--home", str(self.home)) if self.home else ()))

    @property
    def called(self) -> str:
        """What to call it in a sentence."""
        if self.licensee:
            return f"The ledger of {clean(self.licensee)}"
        return "What was piped in" if self.file == "-" else clean(self.file)

    def read(
        self,
        watch: Watch,
        known_at: date | int | None = None,
        see: Callable[[Record[Any], bytes], None] | None = None,
    ) -> Loaded | Problem:
        """Read the ledger as it was known."""
        if not self.licensee:
            return wiring.read(self.file, known_at, watch.lines, see)
        self._warn()
        return wiring.stored(self.home, self.licensee, watch.entries).read(known_at, see)

    def check(self, watch: Watch, root_at: int | None = None) -> Loaded | Problem:
        """Read every line of the ledger anew, whatever was found out about it before."""
        if not self.licensee:
            return wiring.read(self.file, hear=watch.lines, root_at=root_at)
        self._warn()
        return wiring.stored(self.home, self.licensee, watch.entries).check(root_at)

    def _warn(self) -> None:
        if problem := wiring.unlike(self.home, self.licensee):
            warn(problem)


def home_option() -> Callable[[C], C]:
    """`--home`, from the environment by default."""
    return click.option(
        "--home",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The folder of the store. [METERWARD_HOME, else ~/.local/share/meterward]",
    )


SOURCE = (
    click.argument("file", type=click.Path(), metavar="[FILE]", required=False),
    click.option("--licensee", metavar="L", help="The ledger of this licensee in the store, in place of FILE."),
    home_option(),
)
"""The options that name a ledger."""


def sourced(command: Callable[P, int]) -> Callable[..., int]:
    """Give a command its ledger as `source`: a FILE or a --licensee, one of the two."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        file, licensee = kwargs.pop("file"), kwargs.pop("licensee")
        kwargs["source"] = source_of(file, licensee, kwargs.pop("home"))
        return command(*args, **kwargs)

    for option in reversed(SOURCE):
        run = option(run)
    return run


def source_of(file: object, licensee: object, home: object) -> Source:
    """The one ledger that was named."""
    if file and licensee:
        raise click.UsageError(f"A FILE and --licensee name two ledgers, and one is asked about. {EITHER}")
    if home and not licensee:
        raise click.UsageError("--home says where a store is; name the licensee whose ledger it has, with --licensee.")
    if not file and not licensee:
        raise click.UsageError(EITHER)
    return Source(str(file or ""), str(licensee or ""), home if isinstance(home, Path) else None)
