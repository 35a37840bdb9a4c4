"""The matches that somebody wants to see: how sure, whether new, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from meterward.core.risk.matching import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from meterward.usecases.match_threats import Found

_Fits: TypeAlias = "Callable[[Found], bool]"
STANDS: Mapping[str, tuple[str, _Fits]] = {
    "new": ("New", lambda one: one.known == "new"),
    "open": ("Found before, open", lambda one: one.known == "open"),
    "settled": ("Settled", lambda one: one.is_settled),
}
"""What is known of a match, as it is called, and what is so."""
ORDERS: Mapping[str, str] = {"": "By element", "advisory": "By advisory"}


def chosen(found: Iterable[Found], sure: str, stands: str, order: str) -> list[Found]:
    """Those that fit, grouped, the surest first in each group; what is empty asks for nothing."""
    there = [one for one in found if sure in ("", one.confidence) and (not stands or STANDS[stands][1](one))]

    def place(one: Found) -> tuple[str, int, bool, str]:
        groups = (one.advisory, one.element) if order else (one.element, one.advisory)
        return groups[0], CONFIDENCES.index(one.confidence), not one.exploited, groups[1]

    return sorted(there, key=place)
