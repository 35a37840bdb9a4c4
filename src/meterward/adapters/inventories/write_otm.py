"""A system as an Open Threat Model 0.2. Populations have no place in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.adapters.inventories.otm import NO_TYPE, NO_ZONE
from meterward.adapters.inventories.told import texts
from meterward.core.records.kinds.system_described import ELEMENT, LINK

if TYPE_CHECKING:
    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.kinds.system_described import LinkRow
    from meterward.core.system.model import Drawn

_VERSION = "0.2.0"
_TRUST = 50
"""The format wants a number of trust, 0 to 100, of each zone. That is theirs to say, so that all are in the middle."""
_PLACED = {ELEMENT, LINK, "label", "type", "within", "source", "target", "both_ways"}


def write_otm(drawn: Drawn, name: str) -> dict[str, bytes]:
    """The model, as JSON."""
    zones = sorted({one.zone for one in drawn.elements.values() if one.zone})
    model = {
        "otmVersion": _VERSION,
        "project": {"name": name, "id": name},
        "trustZones": [_zone(zone) for zone in [NO_ZONE, *(zone for zone in zones if zone != NO_ZONE)]],
        "components": [_component(key, one) for key, one in sorted(drawn.elements.items())],
        "dataflows": [_flow(key, one) for key, one in sorted(drawn.links.items())],
    }
    return {f"{name}.otm.json": (json.dumps(model, indent=1, ensure_ascii=False) + "\n").encode()}


def _zone(zone: str) -> dict[str, Any]:
    return {"id": zone, "name": zone, "risk": {"trustRating": _TRUST}}


def _component(name: str, one: ElementDeclared) -> dict[str, Any]:
    parent = {"component": one.within} if one.within else {"trustZone": _zoned(one)}
    attributes = _others(ELEMENT, name, one)
    if parent.get("trustZone") == one.zone != NO_ZONE:
        attributes.pop("zone", None)
    return {
        "id": name,
        "name": one.label or name,
        "type": one.type or NO_TYPE,
        "parent": parent,
        "attributes": attributes,
    }


def _zoned(one: ElementDeclared) -> str:
    """The trust zone of an element; a zone that is called as that of none is told among its attributes."""
    return one.zone if one.zone and one.zone != NO_ZONE else NO_ZONE


def _flow(name: str, one: LinkRow) -> dict[str, Any]:
    return {
        "id": name,
        "name": one.label or name,
        "bidirectional": one.both_ways,
        "source": one.source,
        "destination": one.target,
        "attributes": _others(LINK, name, one),
    }


def _others(space: str, name: str, thing: object) -> dict[str, str]:
    """What has no field of its own; a label that is the very name would be taken for none."""
    told = texts(space, name, thing)
    return {field: text for field, text in told.items() if field not in _PLACED or (field == "label" and text == name)}
