"""Who is a party to what an address names: to a record by its entry or its id, or to a file by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.usecases.exchange_records import files_of, parties_in, shared_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Ledgers

_ID_LENGTH = 64
_LONGEST_NUMBER = 12


def parties_of_named(ledgers: Ledgers, ledger: str, named: Mapping[str, object], organisation: str) -> frozenset[str]:
    """The parties of the record that an address names; of a file, an organisation to which one that attaches it went.

    Pages count entries from one (`number`) and name a record by its id (`identity`, of which part is not enough here);
    the API counts from zero, or names the id (`record`). Nobody is a party to what is not there.
    """
    if "digest" in named:
        digest = str(named["digest"])
        records = ledgers.records_of(ledger, shared_kinds())
        wanted = [one.id.hex() for one in records if one.files and organisation in one.parties]
        there = any(digest in files_of(line) for line in ledgers.lines_of(ledger, wanted))
        return frozenset((organisation,)) if there else frozenset()
    line = _line(ledgers, ledger, named)
    return parties_in(ledgers, ledger, line) if line else frozenset()


def _line(ledgers: Ledgers, ledger: str, named: Mapping[str, object]) -> dict[str, Json] | None:
    name = str(named.get("identity") or named.get("record") or "")
    if len(name) == _ID_LENGTH:
        return next(iter(ledgers.lines_of(ledger, [name.lower()])), None)
    number = named.get("number")
    if isinstance(number, int):
        return ledgers.line(ledger, number - 1) if number else None
    counted = "record" in named and name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER
    return ledgers.line(ledger, int(name)) if counted else None
