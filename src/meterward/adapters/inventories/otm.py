"""Open Threat Model 0.2: components become elements, trust zones the zones they lie in, data flows links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters.inventories.tree_table import Model, said
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.system_described import ELEMENT, LINK
from meterward.core.records.unfit import short
from meterward.usecases.ports.inventories import Tables

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree

NO_ZONE = "no-zone"
"""The trust zone of what lies in none: the format wants one of everything."""
NO_TYPE = "unspecified"
_READ = "0.2"
_LEFT = ("threats", "mitigations", "assets", "representations")


def read_otm(model: dict[str, Tree], name: str) -> Tables | list[Problem]:
    """The tables of an Open Threat Model."""
    version = said(model.get("otmVersion")) or ""
    if version != _READ and not version.startswith(f"{_READ}."):
        what = f"It is of Open Threat Model {short(version)}, and {_READ} is read."
        return [Problem(Code.INVENTORY_UNKNOWN, what, f"Export it as {_READ}.", name)]
    reading = Model(name)
    zones = _zones(reading, model)
    elements = [
        (path, _element(reading, one, path, zones))
        for path, one in reading.groups(model.get("components"), "components", "id")
    ]
    links = [
        (path, _link(reading, one, path)) for path, one in reading.groups(model.get("dataflows"), "dataflows", "id")
    ]
    left = [part for part in _LEFT if model.get(part)]
    if any(zone.get("parent") for _, zone in reading.groups(model.get("trustZones"), "trustZones")):
        left.append("what trust zones lie in")
    notes = (f"{name}: not taken, because no field has it: {', '.join(left)}.",) if left else ()
    tables = (reading.table(ELEMENT, "components", elements), reading.table(LINK, "dataflows", links))
    return reading.problems.told() or Tables("otm", tables, notes)


def _zones(reading: Model, model: dict[str, Tree]) -> dict[str, str]:
    """The name of each trust zone by its id."""
    found: dict[str, str] = {NO_ZONE: ""}
    for path, zone in reading.groups(model.get("trustZones"), "trustZones", "id"):
        name = reading.text(zone.get("name"), f"{path}.name") or reading.text(zone.get("id"), f"{path}.id")
        key = reading.text(zone.get("id"), f"{path}.id")
        if key != NO_ZONE:
            found[key] = name
    return found


def _element(reading: Model, one: dict[str, Tree], path: str, zones: dict[str, str]) -> dict[str, str]:
    found = _common(reading, one, path, ELEMENT)
    kind = reading.text(one.get("type"), f"{path}.type")
    parent = reading.group(one.get("parent"), f"{path}.parent")
    zone = reading.text(parent.get("trustZone"), f"{path}.parent")
    if zone and zone not in zones:
        what = f"It lies in the trust zone {short(zone)}, and there is none of that id."
        reading.wrong(f"{path}.parent", what, "Name one of “trustZones”.", Code.INVENTORY_NAME)
    told = {
        "type": "" if kind == NO_TYPE else kind,
        "zone": zones.get(zone, "") or found.get("zone", ""),
        "within": reading.text(parent.get("component"), f"{path}.parent"),
    }
    return found | told


def _link(reading: Model, one: dict[str, Tree], path: str) -> dict[str, str]:
    ends = {"source": "source", "target": "destination", "both_ways": "bidirectional"}
    return _common(reading, one, path, LINK) | {
        field: reading.text(one.get(key), f"{path}.{key}") for field, key in ends.items()
    }


def _common(reading: Model, one: dict[str, Tree], path: str, space: str) -> dict[str, str]:
    """What components and data flows have alike: an id, a name, and attributes, which have room for other fields."""
    attributes = reading.group(one.get("attributes"), f"{path}.attributes")
    found = {
        key.strip(): text for key, value in attributes.items() if (text := said(value)) is not None and key.strip()
    }
    key, name = (reading.text(one.get(field), f"{path}.{field}") for field in ("id", "name"))
    if tags := said(one.get("tags")):
        found["item tags"] = tags
    return {"label": "" if name == key else name} | found | {space: key}
