"""The map of the system as JSON: zones, elements in them and links between, or zones alone where there are too many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import plural
from meterward.core.system.cells import Standing, worst
from meterward.present.kind_words import words
from meterward.present.system_words import CATEGORIES, NO_ZONE, OPERATORS, operated, sort_of, standing, zone_called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.records.kinds.system_described import LinkRow
    from meterward.usecases.draw_system import Chart, Element

MOST_DRAWN = 500
"""So many elements are drawn one by one; of more, each zone is drawn as one."""


def graph_of(chart: Chart, found: Sequence[Element]) -> dict[str, Any]:
    """What is drawn of the elements that were found, with the links between them."""
    there = {one.name: one for one in found}
    links = [one for one in chart.links.values() if one.source in there and one.target in there]
    if len(found) > MOST_DRAWN:
        return _by_zone(there, links)
    zones = sorted({zone_of(one) for one in found})
    return {
        "zones": [{"id": f"zone:{zone}", "label": zone_called(zone)} for zone in zones],
        "nodes": [_node(one) for one in found],
        "links": [_link(one) for one in links],
        "whole": True,
    }


def zone_of(one: Element) -> str:
    """The zone that an element lies in, or that none is said."""
    return one.told.zone or NO_ZONE


def _node(one: Element) -> dict[str, Any]:
    told = one.told
    category = told.categories[0]
    called = ", ".join(CATEGORIES[name] for name in told.categories)
    return {
        "id": one.name,
        "label": one.called,
        "zone": f"zone:{zone_of(one)}",
        "category": category,
        "operator": told.operator,
        "state": one.row.standing.value,
        "says": f"{sort_of(told)}. {called}. Operated by: {operated(told)}. "
        f"Proof: {standing(one.row.standing).word.lower()}.",
    }


def _link(one: LinkRow) -> dict[str, Any]:
    said = [one.protocol, one.network, ", ".join(words(name) for name in one.protection) or "no protection said"]
    return {
        "id": one.link,
        "source": one.source,
        "target": one.target,
        "both": one.both_ways,
        "bare": not one.protection,
        "says": "; ".join(filter(None, said)),
    }


def _by_zone(there: dict[str, Element], links: Sequence[LinkRow]) -> dict[str, Any]:
    """Each zone as one, coloured by what most of it is, and by the worst of its cells."""
    zones: dict[str, list[Element]] = {}
    for one in there.values():
        zones.setdefault(zone_of(one), []).append(one)
    between = Counter((zone_of(there[one.source]), zone_of(there[one.target])) for one in links)
    return {
        "zones": [],
        "nodes": [_zone_node(zone, ones) for zone, ones in sorted(zones.items())],
        "links": [
            {
                "id": f"{source}>{target}",
                "source": f"zone:{source}",
                "target": f"zone:{target}",
                "both": False,
                "bare": False,
                "says": plural(count, "link"),
            }
            for (source, target), count in sorted(between.items())
            if source != target
        ],
        "whole": False,
    }


def _zone_node(zone: str, ones: Sequence[Element]) -> dict[str, Any]:
    category = Counter(name for one in ones for name in one.told.categories).most_common(1)[0][0]
    operator = Counter(one.told.operator for one in ones).most_common(1)[0][0]
    state = worst([one.row.standing for one in ones])
    open_ones = sum(not one.row.standing.is_shown for one in ones)
    return {
        "id": f"zone:{zone}",
        "label": f"{zone_called(zone)}: {plural(len(ones), 'element')}",
        "zone": "",
        "category": category,
        "operator": operator,
        "state": Standing(state).value,
        "says": f"{plural(len(ones), 'element')}, {open_ones:,} of them not shown to be secure. "
        f"Mostly: {CATEGORIES[category].lower()}, operated by {OPERATORS[operator].lower()}.",
    }
