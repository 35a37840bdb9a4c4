"""One file a kind. `all_kinds` finds them: adding a kind is adding a file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.kind import Kind


@cache
def all_kinds() -> Mapping[str, Kind[Any]]:
    """Every kind by name, in order."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    kinds = sorted((module.KIND for module in modules), key=lambda kind: kind.name)
    return MappingProxyType({kind.name: kind for kind in kinds})


@cache
def namespaces() -> frozenset[str]:
    """Every namespace of subjects that some kind introduces."""
    return frozenset(kind.introduces for kind in all_kinds().values() if kind.introduces)
