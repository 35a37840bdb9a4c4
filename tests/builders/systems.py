"""Another system for the example licensee, in place of its own: some 60 elements, 120 links, proofs of all sorts."""

from __future__ import annotations

from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, Any

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.system.model import system
from meterward.wiring import salt
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from meterward.core.base.canonical import Json

LICENCES = ["electricity", "gas"]
ACTOR = {"person": "p-01", "role": "security_manager", "organisation": LEDGER}
HEAD_END, CARRIER_A, TOOL = "element/head-end", "element/wan-carrier-a", "element/field-tool"
_EQUIPMENT, _NETWORK, _PREMISES, _PROCESS = "communication_equipment", "network", "premises_equipment", "process"
_KINDS: dict[str, tuple[str, str, str, str]] = {
    # What is alike: category, operator, zone, and sort.
    "core": (_EQUIPMENT, "licensee", "control-centre", "meter_data_management"),
    "outsourced": (_EQUIPMENT, "on_behalf", "head-end", "head_end"),
    "office": (_EQUIPMENT, "licensee", "offices", "workstation"),
    "carrier": (_NETWORK, "outside", "wide-area", "carrier_network"),
    "own network": (_NETWORK, "licensee", "control-centre", "network_equipment"),
    "field": (_EQUIPMENT, "on_behalf", "field", "field_tool"),
    "premises": (_PREMISES, "licensee", "premises", "meter_population"),
    "home": (_PREMISES, "outside", "home", "in_home_display"),
    "service": (_EQUIPMENT, "outside", "partners", "third_party_service"),
    "process": (_PROCESS, "licensee", "processes", "process"),
}
_MEMBERS = {
    "core": "mdm key-management prepayment-interface billing-interface archive event-store identity reporting",
    "outsourced": "head-end head-end-standby command-gateway firmware-store poller alarm-server test-head-end",
    "office": "operator-desks admin-desks jump-host contact-centre-desks planning-desks",
    "carrier": "wan-carrier-a wan-carrier-b apn-a apn-b",
    "own network": "core-switch perimeter-firewall inner-firewall vpn-gateway remote-access dmz-switch",
    "field": "field-tool tool-server contractor-north contractor-south contractor-west",
    "premises": "electricity-meters gas-meters comms-hubs trial-meters large-meters",
    "home": "ihd han load-switches",
    "service": "payment-provider price-feed time-service certificate-service settlement weather-feed",
    "process": "installation support key-ceremony change-control patching joiners-leavers incident-desk disposal "
    "procurement vetting backup head-end-operator",
}
_FLOWS = (
    # From where, to where, by which protocol, and how it is protected.
    ("electricity-meters gas-meters trial-meters large-meters", "comms-hubs", "DLMS/COSEM", "encrypted authenticated"),
    ("ihd load-switches", "han", "ZigBee", "encrypted"),
    ("han", "comms-hubs", "ZigBee", "encrypted"),
    ("comms-hubs", "wan-carrier-a wan-carrier-b", "DLMS/COSEM", "encrypted authenticated replay_protected"),
    ("wan-carrier-a", "apn-a", "GTP", ""),
    ("wan-carrier-b", "apn-b", "GTP", ""),
    ("apn-a apn-b", "command-gateway poller alarm-server", "DLMS/COSEM", "encrypted authenticated replay_protected"),
    (
        "command-gateway poller alarm-server firmware-store head-end-standby test-head-end",
        "head-end",
        "TLS",
        "encrypted",
    ),
    ("head-end head-end-standby", "perimeter-firewall", "TLS", "encrypted authenticated"),
    ("perimeter-firewall", "dmz-switch inner-firewall", "Ethernet", ""),
    ("inner-firewall vpn-gateway", "core-switch", "Ethernet", ""),
    ("remote-access", "vpn-gateway", "IPsec", "encrypted authenticated"),
    ("core", "core-switch", "TLS", "encrypted authenticated"),
    ("mdm", "billing-interface reporting archive", "SFTP", "encrypted"),
    ("event-store", "head-end mdm key-management", "Syslog", ""),
    ("prepayment-interface key-management", "head-end", "HTTPS", "encrypted authenticated"),
    ("office", "core-switch identity", "TLS", "encrypted authenticated"),
    ("jump-host", "mdm key-management archive", "SSH", "encrypted authenticated"),
    ("contractor-north contractor-south contractor-west", "field-tool", "TLS", "encrypted"),
    ("field-tool", "tool-server", "TLS", "encrypted authenticated"),
    ("tool-server", "vpn-gateway key-management", "TLS", "encrypted authenticated"),
    ("field-tool", "electricity-meters gas-meters comms-hubs", "Optical port", "authenticated"),
    ("service", "dmz-switch", "HTTPS", "encrypted authenticated"),
    ("payment-provider price-feed", "prepayment-interface", "HTTPS", "encrypted authenticated"),
    ("installation", "field-tool contractor-north contractor-south contractor-west tool-server", "", ""),
    ("support", "contact-centre-desks mdm", "", ""),
    ("key-ceremony", "key-management", "", ""),
    ("change-control patching", "head-end mdm field-tool", "", ""),
    ("joiners-leavers vetting", "identity", "", ""),
    ("incident-desk", "event-store alarm-server", "", ""),
    ("backup", "mdm key-management archive", "", ""),
    ("head-end-operator", "head-end firmware-store", "", ""),
    ("core-switch perimeter-firewall inner-firewall dmz-switch reporting identity", "event-store", "Syslog", ""),
    ("procurement disposal", "field-tool comms-hubs head-end", "", ""),
    ("time-service", "head-end mdm core-switch", "NTP", ""),
    ("certificate-service settlement", "key-management mdm", "HTTPS", "encrypted authenticated"),
    ("weather-feed", "reporting", "HTTPS", "encrypted"),
)
_OFFERS = [
    "encryption",
    "command_authentication",
    "replay_protection",
    "event_log",
    "access_control",
    "tamper_detection",
]
_PARTIES = {"on_behalf": "field-services-c", "outside": "carrier-b"}


def names() -> list[tuple[str, str]]:
    """Every element by what it is like."""
    return [(like, f"element/{name}") for like, said in _MEMBERS.items() for name in said.split()]


def element(place: int, like: str, name: str, day: date) -> dict[str, Json]:
    """The row of an element."""
    category, operator, zone, sort = _KINDS[like]
    offers = [] if like == "process" else _OFFERS[: 2 + place % 5]
    said: dict[str, Json] = {
        "categories": [category] if place % 9 or like == "process" else [category, _PROCESS],
        "operator": operator,
        "power": "limited" if like in ("carrier", "home") else "within",
        "in_service": day.isoformat(),
        "label": name.partition("/")[2].replace("-", " ").capitalize(),
        "type": sort,
        "zone": zone,
        "offers": [*offers],
        "enabled": [*offers[: len(offers) - (place % 3 == 0)]],
        "data": ["personal", "consumption"] if like in ("core", "premises") else ["commands"],
        "supply": "interrupts" if like in ("core", "outsourced", "premises") else "none",
    }
    if operator != "licensee":
        said |= {"party": _PARTIES[operator], "assurance": ("contract", "certified", "none")[place % 3]}
    if name == "element/test-head-end":
        said["within"] = HEAD_END
    return {"element": name, "told": said}


def links() -> list[dict[str, Json]]:
    """Every link: of each of some elements to each of others, as `_FLOWS` says."""
    found: dict[tuple[str, str], dict[str, Json]] = {}
    for sources, targets, protocol, protection in _FLOWS:
        for source, target in product(_named(sources), _named(targets)):
            if source != target and (target, source) not in found:
                said: dict[str, Json] = {"link": f"link/{len(found) + 1}", "source": source, "target": target}
                said |= {"both_ways": protocol != "SFTP", "protection": [*protection.split()]}
                if protocol:
                    said["protocol"] = protocol.replace(" ", "-")
                found.setdefault((source, target), said)
    return list(found.values())


def _named(said: str) -> list[str]:
    """Elements by name, or all that are alike."""
    return [f"element/{one}" for one in (_MEMBERS.get(said) or said).split()]


def populations() -> list[dict[str, Json]]:
    """Devices of some elements, counted."""
    regions = ("north", "south", "west", "east")
    return [
        {
            "population": f"population/{name}-{region}",
            "element": f"element/{name}",
            "devices": 12_000 * (place + 1),
            "state": "live" if place else "trial",
            "model": f"{name[0].upper()}-{place + 1}",
            "firmware": f"2.{place}",
            "version": "SMETS1",
            "region": region,
        }
        for name in ("electricity-meters", "gas-meters", "comms-hubs", "ihd")
        for place, region in enumerate(regions)
    ]


def described(day: date, in_service: date) -> dict[str, Json]:
    """The line that tells the whole system."""
    told = [element(place, like, name, in_service) for place, (like, name) in enumerate(names())]
    rows = {"element": told, "link": links(), "population": populations()}
    facts: dict[str, Json] = {"source": "by_hand", **{f"{space}s": [*found] for space, found in rows.items()}}
    facts["gone"] = [*sorted(_there(day) - {str(row[space]) for space, found in rows.items() for row in found})]
    return line("system.described", day, facts)


def _there(day: date) -> set[str]:
    """What the example licensee tells of its own system."""
    index = Index("electricity")
    for record in installation().ledgers.records_of(LEDGER, ("element.declared", "system.described")):
        index.append(record)
    return {name for space in system(Reader(index)).told(day) for name in space}


def line(kind: str, day: date, facts: dict[str, Json], subject: str = "", **parts: Json) -> dict[str, Json]:
    """A line that the security manager appends; each with salts of its own."""
    statement: dict[str, Any] = {
        "kind": kind,
        "version": 1,
        "licensee": LEDGER,
        "licences": [*LICENCES],
        "occurred": day.isoformat(),
        "actor": ACTOR,
    }
    if subject:
        statement["subject"] = subject
    salts: dict[str, Json] = {part: salt() for part in ("facts", "text") if part == "facts" or part in parts}
    return {"statement": statement, "facts": facts, "salts": salts, **parts}


def proof(
    day: date, subject: str, strength: str, *aspects: str, covers: tuple[str, ...] = (), **more: Json
) -> dict[str, Json]:
    """The line of a proof for some cells of some elements."""
    facts: dict[str, Json] = {
        "fact": "element_secure",
        "outcome": "held",
        "strength": strength,
        "covers": [*covers],
        **more,
    }
    if aspects:
        facts |= {"aspect": aspects[0], "aspects": [*aspects[1:]]}
    files: dict[str, Json] = {} if strength == "claimed" else {"proof.pdf": sha256(subject.encode()).hexdigest()}
    text: dict[str, Json] = {"note": "One configuration, rolled out by one tool, was looked at for all of them."}
    return line("state.evidenced", day, facts, subject, text=text, files=files)


def proofs(day: date) -> Iterator[dict[str, Json]]:
    """Proofs of every strength, and one that failed."""
    every = [f"{side}/{harm}" for side in ("designed", "operated") for harm in ("data_loss", "data_access", "supply")]
    core = tuple(name for like, name in names() if like == "core")
    yield proof(day, core[0], "checked", *every, covers=core[1:])
    yield proof(day, HEAD_END, "evidenced", *every[:3])
    yield proof(day, TOOL, "claimed", *every, covers=("element/tool-server",))
    yield proof(day, "element/core-switch", "evidenced", *every, covers=("element/perimeter-firewall",))
    yield proof(day, "element/jump-host", "evidenced", "operated/data_access", outcome="failed")
    yield proof(day, CARRIER_A, "evidenced", fact="done_instead")


def describe_system(day: date, in_service: date) -> None:
    """Tell the whole system of the example, and prove some of it."""
    done = append(LEDGER, [described(day, in_service), *proofs(day)])
    assert not isinstance(done, list), done


def many(day: date, count: int) -> list[dict[str, Json]]:
    """Lines that tell so many further elements, a thousand in each."""
    kinds = list(_KINDS)
    rows = [element(place, kinds[place % len(kinds)], f"element/n-{place}", day) for place in range(count)]
    return [
        line("system.described", day, {"source": "by_hand", "elements": [*rows[first : first + 1000]]})
        for first in range(0, count, 1000)
    ]
