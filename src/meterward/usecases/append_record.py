"""Append records to a ledger that is kept in a store: sealed, admitted and written together, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from meterward.core.base.canonical import Json, canonical
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.tree import Frontier
from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.links import Acts
from meterward.core.records.record import Record
from meterward.core.records.signatures import written as as_written
from meterward.core.records.statement import Entry, stream_of
from meterward.usecases.check_appended import Further
from meterward.usecases.ports import Asked, Book, Head, Known, Ledgers, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Line: TypeAlias = Mapping[str, Json]
Sign: TypeAlias = Callable[[Head, Known, Sealed], Mapping[str, bytes] | Problem]
"""Signs a statement that is entered next in a ledger, or says what is wrong with the signatures that it brings."""
Check: TypeAlias = Callable[[Further], Sequence[tuple[int, Problem]]]
"""What the law in use has against records that are about to be written: each problem with the record's place."""

_NOT_YET = "2199-12-31T23:59:59Z"
"""Stands for the instant of recording until the ledger is locked."""
_NOT_SAID = ("salts", "recorded", "signatures", "id")


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of an append: the index of the first entry, how many there are, and whether it had been done before."""

    first: int
    count: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be appended: lines as their authors say them, and the key under which the order is known again."""

    lines: Sequence[Line]
    key: str = ""
    keep_recorded: bool = False
    """Whether the lines keep their `recorded`, as only a restored ledger does; else the store stamps them now."""
    after: int | None = None
    """How many entries the ledger must still have, where the lines were made from what these say; any, if None."""

    @property
    def digest(self) -> str:
        """The digest of what the lines say, without salts: the same act, sent twice, is known again."""
        said: list[Json] = [
            {name: value for name, value in line.items() if name not in _NOT_SAID} for line in self.lines
        ]
        return sha256(canonical(said)).hexdigest()


class Ready(NamedTuple):
    """A statement that was read and may be signed, on its way into a ledger, with its line."""

    sealed: Sealed
    line: Line


def append_records(
    ledgers: Ledgers, ledger: str, order: Order, check: Check, sign: Sign | None = None
) -> Appended | list[Problem]:
    """Append all lines of an order or, if anything stands against one of them, none; then say everything that does.

    `check` says what the law in use has against the records; `sign` signs them, or verifies what signatures they bring
    along. An order whose key was used before is not carried out again.
    """
    ready = make_ready(order)
    if problems := [one for one in ready if isinstance(one, Problem)]:
        return _known_before(ledgers, ledger, order) or problems
    return enter(ledgers, ledger, order, [one for one in ready if isinstance(one, Ready)], (check, sign))


def enter(
    ledgers: Ledgers, ledger: str, order: Order, ready: Sequence[Ready], by: tuple[Check, Sign | None]
) -> Appended | list[Problem]:
    """Append the statements of an order, which are ready; `by` is what checks them, and what signs them."""

    def carry_out(book: Book) -> Appended | list[Problem]:
        if order.key and (before := book.done(order.key)):
            return _again(order, before)
        if order.after not in (None, book.head.size):
            return [_moved(book.head)]
        made = make_records(book, order, ready, *by)
        if isinstance(made, list):
            return made
        first = book.head.size
        book.write(*made, order.key, order.digest if order.key else "")
        return Appended(first, len(ready))

    done = ledgers.write(ledger, carry_out, asked_of((one.sealed for one in ready), ledger))
    return [done] if isinstance(done, Problem) else done


def make_ready(order: Order) -> list[Ready | Problem]:
    """The statements of an order, or everything that is wrong with any. When they are recorded is not known yet."""
    found: list[Ready | Problem] = []
    for number, line in enumerate(order.lines, 1):
        sealed = read_object(line if order.keep_recorded else {**line, "recorded": _NOT_YET})
        problems = () if isinstance(sealed, Sealed) else _placed(sealed, number, order.lines)
        found.extend(problems)
        if isinstance(sealed, Sealed):
            found.append(Ready(sealed, line))
    return found


def make_records(
    book: Book, order: Order, ready: Sequence[Ready], check: Check, sign: Sign | None = None
) -> tuple[list[Written], Head] | list[Problem]:
    """The records of an order as they come after what a book holds, and where it stands then; nothing is written."""
    sealed, stamp = [one.sealed for one in ready], book.stamp()
    if not order.keep_recorded:
        for one in sealed:
            one.record_at(stamp)
    known = book.known(asked_of(sealed, book.head.keeper))
    lines = [one.line if order.keep_recorded else {**one.line, "recorded": stamp} for one in ready]
    signed = _sign(book.head, known, sealed, lines, sign) if sign else lines
    if isinstance(signed, Problem):
        return [signed]
    admission = admission_from(book.head, known)
    written, problems = _admit(admission, sealed, signed, check)
    return problems or (written, _head(book.head.ledger, admission))


def _known_before(ledgers: Ledgers, ledger: str, order: Order) -> Appended | list[Problem] | None:
    """What was done under the key of an order, though it could not be carried out now."""
    if not order.key:
        return None
    found = ledgers.write(ledger, lambda book: book.done(order.key))
    return [found] if isinstance(found, Problem) else (_again(order, found) if found else None)


def _again(order: Order, before: tuple[str, int]) -> Appended | list[Problem]:
    digest, first = before
    if digest == order.digest:
        return Appended(first, len(order.lines), again=True)
    message = f"Something else was appended under this key before: entry {first + 1:,}."
    return [Problem(Code.KEY_USED, message, "Choose a new key for a new act.")]


def _moved(head: Head) -> Problem:
    message = f"The ledger has grown since this was compared with it: it has {head.size:,} entries now."
    return Problem(Code.LEDGER_MOVED, message, "Nothing was appended. Compare once more, and look at what differs now.")


def _sign(
    head: Head, known: Known, sealed: Sequence[Sealed], lines: Sequence[Line], sign: Sign
) -> list[Line] | Problem:
    signed: list[Line] = []
    # The ledger is its owner's from its first statement on, also for the others that come with that one.
    opened = head if head.keeper or not sealed else replace(head, keeper=sealed[0].header.licensee)
    for number, (one, line) in enumerate(zip(sealed, lines, strict=True), 1):
        found = sign(opened, known, one)
        if isinstance(found, Problem):
            return next(_placed([found], number, lines))
        signed.append({**line, "signatures": as_written(found)})
    return signed


def _admit(
    admission: Admission, sealed: Sequence[Sealed], lines: Sequence[Line], check: Check
) -> tuple[list[Written], list[Problem]]:
    written: list[Written] = []
    problems: list[Problem] = []
    for number, (one, line) in enumerate(zip(sealed, lines, strict=True), 1):
        record = admission.admit(one)
        if isinstance(record, Record):
            stream = admission.stream(one.kind)
            entry = Entry(record.index, one.recorded, stream, admission.counters[stream] - 1, record.id)
            written.append(Written(entry, record, dict(line), admission.tree.root()))
        else:
            problems.extend(_placed(record, number, lines))
    if not problems:
        for place, problem in check(Further([one.record for one in written], admission.acts.known, lines)):
            problems.extend(_placed([problem], place + 1, lines))
    return written, problems


def _head(ledger: str, admission: Admission) -> Head:
    tree = admission.tree
    return Head(ledger, admission.keeper, tree.size, admission.last_recorded, tuple(tree.peaks), admission.sort)


def _placed(problems: Iterable[Problem], number: int, lines: Sequence[Line]) -> Iterator[Problem]:
    """Where there are several lines, a problem says in which it lies."""
    for problem in problems:
        yield replace(problem, line=number) if len(lines) > 1 else replace(problem, line=0)


def asked_of(sealed: Iterable[Sealed], keeper: str = "") -> Asked:
    """What must be known of earlier records to admit some statements to an organisation's ledger.

    Of one that is empty it is not known yet whose it will be.
    """
    ids: set[bytes] = set()
    names: set[str] = set()
    streams: set[str] = set()
    for one in sealed:
        ids.add(one.statement.digest())
        ids.update(target for target in one.links if target)
        names.update(_names(one))
        streams.update(stream_of(one_of, one.kind.name) for one_of in (keeper, one.header.licensee) if one_of)
    return Asked(frozenset(ids), frozenset(names), frozenset(streams))


def _names(sealed: Sealed) -> Iterator[str]:
    if sealed.header.subject:
        yield sealed.header.subject
    yield from (one.name for one in sealed.kind.refers(sealed.facts))


def admission_from(head: Head, known: Known) -> Admission:
    """A ledger, as far as what was asked needs it."""
    return Admission(
        head.keeper,
        head.sort,
        head.last_recorded,
        Frontier(head.size, list(head.peaks)),
        Acts({record.id: record for record in known.records}, dict(known.acts)),
        dict(known.subjects),
        set(known.licences),
        defaultdict(int, known.counters),
    )
