"""A system as a Threagile model. Populations have no place in it; other fields that have none are tags."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml

from meterward.adapters.inventories.told import texts
from meterward.core.records.kinds.system_described import ELEMENT, LINK
from meterward.usecases.name_things import tail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.kinds.system_described import LinkRow
    from meterward.core.system.model import Drawn

_VERSION = "1.0.0"
_FOREIGN = re.compile(r"[^A-Za-z0-9-]+")
_TECHNOLOGY = {
    "meter_population": "iot-device",
    "communications_hub": "gateway",
    "in_home_display": "iot-device",
    "head_end": "application-server",
    "meter_data_management": "application-server",
    "key_management": "hsm",
    "field_tool": "mobile-app",
    "customer_system": "erp",
    "network_equipment": "gateway",
    "workstation": "client-system",
}
_RATED = {"confidentiality": "restricted", "integrity": "important", "availability": "important"}
"""The format wants ratings of everything. Nothing here says them, so that all are alike, and theirs to change."""
_ASSET: dict[str, Any] = {
    "description": None,
    "usage": "business",
    "used_as_client_by_human": False,
    "out_of_scope": False,
    "justification_out_of_scope": None,
    "size": "system",
    "internet": False,
    "machine": "physical",
    "encryption": "none",
    **_RATED,
    "justification_cia_rating": None,
    "multi_tenant": False,
    "redundant": False,
    "custom_developed_parts": False,
    "data_assets_processed": [],
    "data_assets_stored": [],
    "data_formats_accepted": [],
}
_LINK: dict[str, Any] = {
    "description": None,
    "protocol": "unknown-protocol",
    "authentication": "none",
    "authorization": "none",
    "vpn": False,
    "ip_filtered": False,
    "readonly": False,
    "usage": "business",
    "data_assets_sent": [],
    "data_assets_received": [],
}


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # whichever there is
    """Writes everything out: an alias for two lists that happen to be alike would only puzzle."""

    def ignore_aliases(self, _: object) -> bool:
        """Nothing is an alias."""
        return True


def write_threagile(drawn: Drawn, name: str) -> dict[str, bytes]:
    """The model, as YAML."""
    ids = _ids(drawn.elements)
    titles = _titles({key: one.label for key, one in drawn.elements.items()})
    going: dict[str, list[str]] = {}
    for key, link in sorted(drawn.links.items()):
        going.setdefault(link.source, []).append(key)
    assets = {
        titles[key]: _asset(ids[key], key, one) | {"communication_links": _links(drawn, going.get(key, []), ids)}
        for key, one in sorted(drawn.elements.items())
    }
    model = {
        "threagile_version": _VERSION,
        "title": name,
        "date": None,
        "author": {"name": None},
        "business_criticality": "critical",
        "tags_available": _tags_of(assets),
        "data_assets": {},
        "technical_assets": assets,
        "trust_boundaries": _boundaries(drawn, ids),
        "shared_runtimes": {},
    }
    text = yaml.dump(model, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return {f"{name}.threagile.yaml": text.encode()}


def _asset(key: str, name: str, one: ElementDeclared) -> dict[str, Any]:
    return {
        "id": key,
        **_ASSET,
        "type": "process",
        "technology": _TECHNOLOGY.get(one.type or "", "unknown-technology"),
        "owner": one.party,
        "tags": _tags(ELEMENT, name, one, {"zone", "party"}),
    }


def _links(drawn: Drawn, names: list[str], ids: dict[str, str]) -> dict[str, Any]:
    titles = _titles({name: drawn.links[name].label for name in names})
    return {
        titles[name]: {"target": ids[drawn.links[name].target], **_LINK, "tags": _link_tags(name, drawn.links[name])}
        for name in names
    }


def _link_tags(name: str, link: LinkRow) -> list[str]:
    return _tags(LINK, name, link, {"source", "target"})


def _tags(space: str, name: str, thing: object, placed: set[str]) -> list[str]:
    told = texts(space, name, thing)
    parts = {field: [text] if field == "label" else text.split("; ") for field, text in told.items()}
    return [f"{field}:{part}" for field, found in parts.items() if field not in placed for part in found]


def _tags_of(assets: dict[str, Any]) -> list[str]:
    links = [link for asset in assets.values() for link in asset["communication_links"].values()]
    return sorted({tag for one in (*assets.values(), *links) for tag in one["tags"]})


def _boundaries(drawn: Drawn, ids: dict[str, str]) -> dict[str, Any]:
    inside: dict[str, list[str]] = {}
    for key, one in sorted(drawn.elements.items()):
        if one.zone:
            inside.setdefault(one.zone, []).append(ids[key])
    keys = _ids([f"zone/{zone}" for zone in inside])
    return {
        zone: {
            "id": f"zone-{keys[f'zone/{zone}']}",
            "description": None,
            "type": "network-on-prem",
            "tags": [],
            "technical_assets_inside": members,
            "trust_boundaries_nested": [],
        }
        for zone, members in sorted(inside.items())
    }


def _ids(names: Iterable[str]) -> dict[str, str]:
    """Ids of letters, digits and hyphens, each once; the format has no others."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        key = base = _FOREIGN.sub("-", tail(name)).strip("-") or "x"
        count = 1
        while key in taken:
            count += 1
            key = f"{base}-{count}"
        taken.add(key)
        found[name] = key
    return found


def _titles(labels: dict[str, str | None]) -> dict[str, str]:
    """Titles, each once: a label, or the name where there is no label or something else has it too."""
    often = Counter([*labels, *(label for label in labels.values() if label)])
    return {name: label if label and often[label] == 1 else name for name, label in labels.items()}
