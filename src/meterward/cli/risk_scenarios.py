"""`meterward risk scenarios`: the catalogue of what can happen to a metering system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward.catalogues.scenarios import by_name, by_theme
from meterward.cli.columns import GAP, print_columns, print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.terminal import console
from meterward.core.base.nearest import nearest

if TYPE_CHECKING:
    from meterward.core.risk.scenario import Scenario


@click.command(short_help="List what can happen, or tell of one scenario.")
@click.argument("name", required=False)
@format_option("table", "json")
def scenarios(name: str | None, output_format: str) -> int:
    r"""List the scenarios of the catalogue by what they are about; or tell of the one called NAME.

    What a scenario says of likelihood and consequences is where an estimate begins, on scales from 1 to 5, and counts
    for nothing by itself.

    \b
    Examples:
      meterward risk scenarios
      meterward risk scenarios mass-disconnection
    """
    if name:
        one = by_name().get(name)
        if one is None:
            said = f"No scenario is called “{name}”. {nearest(name, by_name())}"
            raise click.UsageError(f"{said}“meterward risk scenarios” lists them.")
        if output_format == "json":
            say_json({"format": "meterward.scenario/1", **_json(one)})
        else:
            _show(one)
    elif output_format == "json":
        every = [_json(one) for ones in by_theme().values() for one in ones]
        say_json({"format": "meterward.scenarios/1", "scenarios": every})
    else:
        _list()
    return Exit.IN_ORDER


def _list() -> None:
    on, themes = console(), by_theme()
    width = max(len(name) for name in by_name())
    for place, (called, ones) in enumerate(themes.items()):
        if place:
            on.print()
        print_text(on, Text(called, "bold"))
        for one in ones:
            print_columns(on, [(Text(one.name), width), (Text(one.title), on.width - width - 2 * GAP)], GAP)


def _show(one: Scenario) -> None:
    on = console()
    print_text(on, Text(one.title, "bold"))
    print_text(on, Text(one.name, "dim"))
    on.print()
    print_text(on, Text(one.story))
    on.print()
    print_items(
        on,
        [
            ("causes", "; ".join(one.causes)),
            ("comes to", ", ".join(f"{name} {level}" for name, level in one.consequences.items())),
            ("applies to", "; ".join(_conditions(one)) or "any element"),
            ("likelihood", f"{one.likely.starts}, to begin with"),
            ("less likely by", ", ".join(sorted(one.likely.lowered_by | one.likely.lowered_by_links)) or "nothing"),
            ("ATT&CK for ICS", ", ".join(one.techniques)),
            ("from", "; ".join(one.provenance)),
        ],
        0,
    )


def _conditions(one: Scenario) -> list[str]:
    return [f"{name} {', '.join(sorted(values))}" for name, values in one.applies._asdict().items() if values]


def _json(one: Scenario) -> dict[str, Any]:
    return {
        "name": one.name,
        "theme": one.theme,
        "title": one.title,
        "story": one.story,
        "causes": [*one.causes],
        "consequences": dict(one.consequences),
        "techniques": [*one.techniques],
        "likelihood": one.likely.starts,
        "applies": {name: sorted(values) for name, values in one.applies._asdict().items() if values},
        "provenance": [*one.provenance],
    }
