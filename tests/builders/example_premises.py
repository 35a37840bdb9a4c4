"""Premises of the example licensee: a registration feed and a meter inventory of four towns, made by counting.

Nothing is drawn by lot: each premises has a number, and what is unusual about it follows from that.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PREMISES = 2_000
AS_AT = date(2014, 10, 31)
"""The day for which the files were compared."""
ELECTRICITY, GAS = "electricity", "gas"
_FIRST = date(2009, 4, 1)
_INSTALLED = date(2013, 3, 4)


class _Premises(NamedTuple):
    """Premises by number, and what is unusual about them."""

    number: int

    @property
    def name(self) -> str:
        return f"pr-{self.number:05}"

    @property
    def fuels(self) -> tuple[str, ...]:
        """Two in three take gas as well."""
        return (ELECTRICITY, GAS) if self.number % 3 else (ELECTRICITY,)

    @property
    def gained(self) -> date:
        return _FIRST + timedelta(days=self.number * 7 % 1400)

    @property
    def lost(self) -> date | None:
        """One in 25 went to another supplier: some on the very day that is looked at, which no longer counts."""
        if self.number % 25:
            return None
        return AS_AT if self.number % 50 else AS_AT - timedelta(days=self.number % 90 + 1)

    @property
    def returned(self) -> date | None:
        """Of those that left before, some came back on the day, which counts."""
        return AS_AT if self.number % 200 == 0 else None

    @property
    def without(self) -> bool:
        """One in 40 still has a meter of the old sort, which is no metering system in scope."""
        return self.number % 40 == 7

    @property
    def twice(self) -> bool:
        """At one in 160 an exchange was entered and the removal was forgotten."""
        return self.number % 160 == 11

    @property
    def installed(self) -> date:
        return _INSTALLED + timedelta(days=self.number * 11 % 600)


def feed() -> Iterator[list[str]]:
    """The registration feed: the headers, and a row for each time that premises were supplied with a fuel."""
    yield ["premises", "fuel", "gained", "lost"]
    for one in _all():
        for fuel in one.fuels:
            yield [one.name, fuel, str(one.gained), str(one.lost or "")]
            if one.returned:
                yield [one.name, fuel, str(one.returned), ""]


def inventory() -> Iterator[list[str]]:
    """The meter inventory: the headers, and a row for each device."""
    yield ["premises", "device", "fuel", "state", "installed", "removed"]
    for one in _all():
        for fuel in one.fuels:
            yield from _devices(one, fuel)
    for number in range(12):
        # Taken down and back in stock, and nobody wrote that down.
        yield ["", f"em-100-9{number:05}", ELECTRICITY, "live", str(_INSTALLED + timedelta(days=number)), ""]


def _devices(one: _Premises, fuel: str) -> Iterator[list[str]]:
    model = "em-100" if fuel == ELECTRICITY else "gm-10"
    first = f"{model}-{one.number:06}"
    if one.without:
        return
    if one.number % 90 == 13:
        # Exchanged, and written down as it should be.
        yield [one.name, f"{first}-old", fuel, "decommissioned", str(_INSTALLED), str(one.installed)]
    yield [one.name, first, fuel, "suspended" if one.number % 333 == 0 else "live", str(one.installed), ""]
    if one.twice:
        yield [one.name, f"{first}-new", fuel, "live", str(one.installed + timedelta(days=5)), ""]


def _all() -> Iterator[_Premises]:
    return (_Premises(number) for number in range(1, PREMISES + 1))
