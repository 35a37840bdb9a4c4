"""`meterward doctor`: whether this installation is sound."""

from __future__ import annotations

import platform
import sys
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text
from meterward.cli.exits import Exit
from meterward.cli.progress import Watch
from meterward.cli.source import home_option, source_of
from meterward.cli.terminal import console
from meterward.core.base.days import london_day, plural
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.node import Outcome
from meterward.core.records.fields import unfits
from meterward.core.records.kinds import all_kinds
from meterward.present.marks import OUTCOMES
from meterward.present.notices import grouped
from meterward.present.phrases import entries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import Console

    from meterward.cli.source import Source

_OLDEST_PYTHON = (3, 11)
_LABEL = 14
_LEAST_ROOM = 200 * 2**20


class Finding(NamedTuple):
    """What was found of one thing, and what to do if it is wrong."""

    what: str
    found: str
    wrong: str = ""


@click.command()
@click.argument("file", type=click.Path(), metavar="[FILE]", required=False)
@click.option("--licensee", metavar="L", help="Read the ledger of this licensee in the store anew, too.")
@home_option()
def doctor(file: str | None, licensee: str | None, home: Path | None) -> int:
    r"""Check this installation: what it runs on, that law packs and kinds load, and that it computes what it must.

    It says which store there is, in which database, and how much room is left. A ledger that is named, by FILE or by
    --licensee, is read too. The last line evaluates each example twice, its records in different orders, and compares
    the receipts. The exit code is 0 if all is well, and 1 if something is not.

    \b
    Examples:
      meterward doctor
      meterward doctor --licensee northlight --home /srv/meterward
    """
    on = console()
    findings = [check() for check in _CHECKS]
    findings[-1:-1] = [_terminal(on), *_store(wiring.home_of(home))]
    if file or licensee:
        findings.insert(-1, _ledger(source_of(file, licensee, home if licensee else None)))
    for finding in findings:
        mark = OUTCOMES[Outcome.FAILED if finding.wrong else Outcome.HELD]
        said = Text(finding.found)
        if finding.wrong:
            said.append(f"\n{finding.wrong}", mark.style)
        cells = [(Text(mark.shape, mark.style), 1), (Text(finding.what, "dim"), _LABEL)]
        print_columns(on, [*cells, (said, on.width - 1 - _LABEL - 2 * GAP)])
    wrong = sum(1 for finding in findings if finding.wrong)
    print_text(on, Text(f"\n{plural(wrong, 'thing')} to mend." if wrong else "\nAll is well.", "bold"))
    return Exit.OPEN if wrong else Exit.IN_ORDER


def _python() -> Finding:
    old = sys.version_info < _OLDEST_PYTHON
    wrong = "Meterward needs Python 3.11 or newer." if old else ""
    return Finding("Python", f"{platform.python_version()} ({platform.python_implementation()})", wrong)


def _versions() -> Finding:
    versions = wiring.versions()
    lacking = [name for name, version in versions.items() if not version]
    wrong = f"Not installed: {', '.join(lacking)}." if lacking else ""
    return Finding("Versions", ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items()), wrong)


def _packs() -> Finding:
    loaded = {name: wiring.load_pack(name) for name in wiring.pack_names()}
    problems = [str(pack) for pack in loaded.values() if isinstance(pack, Problem)]
    said = [
        f"{pack.name} version {pack.version}, {len(pack.duties)} duties"
        for pack in loaded.values()
        if not isinstance(pack, Problem)
    ]
    return Finding("Law packs", "; ".join(said) or "none", " ".join(problems) or ("" if loaded else "There is none."))


def _kinds() -> Finding:
    kinds = all_kinds()
    unfit = [kind.name for kind in kinds.values() if unfits(kind.fields, kind.example)]
    wrong = f"The example does not fit its kind: {', '.join(unfit)}." if unfit else ""
    return Finding("Kinds", f"{plural(len(kinds), 'kind')} of record", wrong)


def _engine() -> Finding:
    return Finding("Engine", f"{wiring.engine()[:16]}… (equal digests compute equal receipts)")


def _zone() -> Finding:
    summer, winter = london_day("2026-06-30T23:30:00Z"), london_day("2026-12-30T23:30:00Z")
    sound = (summer, winter) == (date(2026, 7, 1), date(2026, 12, 30))
    found = f"today is {wiring.today().isoformat()} in London"
    return Finding("Time zone", found, "" if sound else "The data of Europe/London are wrong: reinstall tzdata.")


def _self_test() -> Finding:
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    if isinstance(pack, Problem):
        return Finding("Self-test", "not run", str(pack))
    wrong = wiring.self_test(pack)
    found = f"{', '.join(wiring.example_names())}: one receipt in every order of records"
    return Finding("Self-test", "failed" if wrong else found, wrong)


def _store(home: Path) -> list[Finding]:
    """The store of a home. That there is none is nothing wrong: files need none."""
    room = Finding("Room", f"{wiring.free(home) / 2**30:,.1f} GiB free", _tight(wiring.free(home)))
    found = wiring.look(home)
    if isinstance(found, Problem) and found.code is Code.STORE_MISSING:
        return [Finding("Store", f"none in {home}; “meterward init” makes one"), room]
    if isinstance(found, Problem):
        return [Finding("Store", str(home), f"{found.message} {found.hint}"), room]
    ledgers = ", ".join(f"{one.name} ({entries(one.size)})" for one in found.ledgers) or "no ledger yet"
    store = Finding("Store", f"{found.place}: {ledgers}")
    return [store, Finding("Database", found.database), *_checkpoints(home, [one.name for one in found.ledgers]), room]


def _checkpoints(home: Path, ledgers: Sequence[str]) -> list[Finding]:
    lost = [f"{problem.message} {problem.hint}" for name in ledgers if (problem := wiring.unlike(home, name))]
    found = "some ledger does not fit what is kept of it outside" if lost else "every ledger fits what is kept outside"
    return [Finding("Checkpoints", found, " ".join(lost))] if ledgers else []


def _tight(free: int) -> str:
    least = f"Less than {_LEAST_ROOM // 2**20} MiB: appending may soon fail. Nothing is lost then, but make room."
    return least if free < _LEAST_ROOM else ""


def _ledger(source: Source) -> Finding:
    with Watch() as watch:
        loaded = source.check(watch)
    if isinstance(loaded, Problem):
        return Finding("Ledger", source.called, f"{loaded.message} {loaded.hint}")
    found = f"{source.called}: {entries(loaded.size)}, root {grouped(loaded.root)}"
    wrong = f"{plural(len(loaded.problems) + loaded.more_problems, 'problem')}: meterward records check shows them."
    return Finding("Ledger", found, wrong if loaded.problems else "")


def _terminal(on: Console) -> Finding:
    colour = on.color_system or "no colour"
    shapes = "" if on.encoding.startswith("utf") else "; shapes are written in ASCII, LANG=C.UTF-8 shows them"
    kind = "a terminal" if on.is_terminal else "not a terminal"
    return Finding("Terminal", f"{kind}, {on.width} columns, {on.encoding}, {colour}{shapes}")


_CHECKS: tuple[Callable[[], Finding], ...] = (_python, _versions, _packs, _kinds, _engine, _zone, _self_test)
