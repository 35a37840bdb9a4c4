"""`meterward risk list`: the risk register on a day, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.asking import dossiers_of
from meterward.cli.columns import GAP, print_columns, print_text, widest
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.parameters import Day
from meterward.cli.refusal import Refusal
from meterward.cli.source import sourced
from meterward.cli.terminal import console
from meterward.core.base.days import in_words, plural
from meterward.core.risk.register import Rated, rated, register
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.cli.source import Source
    from meterward.core.risk.scales import Rating

_HEADERS = ("risk", "inherent", "current", "residual", "target", "stands")
_LEAST_LABEL = 16
_STYLES = {"open": "bold #e0574b", "unrated": "#b8860b", "treated": "#4a8fe0", "accepted": "#7a9e3a"}


@click.command("list", short_help="List the register on a day.")
@sourced
@click.option("--as-at", "day", type=Day(), help="The day to look at. [today, in London]")
@format_option("table", "json")
def list_(source: Source, day: date | None, output_format: str) -> int:
    r"""List every risk in the register on a day, the highest residual level first.

    A level is that of the worst consequence, by the scales in effect; what these cannot rate is unrated, never low.
    Residual is the estimate of the present, lowered by what measures were shown to do since.

    The exit code is 0 if no risk is open or unrated, 1 if one is.

    \b
    Examples:
      meterward risk list --licensee northlight
      meterward risk list northlight.jsonl --as-at 2026-03-31 --format json
    """
    found = _found(source, on := day or wiring.today())
    if isinstance(found, Refusal):
        return found.show(output_format)
    if output_format == "json":
        rows = [{"licences": licences, "risks": [_json(one) for one in ones]} for licences, ones in found]
        say_json({"format": "meterward.register/1", "on": on.isoformat(), "registers": rows})
    else:
        for licences, ones in found:
            _show(ones, f"Risk register on {in_words(on)}, {' and '.join(licences)}")
    bad = any(one.standing in ("open", "unrated") for _, ones in found for one in ones)
    return Exit.OPEN if bad else Exit.IN_ORDER


def _found(source: Source, day: date) -> list[tuple[list[str], list[Rated]]] | Refusal:
    """The register of each licence; licences that have the same one together."""
    held = dossiers_of(source)
    if isinstance(held, Refusal):
        return held
    found: list[tuple[list[str], list[Rated]]] = []
    for one in held:
        ones = sorted((rated(one.reader, risk, day) for risk in register(one.reader).on(day)), key=_worst_first)
        same = next((licences for licences, others in found if [*map(_json, others)] == [*map(_json, ones)]), None)
        if same is None:
            found.append(([one.name], ones))
        else:
            same.append(one.name)
    return found


def _worst_first(one: Rated) -> tuple[bool, int, str]:
    return one.residual is not None, -(one.residual.level if one.residual else 0), one.risk.name


def _levels(one: Rated) -> dict[str, Rating | None]:
    return {"inherent": one.inherent, "current": one.current, "residual": one.residual, "target": one.target}


def _show(ones: Sequence[Rated], heading: str) -> None:
    on = console()
    print_text(on, Text(clean(heading), "bold"))
    if not ones:
        print_text(on, Text("No risk is in it. “meterward risk import” tells of risks from a file."))
        return
    rows = [[Text(one, "dim") for one in _HEADERS], *(_row(one) for one in ones)]
    widths = [widest(row[place] for row in rows) for place in range(len(_HEADERS))]
    left = on.width - sum(widths) - len(widths) * GAP
    labels = [Text("what", "dim"), *(Text(clean(one.risk.record.facts.label)) for one in ones)]
    for row, label in zip(rows, labels, strict=True):
        beside = [(label, left)] if left >= _LEAST_LABEL else []
        print_columns(on, [*zip(row, widths, strict=True), *beside])
        if not beside and label is not labels[0]:
            print_text(on, label, GAP)
    open_ = sum(one.standing == "open" for one in ones)
    unrated = sum(one.standing == "unrated" for one in ones)
    print_text(on, Text(f"{plural(len(ones), 'risk')}: {open_:,} open, {unrated:,} unrated.", "bold"))


def _row(one: Rated) -> list[Text]:
    levels = [Text("–" if level is None else str(level.level)) for level in _levels(one).values()]  # noqa: RUF001 - the dash is the shape of none
    return [Text(one.risk.short), *levels, Text(one.standing, _STYLES.get(one.standing, ""))]


def _json(one: Rated) -> dict[str, Any]:
    facts = one.risk.record.facts
    levels = {name: None if rating is None else _rating(rating) for name, rating in _levels(one).items()}
    planned = None if one.planned is None else _rating(one.planned)
    return {
        "risk": one.risk.name,
        "label": facts.label,
        "scenario": facts.scenario,
        "elements": [*facts.elements],
        "standing": one.standing,
        **levels,
        "planned": planned,
    }


def _rating(one: Rating) -> dict[str, Any]:
    return {
        "level": one.level,
        "likelihood": one.likelihood,
        "consequences": dict(one.consequences),
        "levels": dict(one.levels),
        "above_appetite": [*one.above],
    }
