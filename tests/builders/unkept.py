"""A record that does not keep to what its kind asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Unkept(NamedTuple):
    """A record that breaks one constraint: the kind, its facts, what else is changed, the field that is named."""

    kind: str
    facts: Mapping[str, Any]
    field: str
    more: Mapping[str, Any] = {}
