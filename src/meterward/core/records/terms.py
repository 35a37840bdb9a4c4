"""Words that several kinds share."""

from __future__ import annotations

from typing import Literal, TypeAlias

Category: TypeAlias = Literal["communication_equipment", "network", "premises_equipment", "process"]
"""What an element of the system is: equipment that communicates with metering systems, a network in between, equipment
at the premises, or a business process around them."""

ElementType: TypeAlias = Literal[
    "meter_population",
    "communications_hub",
    "in_home_display",
    "home_network",
    "carrier_network",
    "head_end",
    "meter_data_management",
    "key_management",
    "field_tool",
    "customer_system",
    "network_equipment",
    "workstation",
    "third_party_service",
    "site",
    "process",
    "other",
]
"""What sort of thing an element is."""

SecurityFunction: TypeAlias = Literal[
    "encryption",
    "command_authentication",
    "replay_protection",
    "firmware_verification",
    "event_log",
    "tamper_detection",
    "remote_disconnection",
    "access_control",
    "key_rotation",
    "time_synchronisation",
]
"""What an element can do for security, or what has to be secured because it can do it."""

Data: TypeAlias = Literal["consumption", "personal", "billing", "keys", "commands", "configuration", "events"]
"""What data an element holds."""

Supply: TypeAlias = Literal["none", "interferes", "interrupts"]
"""What an element can do to supply: nothing, interfere with a service to a customer, or interrupt supply."""

Protection: TypeAlias = Literal["encrypted", "authenticated", "integrity", "replay_protected"]
"""How a link is protected."""

DeviceState: TypeAlias = Literal["trial", "live", "suspended", "decommissioned"]
"""The state of the devices of a population."""

Harm: TypeAlias = Literal["data_loss", "data_access", "supply"]
"""What interference or misuse can do: lose, take or corrupt data; give access to data; interrupt supply or service."""

Consequence: TypeAlias = Literal[
    "supply", "data_access", "data_loss", "bills", "money", "continuity", "reputation", "rollout"
]
"""What a risk can come to: customers off supply, their data exposed, their data lost or wrong, wrong bills, money lost,
business interrupted, standing lost, the roll-out delayed. The first three are the harms of Z.6."""

RiskState: TypeAlias = Literal["inherent", "current", "target"]
"""What an estimate is of: the risk without any measure, with those there are, or with those that are wanted."""

Strength: TypeAlias = Literal["claimed", "evidenced", "checked", "audited"]
"""How well something is shown, weakest first. A claim alone changes no status."""

Fuels: TypeAlias = Literal["gas", "electricity", "both"]
"""The fuel that something is counted for, or both of them."""

ActingRole: TypeAlias = Literal[
    "security_manager",
    "risk_owner",
    "senior_manager",
    "contributor",
    "legal_adviser",
    "lead_auditor",
    "auditor",
    "authority_officer",
    "secretary_of_state_officer",
]
"""The roles in which an organisation's own people say anything, whatever it is."""
OwnRole: TypeAlias = Literal[ActingRole, "reader"]
"""The same, and those who only read."""

Issuer: TypeAlias = Literal["secretary_of_state", "authority"]

EVERY_LICENCE = "any"
"""Stands for every licence of whoever a record reaches, in what an organisation says that holds none itself."""

SYSTEM = "system"
"""The subject that stands for the Supplier End-to-End System as a whole."""
LICENSEE = "licensee"
"""The subject that stands for the licensee itself."""

Opinion: TypeAlias = Literal[
    "good_practice", "risks_determined", "measures_treat", "isms_commensurate", "plan_carried_out"
]
"""What an audit gives an opinion on: whether risk assessment and solution design follow good practice and are
appropriate, risks were properly determined, measures treat them to the desired level, the ISMS is commensurate with the
risks, and the plan that senior management set is appropriate and carried out."""

Answer: TypeAlias = Literal["yes", "with_reservations", "no", "not_formed"]
"""An opinion: yes, yes with reservations, no, or that none could be formed."""

Grade: TypeAlias = Literal["major", "minor", "observation"]
"""How grave a finding of an audit is."""
