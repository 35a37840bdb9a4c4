"""Cells: what records are looked up by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from meterward.core.records.record import Record

CellKey: TypeAlias = "tuple[str, ...]"
"""The name of a kind, then what its records are looked up by; the name alone for all of them."""


def cell_keys(record: Record[Any]) -> list[CellKey]:
    """The cells that a record lies in: that of its kind, and finer ones."""
    kind = record.kind
    if kind.cells is None:
        return [(kind.name,), (kind.name, record.subject)]
    return [(kind.name,), *((kind.name, *key) for key in kind.cells(record.subject, record.facts))]
