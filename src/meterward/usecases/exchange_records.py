"""Where records go beside the ledger in which they are said: one statement is entered in the ledger of each party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward.core.records.keyring import TELLING, Keyring
from meterward.core.records.kinds import all_kinds, record_ended
from meterward.core.records.line import Sealed, read_header, read_object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Actor
    from meterward.core.records.record import Record
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Ledgers

_SAID = ("statement", "facts", "text", "files", "salts", "erased")
_ANY_TIME = "2199-12-31T23:59:59Z"
"""Stands for an instant of recording, which says nothing of who the parties are."""


class Reach(NamedTuple):
    """The other organisations in whose ledgers lines are entered."""

    here: tuple[str, ...]
    """Those whose ledgers are in this installation: it is entered there at once."""
    away: tuple[str, ...]
    """Those whose ledgers are elsewhere: it has to be delivered."""


def parties_of(line: Line) -> frozenset[str]:
    """The organisations in whose ledgers a line is entered; none if it stays where it is said, or cannot be read."""
    header = read_header(line.get("statement"))
    kind = all_kinds().get(header.kind) if header else None
    if kind is None or kind.shared is None:
        return frozenset()
    said = {name: line[name] for name in _SAID if name in line}
    sealed = read_object({**said, "recorded": _ANY_TIME})
    if not isinstance(sealed, Sealed):
        return frozenset()
    return kind.parties(sealed.header.licensee, sealed.header.actor.organisation, sealed.facts)


def actor_of(line: Line) -> Actor | None:
    """Who says what stands in a line, if it says."""
    header = read_header(line.get("statement"))
    return header.actor if header else None


def parties_in(ledgers: Ledgers, ledger: str, line: Line) -> frozenset[str]:
    """The parties of a line of a ledger; of one that takes back or ends another, those of that."""
    return parties_of(line) or _of_target(ledgers, ledger, line)


def reach_of(ledgers: Ledgers, ledger: str, lines: Iterable[Line]) -> Reach:
    """Where lines of a ledger are entered beside it."""
    parties = frozenset().union(*(parties_in(ledgers, ledger, line) for line in lines)) - {ledger}
    there = frozenset(ledgers.names()) if parties else frozenset()
    return Reach(tuple(sorted(parties & there)), tuple(sorted(parties - there)))


def shared_kinds() -> tuple[str, ...]:
    """The kinds of record that are entered in the ledger of each party."""
    return tuple(sorted(name for name, kind in all_kinds().items() if kind.shared))


def author_of(line: Line) -> str:
    """The organisation that says what stands in a line; empty if it does not say."""
    actor = actor_of(line)
    return actor.organisation if actor else ""


def signed_by(line: Line) -> frozenset[str]:
    """The ids of the keys by which a line is signed already."""
    signatures = line.get("signatures")
    return frozenset(signatures) if isinstance(signatures, dict) else frozenset()


def files_of(line: Line) -> list[str]:
    """The digests of the files that a line names."""
    files = line.get("files")
    return [digest for digest in files.values() if isinstance(digest, str)] if isinstance(files, dict) else []


def elsewhere(ledgers: Ledgers, ledger: str, lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The other ledgers of an installation in which lines are entered that are said in one, each with its lines."""
    found: dict[str, list[Line]] = {}
    there: frozenset[str] | None = None
    for line in lines:
        parties = parties_in(ledgers, ledger, line)
        if parties and there is None:
            there = frozenset(ledgers.names()) - {ledger}
        for name in sorted(parties & (there or frozenset())):
            found.setdefault(name, []).append(line)
    return found


def owed_to(ledgers: Ledgers, ledger: str, organisation: str) -> Iterator[dict[str, Json]]:
    """The lines of a ledger that an organisation is a party to and that are not in its own ledger, in order.

    Of their signatures they keep those by passkeys of their authors.
    """
    records = ledgers.records_of(ledger, (*shared_kinds(), record_ended.KIND.name))
    wanted = [one.id.hex() for one in addressed(records, organisation)]
    there = {one.id for one in ledgers.hits(organisation, wanted)}
    personal = _passkeys(ledgers, ledger)
    yield from (_signed_only_by(line, personal) for line in ledgers.lines_of(ledger, wanted) if line["id"] not in there)


def addressed(records: Iterable[Record[Any]], organisation: str) -> list[Record[Any]]:
    """Those of some records that an organisation is a party to, with what acts on these, in order."""
    there: set[bytes] = set()
    found: list[Record[Any]] = []
    for one in records:
        if organisation in one.parties or not there.isdisjoint(one.links):
            there.add(one.id)
            found.append(one)
    return found


def _passkeys(ledgers: Ledgers, ledger: str) -> frozenset[str]:
    """The ids of the passkeys that a ledger tells of."""
    ring = Keyring(ledger).take(ledgers.records_of(ledger, TELLING))
    return frozenset(one.key.id for one in ring.spans() if one.holder)


def _signed_only_by(line: Mapping[str, Json], keys: Collection[str]) -> dict[str, Json]:
    """A line with those of its signatures that go wherever it goes: an organisation signs anew in each ledger."""
    signatures = cast("Mapping[str, Json]", line.get("signatures") or {})
    kept: dict[str, Json] = {key: signature for key, signature in signatures.items() if key in keys}
    rest = {name: part for name, part in line.items() if name != "signatures"}
    return {**rest, "signatures": kept} if kept else rest


def _of_target(ledgers: Ledgers, ledger: str, line: Line) -> frozenset[str]:
    """The parties of the record that a line takes back or ends, which goes wherever that is.

    So does what takes back such an end.
    """
    statement = cast("Mapping[str, Json]", line.get("statement") or {})
    target = statement.get("withdraws") or statement.get("ends") if isinstance(statement, dict) else None
    if not isinstance(target, str):
        return frozenset()
    old = next(iter(ledgers.lines_of(ledger, [target])), None)
    return parties_in(ledgers, ledger, old) if old else frozenset()
