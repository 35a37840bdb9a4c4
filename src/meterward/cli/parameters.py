"""What is written on the command line, read: days, ledger sizes, and parameters to try out."""

from __future__ import annotations

import re
from datetime import date

import click

from meterward.core.base.days import parse_day
from meterward.present.answer import assignment_in, known_in


class Day(click.ParamType[date]):
    """A legal day, written 2014-11-20."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day; nothing else is taken for one."""
        if isinstance(value, date):
            return value
        day = parse_day(str(value))
        if day is None:
            self.fail(f"“{value}” is not a day from 1990 to 2199. Write it as 2014-11-20.", param, ctx)
        return day


_FUELS = ("electricity", "gas")
_ROOT = re.compile("[0-9a-f]{16,64}", re.ASCII)


class KnownAt(click.ParamType[date | int]):
    """A day, or a number of entries."""

    name = "DAY|N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date | int:
        """Read a day or a number."""
        if isinstance(value, date | int):
            return value
        found = known_in(str(value))
        if found is None:
            hint = "Write a day as 2014-11-20, or how many entries of the ledger are to be known."
            self.fail(f"“{value}” is neither a day nor a number of entries. {hint}", param, ctx)
        return found


class Root(click.ParamType[str]):
    """The root of a ledger, or its beginning: hex digits, in groups or not."""

    name = "HEX"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the digits; too few could be the same by chance."""
        digits = "".join(str(value).split()).lower()
        if not _ROOT.fullmatch(digits):
            self.fail(f"“{value}” is no root. Write its 64 hex digits, or at least the first 16.", param, ctx)
        return digits


class Held(click.ParamType[tuple[str, date]]):
    """A licence that is held, with its first day: FUEL=DAY."""

    name = "FUEL=DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        """Take a text apart."""
        if isinstance(value, tuple):
            return value
        fuel, _, written = str(value).partition("=")
        day = parse_day(written)
        if fuel not in _FUELS or day is None:
            hint = "Write, for instance, gas=2013-03-04: electricity or gas, and the first day on which it is held."
            self.fail(f"“{value}” is not FUEL=DAY. {hint}", param, ctx)
        return fuel, day


class Assignment(click.ParamType[tuple[str, str]]):
    """A parameter and its value, K=V."""

    name = "K=V"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Take a text apart."""
        if isinstance(value, tuple):
            return value
        found = assignment_in(str(value))
        if found is None:
            self.fail(f"“{value}” is not K=V. Write, for instance, z8_strength=comply.", param, ctx)
        return found
