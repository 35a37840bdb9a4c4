"""Who is a party to what an address names: to a record by its entry or its id, or to a file by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.usecases.exchange_records import parties_in, shared_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
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
        there = any(digest in files for files in _files_for(ledgers, ledger, organisation))
        return frozenset((organisation,)) if there else frozenset()
    line = _line(ledgers, ledger, named)
    return parties_in(ledgers, ledger, line) if line else frozenset()


def reached(records: Iterable[Record[object]], organisation: str) -> set[int]:
    """The entries of those records that an organisation is a party to, and of what takes back or ends these."""
    there: set[bytes] = set()
    found: set[int] = set()
    for one in records:
        if organisation in one.parties or not there.isdisjoint(filter(None, one.links)):
            there.add(one.id)
            found.add(one.index)
    return found


def _line(ledgers: Ledgers, ledger: str, named: Mapping[str, object]) -> dict[str, Json] | None:
    name = str(named.get("identity") or named.get("record") or "")
    if len(name) == _ID_LENGTH:
        return next(iter(ledgers.lines_of(ledger, [name.lower()])), None)
    number = named.get("number")
    if isinstance(number, int):
        return ledgers.line(ledger, number - 1) if number else None
    counted = "record" in named and name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER
    return ledgers.line(ledger, int(name)) if counted else None


def _files_for(ledgers: Ledgers, ledger: str, organisation: str) -> Iterator[list[str]]:
    """The digests of the files of each record that reached an organisation."""
    records = [one for one in ledgers.records_of(ledger, shared_kinds()) if one.files]
    wanted = [one.id.hex() for one in records if organisation in one.parties]
    for line in ledgers.lines_of(ledger, wanted):
        files = line.get("files")
        yield [str(one) for one in files.values()] if isinstance(files, dict) else []
