"""Receipts of deliveries: the proofs that go back, and what is recorded where they come in."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.adapters import clock
from meterward.adapters.partners import Partners
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.usecases.append_record import Appended
from meterward.usecases.deliver_records import (
    LARGEST,
    confirmed_here,
    confirming_line,
    read_receipt,
    verify_receipt,
    written_receipt,
)
from meterward.usecases.exchange_records import addressed
from meterward.usecases.name_log import ledger_of
from meterward.wiring.delivering import FOLDER, Entered, keyless, nobody, nowhere
from meterward.wiring.store import head_of, within
from meterward.wiring.verifying import policy_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from meterward.core.base.canonical import Json
    from meterward.usecases.deliver_records import Receipt
    from meterward.wiring.delivering import Coming
    from meterward.wiring.installed import Installation

_NAME = "delivery-receipt.json"


def receipt(home: Path, ledger: str, to: str, out: Path) -> int | Problem:
    """Write the receipt of everything that another organisation said to the keeper of a ledger; of how many records."""
    made = within(home, lambda store: _proofs(store, ledger, to))
    if isinstance(made, Problem):
        return made
    by, proofs = made
    return _written(out, written_receipt(by, proofs)) or len(proofs)


def _proofs(store: Installation, ledger: str, to: str) -> tuple[str, list[str]] | Problem:
    from meterward.wiring.publishing import published_for  # noqa: PLC0415 - rows can be loaded only here

    head = head_of(store.ledgers, ledger)
    if isinstance(head, Problem):
        return head
    records = addressed(store.ledgers.records(ledger, 0, head.size), head.keeper)
    places = [one.index for one in records if one.actor.organisation == to]
    if not places:
        hint = f"Name another organisation, or take in first what {to} sent."
        return Problem(Code.RECORD_UNKNOWN, f"Nothing that {to} said is in the ledger of {head.keeper}.", hint)
    said = published_for(store, ledger, lambda _: None)
    if isinstance(said, Problem):
        return said
    store.proving.follow(ledger, said.checkpoint.size, lambda _done, _total: None)
    found = [store.proving.prove(one, said.note, said.checkpoint, ledger, lambda *_: None) for one in places]
    wrong = next((one for one in found if isinstance(one, Problem)), None)
    return wrong or (head.keeper, [str(one) for one in found])


def confirm(home: Path, coming: Coming) -> Entered | list[Problem]:
    """Take in a receipt: what it proves is recorded, once."""
    if unknown := nowhere(home, coming.ledger):
        return [unknown]
    data = _read(coming.path)
    said = data if isinstance(data, Problem) else read_receipt(data)
    if isinstance(data, Problem) or isinstance(said, Problem):
        return [said] if isinstance(said, Problem) else []
    partners, by = Partners(home / FOLDER), said[0]
    path = coming.policy or partners.policy(coming.ledger, by)
    shown = _shown(path, *said) if path else keyless()
    if isinstance(shown, Problem):
        return [shown]
    made = within(home, lambda store: _confirm(store, coming, data, shown))
    if isinstance(made, Entered) and path:
        partners.keep(coming.ledger, by, path.read_bytes())
    return [made] if isinstance(made, Problem) else made


def _shown(path: Path, by: str, proofs: Sequence[str]) -> Receipt | Problem:
    policy = policy_in(path)
    found = policy if isinstance(policy, Problem) else verify_receipt(by, proofs, policy)
    if isinstance(found, Problem) or ledger_of(found.log) == by:
        return found
    message = f"It is signed by the log of {ledger_of(found.log)}, and says that it is by {by}."
    hint = f"Believe nothing of it, and ask {by} by another way."
    return Problem(Code.LEDGER_OTHER_LICENSEE, message, hint)


def _confirm(store: Installation, coming: Coming, data: bytes, shown: Receipt) -> Entered | list[Problem]:
    from meterward.wiring.entering import enter  # noqa: PLC0415 - rows can be loaded only here

    head = head_of(store.ledgers, coming.ledger)
    if isinstance(head, Problem):
        return [head]
    found = confirmed_here(store.ledgers.records(coming.ledger, 0, head.size), shown)
    if isinstance(found, Problem):
        return [found]
    entered = Entered(shown.by, len(found.new), found.known, _in_order(found.strange))
    if not found.new:
        return entered
    kept = _kept(store, coming, data)
    if isinstance(kept, Problem):
        return [kept]
    files: dict[str, Json] = {_NAME: kept}
    salts: dict[str, Json] = {"facts": fresh_salt()}
    line = confirming_line(store.ledgers, head, shown, found.new, clock.today(), files=files, salts=salts)
    # Taken in once more it may confirm more, or again what was taken back; but not twice at once.
    key = f"receipt {sha256(data).hexdigest()} {found.earlier}"
    done = enter(coming.ledger, [line], key)
    return entered if isinstance(done, Appended) else done


def _in_order(entries: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((entry, record) for record, entry in entries.items()))


def _kept(store: Installation, coming: Coming, data: bytes) -> str | Problem:
    from meterward.wiring.filing import take  # noqa: PLC0415 - rows can be loaded only within a store

    person = store.people.get(coming.by)
    if person is None or person.organisation != coming.ledger:
        return nobody(coming, "Nobody is named who takes the receipt in.")
    kept = take(coming.ledger, person, [data])
    return kept if isinstance(kept, Problem) else kept.digest


def _read(path: Path) -> bytes | Problem:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        hint = "Name the file that came back."
        return Problem(Code.FILE_MISSING, f"“{path}” cannot be read: {error.strerror}.", hint)


def _written(out: Path, data: bytes) -> Problem | None:
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return Problem(Code.FILE_UNWRITABLE, f"“{out}” is there already.", "Choose another place.")
    except OSError as error:
        hint = "Choose another place, in a folder that is there and has room."
        return Problem(Code.FILE_UNWRITABLE, f"“{out}” cannot be written: {error.strerror or error}.", hint)
    return None
