"""The usual words of inventories: for columns, and for the values of vocabularies."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "element": {
        "element": "id, asset, asset id, asset tag, asset number, ci, ci id, configuration item, "
        "component, component id, "
        "device id, equipment id, identifier, reference, ref, system id, element id, element name",
        "label": "name, title, asset name, display name, component name, system name, called",
        "type": "asset type, class, element type, kind, device type, equipment type, technology",
        "categories": "category, scope category, scope, tags, z5 category",
        "operator": "operated by, run by, operation, operating model, managed by",
        "power": "within power, control, our power, power over it",
        "in_service": "in service since, in service from, service start, commissioned, commissioned on, go live, "
        "live since, start date, installed, installed on, since, date in service",
        "party": "supplier, vendor, provider, contractor, organisation, organization, third party, "
        "owner, service provider",
        "assurance": "assured by, assurance level, contract assurance",
        "zone": "security zone, trust zone, network zone, trust boundary, segment",
        "within": "part of, parent, parent asset, belongs to, parent id, contained in, hosted on",
        "offers": "security functions, functions, capabilities, security features, supports",
        "enabled": "enabled functions, in use, functions enabled, active functions",
        "data": "data held, data stored, information, data types, data classes",
        "supply": "effect on supply, supply impact, can interrupt supply, supply effect",
        "bill": "sbom, bill of materials, sbom sha256, sbom digest",
        "components": "component count, number of components, software components",
    },
    "link": {
        "link": "id, link id, connection, connection id, interface, interface id, flow, flow id, data flow, identifier",
        "source": "from, source element, source asset, origin, client, from asset, sender, a end",
        "target": "to, target element, target asset, destination, server, to asset, receiver, b end, dest",
        "both_ways": "bidirectional, two way, both directions, duplex, direction",
        "protocol": "protocols, over protocol, application protocol",
        "network": "carrier, over network, medium, bearer, via",
        "conduit": "zone conduit, conduit id",
        "protection": "protected by, security, protections, controls",
        "label": "name, title, link name, called",
    },
    "population": {
        "population": "id, group, group id, population id, batch, identifier, population name",
        "element": "asset, asset id, part of, belongs to, element id, device type, system",
        "devices": "count, number, quantity, qty, number of devices, meters, total, installed base, device count",
        "state": "status, lifecycle, life cycle state, operational state",
        "model": "device model, make and model, meter model, product, hardware",
        "firmware": "firmware version, fw, software version, fw version",
        "version": "smets, smets version, specification, specification version, technical specification",
        "certification": "certificate, certified, cpa certificate, cpa",
        "keys": "key regime, key management, key custody",
        "region": "area, gsp group, location, network area, country",
    },
}
"""For each field, what else its column is called."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "type": {
        "meter_population": "meter, meters, smart meter, smart meters, metering system",
        "communications_hub": "comms hub, communication hub, hub",
        "in_home_display": "ihd, display",
        "home_network": "han, home area network",
        "carrier_network": "wan, wide area network, carrier, mobile network",
        "head_end": "headend, head end system, hes",
        "meter_data_management": "mdm, mdms, meter data management system",
        "key_management": "kms, hsm, key management system, pki",
        "field_tool": "hand held, handheld, hand held terminal, hht, installer tool",
        "customer_system": "crm, billing, billing system, customer portal, cis",
        "network_equipment": "router, switch, firewall, gateway",
        "workstation": "pc, laptop, desktop",
        "third_party_service": "saas, cloud service, external service, third party",
        "site": "building, data centre, data center, office, depot",
        "process": "business process, procedure",
    },
    "categories": {
        "communication_equipment": "communications equipment, communicating equipment, "
        "communication, z.5(a), z5(a), 5a",
        "network": "networks, z.5(b), z5(b), 5b",
        "premises_equipment": "premises, equipment at premises, z.5(c), z5(c), 5c",
        "process": "business process, processes, z.1, z1",
    },
    "operator": {
        "licensee": "own, ours, us, in house, internal, self, supplier",
        "on_behalf": "on our behalf, outsourced, contractor, contracted, third party, managed service",
        "outside": "external, others, outside our power",
    },
    "power": {"within": "yes, full, within our power", "limited": "partial, part, in part, no"},
    "assurance": {"contract": "contractual", "audited": "audit", "certified": "certificate"},
    "supply": {"interrupts": "interrupt, interrupt supply, disconnect", "interferes": "interfere"},
    "protection": {
        "encrypted": "encryption, tls, confidential",
        "authenticated": "authentication, mutual authentication",
        "integrity": "signed, mac, integrity protected",
        "replay_protected": "replay protection, anti replay",
    },
    "state": {
        "live": "in service, active, operational, in use, production",
        "trial": "pilot, test",
        "suspended": "paused, on hold, inactive",
        "decommissioned": "retired, removed, scrapped",
    },
    "both_ways": {
        "true": "yes, y, 1, both, both ways, bidirectional, two way, duplex",
        "false": "no, n, 0, one way, unidirectional, simplex",
    },
}
"""For each value of a vocabulary, what else it is called."""

_BETWEEN = re.compile(r"[\s_\-./:#*()]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A word without what makes no difference: case, and what stands between its parts."""
    return _BETWEEN.sub(" ", text).strip().casefold()


def _turned(words: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meant, others in words.items():
        for other in others.split(", "):
            found.setdefault(plain(other), meant)
    return found | {plain(meant): meant for meant in words}


FIELDS_BY_WORD: Mapping[str, Mapping[str, str]] = {space: _turned(words) for space, words in COLUMNS.items()}
VALUES_BY_WORD: Mapping[str, Mapping[str, str]] = {field: _turned(words) for field, words in VALUES.items()}
