"""Words that several kinds share."""

from __future__ import annotations

from typing import Literal, TypeAlias

Category: TypeAlias = Literal["communication_equipment", "network", "premises_equipment", "process"]
"""What an element of the system is: equipment that communicates with metering systems, a network in between, equipment
at the premises, or a business process around them."""

Harm: TypeAlias = Literal["data_loss", "data_access", "supply"]
"""What interference or misuse can do: lose, take or corrupt data; give access to data; interrupt supply or service."""

Strength: TypeAlias = Literal["claimed", "evidenced", "checked", "audited"]
"""How well something is shown, weakest first. A claim alone changes no status."""

Issuer: TypeAlias = Literal["secretary_of_state", "authority"]

SYSTEM = "system"
"""The subject that stands for the Supplier End-to-End System as a whole."""
LICENSEE = "licensee"
"""The subject that stands for the licensee itself."""
