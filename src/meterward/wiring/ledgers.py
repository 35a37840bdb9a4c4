"""What there is to know of a ledger itself: its log, its keys and its checkpoints; and what is done to these."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.keys import PublicKey
from meterward.core.records.keyring import TELLING, Keyring, KeySpan
from meterward.usecases.accept_loss import loss_line
from meterward.usecases.append_record import Appended
from meterward.usecases.introduce_key import Introduction, key_line
from meterward.usecases.name_log import Log, log_of
from meterward.usecases.revoke_key import Revocation, find_key, revocation_line
from meterward.usecases.show_ledger import Places, Standing, show_ledger
from meterward.wiring.store import head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

T = TypeVar("T")


class Rotated(NamedTuple):
    """A new key, the one whose place it takes, and the place of the record that says so."""

    new: PublicKey
    old: PublicKey
    place: int


def standing(home: Path, licensee: str) -> Standing | Problem:
    """How a ledger stands. Nothing is made or kept."""
    return _of(home, licensee, standing_of)


def log(home: Path, licensee: str) -> Log | Problem:
    """The log of a ledger, whose keys are made if there are none."""

    def made(store: Installation, head: Head) -> Log | Problem:
        from meterward.wiring import keeping  # noqa: PLC0415 - rows can be loaded only within a store

        return keeping.ready(store, head.ledger) or log_of(store.keys, head.ledger)

    return _of(home, licensee, made)


def rotate(home: Path, licensee: str) -> Rotated | list[Problem]:
    """Introduce a new key of the owner in the place of the last, which signs that."""
    return _listed(_of(home, licensee, _rotate))


def revoke(home: Path, licensee: str, key: str, reason: str) -> KeySpan | list[Problem]:
    """End a key that counts."""

    def ended(store: Installation, head: Head) -> KeySpan | list[Problem]:
        span = find_key(_ring(store, head).spans(), key, head)
        if isinstance(span, Problem):
            return [span]
        line = revocation_line(store.ledgers, head, Revocation(span, reason), clock.today(), fresh_salt)
        done = _append(head, line)
        return span if isinstance(done, Appended) else done

    return _listed(_of(home, licensee, ended))


def accept_loss(home: Path, licensee: str, reason: str) -> Appended | list[Problem]:
    """Go on with a ledger that does not fit what is kept outside, from what is there, and record that."""
    return _listed(_of(home, licensee, lambda store, head: _accept(store, head, reason)))


def standing_of(store: Installation, head: Head) -> Standing:
    """How a ledger of a store stands."""
    from meterward.wiring.publishing import last_published  # noqa: PLC0415 - rows can be loaded only within a store

    where = Places(store.ledgers, store.keys, store.checkpoints, store.records_of)
    return show_ledger(where, head, last_published(store, head.ledger), clock.now())


def _rotate(store: Installation, head: Head) -> Rotated | list[Problem]:
    from meterward.wiring import keeping  # noqa: PLC0415 - rows can be loaded only within a store
    from meterward.wiring.entering import introduce_first_key  # noqa: PLC0415 - the same

    if problem := keeping.ready(store, head.ledger) or introduce_first_key(head.ledger):
        return [problem]
    now = store.ledgers.head(head.ledger) or head
    old = _ring(store, now).counting(now.keeper, now.size)[-1]
    if store.keys.held(old.key.id) is None:
        hint = "Copy the folder “keys” of the home from where the ledger was written, with its secret."
        return [Problem(Code.KEY_MISSING, f"The key by which {now.keeper} signs is not here.", hint)]
    new = store.keys.another(now.keeper).public
    introduction = Introduction(now.keeper, new, old.record.hex())
    done = _append(now, key_line(store.ledgers, now, introduction, clock.today(), fresh_salt()))
    return Rotated(new, old.key, done.first) if isinstance(done, Appended) else done


def _accept(store: Installation, head: Head, reason: str) -> Appended | list[Problem]:
    from meterward.wiring.entering import enter_after_loss  # noqa: PLC0415 - rows can be loaded only within a store

    found = store.checkpoints.beside(head.ledger)
    if found.problem is None:
        hint = "It goes on as it is."
        return [Problem(Code.LEDGER_WHOLE, f"The ledger of {head.keeper} fits what is kept outside.", hint)]
    line = loss_line(store.ledgers, head, found.kept, reason, clock.today(), fresh_salt)
    done = enter_after_loss(head.ledger, [line])
    if isinstance(done, Appended):
        store.checkpoints.accept(head.ledger)
    return done


def _append(head: Head, line: Line) -> Appended | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    return append(head.ledger, [line])


def _ring(store: Installation, head: Head) -> Keyring:
    return Keyring(head.keeper).take(store.ledgers.records_of(head.ledger, TELLING))


def _of(home: Path, licensee: str, work: Callable[[Installation, Head], T]) -> T | Problem:
    def found(store: Installation) -> T | Problem:
        head = head_of(store.ledgers, licensee)
        return head if isinstance(head, Problem) else work(store, head)

    return within(home, found)


def _listed(done: T | Problem) -> T | list[Problem]:
    return [done] if isinstance(done, Problem) else done
