"""Enter records in one ledger of the installation, stamped now and signed, whoever else is a party to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward import wiring
from meterward.adapters import clock
from meterward.adapters.key_files import KeyFileError
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.check_apart import check_apart
from meterward.usecases.check_appended import check_appended
from meterward.usecases.check_assessed import check_assessed
from meterward.usecases.check_issuers import check_issuers
from meterward.usecases.check_reach import check_reach
from meterward.usecases.check_taken_back import check_taken_back
from meterward.usecases.introduce_key import Introduction, heard_line, key_line
from meterward.wiring import directing, keeping
from meterward.wiring.failing import unusable
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from meterward.core.records.keyring import KeySpan
    from meterward.core.records.line import Sealed
    from meterward.core.records.record import Record
    from meterward.usecases.append_record import Check, Line, Sign
    from meterward.usecases.check_appended import Further
    from meterward.usecases.ports import Head, Known


def enter(
    ledger: str, lines: Sequence[Line], key: str = "", after: int | None = None, *, heard: bool = False
) -> Appended | list[Problem]:
    """Enter lines in a ledger, all or none. What would keep it from being evaluated is refused.

    `after` is how many entries the ledger must still have, where the lines were made from what these say. What is
    `heard` was said in another ledger, where its author's organisation keeps its duties apart.
    """
    unsigned = after is not None and installation().signers.needs_key(ledger) is not None
    if problem := introduce_first_key(ledger):
        return [problem]
    # The key's own entry is no move of anybody else's.
    order = Order(lines, key, after=after + 1 if after is not None and unsigned else after)
    return _enter(ledger, order, heard=heard)


def enter_after_loss(ledger: str, lines: Sequence[Line]) -> Appended | list[Problem]:
    """Enter lines in a ledger that does not fit what is kept outside: what tells of that, and nothing else."""
    return _written(ledger, Order(lines), installation().signers.sign)


def introduce_first_key(ledger: str) -> Problem | None:
    """Introduce the key by which the owner of a ledger signs, unless a record did; a ledger that is empty waits."""
    store = installation()
    head = store.signers.needs_key(ledger)
    if head and (problem := keeping.ready(store, ledger)):
        return problem
    if head is None:
        return None
    new = Introduction(head.keeper, store.keys.first(head.keeper).public)
    line = key_line(store.ledgers, head, new, clock.today(), fresh_salt())
    done = _enter(ledger, Order([line], f"first key of {head.keeper}"))
    if isinstance(done, list) and done[0].code is Code.KEY_USED and store.signers.needs_key(ledger) is None:
        # Another process was first, and introduced the same key in other words: another name, or another day.
        return None
    return done[0] if isinstance(done, list) else None


def introduce_key_of(author: str, heard: KeySpan, ledger: str) -> Problem | None:
    """Introduce to a ledger a key by which another organisation of the installation signs, or somebody of it."""
    store = installation()
    head = store.ledgers.head(ledger)
    if head is None:
        return None
    line = heard_line(store.ledgers, head, heard, clock.today(), fresh_salt())
    done = _enter(ledger, Order([line], f"key {heard.key.id[:32]} of {author}"))
    return done[0] if isinstance(done, list) and done[0].code is not Code.KEY_USED else None


def checking(ledger: str, *, heard: bool = False) -> Check:
    """What checks further records beside the law; it asks the store for the few that they are compared with."""
    packs, ledgers = wiring.packs_here(), installation().ledgers
    head = ledgers.head(ledger)

    def earlier(kinds: Collection[str], subjects: Collection[str]) -> Iterable[Record[Any]]:
        return ledgers.records_of(ledger, kinds, subjects)

    def duties(further: Further) -> list[tuple[int, Problem]]:
        owner = head.keeper if head else ""
        return [
            *(() if heard else check_apart(further, earlier)),
            *check_taken_back(owner, further, earlier),
            *check_issuers(further, earlier),
            *check_reach(further, ledgers.names),
        ]

    if head and head.sort in REGULATOR_KEEPERS:
        return lambda further: [*duties(further), *directing.checks(head, further)]
    if head and head.sort is not Keeper.LICENSEE:
        return duties
    return lambda further: [
        *duties(further),
        *check_appended(packs[wiring.DEFAULT_PACK], packs, further, earlier),
        *check_assessed(further, earlier),
    ]


def _enter(ledger: str, order: Order, *, heard: bool = False) -> Appended | list[Problem]:
    store = installation()
    if problem := keeping.ready(store, ledger):
        return [problem]

    def sign(head: Head, known: Known, sealed: Sealed) -> Mapping[str, bytes] | Problem:
        return store.checkpoints.shrunk(head) or store.signers.sign(head, known, sealed)

    done = _written(ledger, order, sign, heard=heard)
    if isinstance(done, Appended):
        keeping.keep(store, ledger, done.first + done.count)
    return done


def _written(ledger: str, order: Order, sign: Sign, *, heard: bool = False) -> Appended | list[Problem]:
    try:
        return append_records(installation().ledgers, ledger, order, checking(ledger, heard=heard), sign)
    except KeyFileError as error:
        return [unusable(error)]
