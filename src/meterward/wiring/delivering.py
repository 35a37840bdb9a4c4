"""Deliveries between installations: made, taken in, receipted, and confirmed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meterward import wiring
from meterward.adapters import clock
from meterward.adapters.bundles import open_bundle
from meterward.adapters.partners import Partners
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import CHECKPOINT, FILES, RECORDS
from meterward.core.ledger.checkpoints import read_checkpoint
from meterward.core.ledger.notes import read_note
from meterward.usecases.deliver_records import (
    as_said,
    delivered_to,
    signing,
)
from meterward.usecases.name_log import ledger_of
from meterward.usecases.read_bundle import read_whole
from meterward.usecases.select_records import Chosen
from meterward.usecases.verify_bundle import Verification
from meterward.wiring import bundling
from meterward.wiring.bundling import Wanted
from meterward.wiring.store import head_of, within
from meterward.wiring.verifying import Own, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from meterward.core.base.canonical import Json
    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.usecases.deliver_records import Delivered
    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

FOLDER = "partners"
_PIECE = 2**20


class Coming(NamedTuple):
    """What came for a ledger: the file, whose key is believed of it, and who takes it in."""

    path: Path
    ledger: str
    policy: Path | None = None
    """The reader's own file; where none is named, the one that was kept when the first came."""
    by: str = ""
    """The sign-in name of who takes it in, for the files that come with it."""


class Entered(NamedTuple):
    """What became of a delivery: from whom, how many records were entered, and how many were there already."""

    sender: str
    new: int
    known: int
    strange: tuple[tuple[int, str], ...] = ()
    """Of a receipt: what it proves and this ledger does not have, by entry of the other ledger and id."""


class Refused(NamedTuple):
    """A delivery that does not hold, with what came of each step."""

    done: Verification


def send(home: Path, ledger: str, to: str, out: Path, tell: Callable[[int, int], None]) -> Manifest | Problem:
    """Write what an organisation said to another: a bundle of those records, with the keys and proofs."""
    wanted = Wanted(ledger, Chosen(party=to), wiring.today(), out)
    made = bundling.build(home, wanted, tell, lambda _: None)
    if isinstance(made, Problem) and made.code is Code.RECORD_UNKNOWN:
        hint = "Check the name: the page of a record says who gets it."
        return Problem(made.code, f"Nothing in the ledger of {ledger} is addressed to {to}.", hint)
    return made


def receive(home: Path, coming: Coming, tell: Callable[[str, int, int], None]) -> Entered | Refused | list[Problem]:
    """Take in a delivery, all of it or nothing; what is there already is not entered again."""
    if unknown := nowhere(home, coming.ledger):
        return [unknown]
    claimed = _claimed(coming.path)
    if isinstance(claimed, Problem):
        return [claimed]
    partners, sender = Partners(home / FOLDER), _sender(claimed)
    policy = coming.policy or partners.policy(coming.ledger, sender)
    since = partners.checkpoint(coming.ledger, sender)
    older = bool(since and _size_of(since.read_bytes()) > claimed.size)
    done = verify(coming.path, Own(policy, since=None if older else since), tell) if policy else keyless()
    if isinstance(done, Problem):
        return [done]
    if not done.holds:
        return Refused(done)
    made = within(home, lambda store: _receive(store, coming, done, older=older))
    if isinstance(made, Entered) and policy and not older:
        partners.keep(coming.ledger, made.sender, policy.read_bytes(), str(done.note).encode())
    return [made] if isinstance(made, Problem) else made


def _claimed(path: Path) -> Checkpoint | Problem:
    """The checkpoint that a delivery says it has; nothing of it is believed here."""
    bundle = open_bundle(path)
    if isinstance(bundle, Problem):
        return bundle
    note = read_note(read_whole(bundle, CHECKPOINT))
    found = read_checkpoint(note.text) if note else None
    hint = "Ask for it once more: “meterward deliver out” makes one."
    return found or Problem(Code.FILE_UNREADABLE, "This is no delivery: it has no signed checkpoint.", hint)


def _sender(claimed: Checkpoint) -> str:
    """The ledger that a log says it is of; a name that nobody has, if it says none."""
    return ledger_of(claimed.origin) or "-"


def _receive(store: Installation, coming: Coming, done: Verification, *, older: bool) -> Entered | list[Problem]:
    from meterward.wiring.appending import not_let_in  # noqa: PLC0415 - rows can be loaded only within a store

    head = head_of(store.ledgers, coming.ledger)
    delivered = head if isinstance(head, Problem) else _delivered(done, head.keeper)
    if isinstance(head, Problem) or isinstance(delivered, Problem):
        return [delivered] if isinstance(delivered, Problem) else []
    there = {one.id for one in store.ledgers.hits(head.ledger, delivered.ids)}
    wanted = set(delivered.ids) - there
    if not wanted:
        return Entered(delivered.sender, 0, len(there))
    if older:
        hint = "Ask for a new one: what was sent later came already, and this says what that left out."
        return [Problem(Code.COMMITMENT_MISMATCH, "It is older than what came before, and says something else.", hint)]
    lines = _lines(coming.path, wanted)
    problem = (
        lines if isinstance(lines, Problem) else not_let_in({head.ledger: lines}) or _bring_files(store, coming, lines)
    )
    if isinstance(lines, Problem) or problem:
        return [problem] if problem else []
    return _enter(store, head, delivered, lines, len(there))


def _delivered(done: Verification, organisation: str) -> Delivered | Problem:
    """What a verified delivery says to an organisation, if the log of whoever says it signed it, and by their own keys.

    A key is believed for one log alone: whoever has it could write anything into that, in whosever name.
    """
    found, log = delivered_to(done, organisation), _sender(done.checkpoint) if done.checkpoint else ""
    if isinstance(found, Problem):
        return found
    if found.sender != log:
        message = f"It is signed by the log of {log}, and says what {found.sender} would have said."
        hint = f"Believe nothing of it, and ask {found.sender} by another way."
        return Problem(Code.LEDGER_OTHER_LICENSEE, message, hint)
    return found._replace(keys=[one for one in found.keys if one.organisation == found.sender])


def _lines(path: Path, wanted: Collection[str]) -> list[dict[str, Json]] | Problem:
    """The lines of a verified delivery by their ids, which are computed again where they are entered."""
    bundle = open_bundle(path)
    if isinstance(bundle, Problem):
        return bundle
    with bundle.open(RECORDS) as file:
        return [one for one in map(json.loads, file) if one["id"] in wanted]


def _enter(
    store: Installation, head: Head, delivered: Delivered, lines: list[dict[str, Json]], known: int
) -> Entered | list[Problem]:
    from meterward.core.records.keyring import TELLING, Keyring  # noqa: PLC0415 - beside what needs a store
    from meterward.storage.repositories.together import together  # noqa: PLC0415 - rows can be loaded only here
    from meterward.usecases.introduce_key import heard_line  # noqa: PLC0415 - as above
    from meterward.wiring.entering import enter, introduce_first_key  # noqa: PLC0415 - as above

    said = [as_said(line, delivered.keys) for line in lines]
    if problem := introduce_first_key(head.ledger):
        return [problem]

    def entered() -> Entered | list[Problem]:
        heard = Keyring(head.keeper).take(store.ledgers.records_of(head.ledger, TELLING)).keys
        for one in signing(said, delivered.keys):
            if one.key.id not in heard:
                line = heard_line(store.ledgers, head, one, clock.today(), fresh_salt())
                made = enter(head.ledger, [line])
                if isinstance(made, list):
                    return made
        done = enter(head.ledger, said, heard=True)
        return done if isinstance(done, list) else Entered(delivered.sender, done.count, known)

    return together(entered)


def _bring_files(store: Installation, coming: Coming, lines: list[dict[str, Json]]) -> Problem | None:
    """Keep the files that come with a delivery, so that they can be read where it is entered."""
    from meterward.wiring.filing import take  # noqa: PLC0415 - rows can be loaded only within a store

    named = {str(one) for line in lines for one in _files_of(line)}
    bundle = open_bundle(coming.path)
    if isinstance(bundle, Problem):
        return bundle
    names = [name for name in bundle.names() if name.startswith(FILES) and name.removeprefix(FILES) in named]
    person = store.people.get(coming.by) if coming.by else None
    if names and (person is None or person.organisation != coming.ledger):
        return nobody(coming, "Files come with it, and nobody is named who takes them in.")
    for name in names:
        with bundle.open(name) as file:
            kept = person and take(coming.ledger, person, iter(lambda: file.read(_PIECE), b""))
        if isinstance(kept, Problem):
            return kept
        if kept and kept.digest != name.removeprefix(FILES):
            return Problem(Code.COMMITMENT_MISMATCH, f"“{name}” is not the file of that digest.", "Verify it again.")
    return None


def _files_of(line: dict[str, Json]) -> list[Json]:
    files = line.get("files")
    return [*files.values()] if isinstance(files, dict) else []


def _size_of(data: bytes) -> int:
    note = read_note(data)
    found = read_checkpoint(note.text) if note else None
    return found.size if found else 0


def nowhere(home: Path, ledger: str) -> Problem | None:
    """Why nothing can be taken in for a ledger: it is not there, or no store is. Said before anything is asked for."""
    head = within(home, lambda store: head_of(store.ledgers, ledger))
    return head if isinstance(head, Problem) else None


def nobody(coming: Coming, unnamed: str) -> Problem:
    """What is said where nobody is named who takes something in, or nobody of that name signs in."""
    message = f"Nobody of {coming.ledger} signs in here as “{coming.by}”." if coming.by else unnamed
    return Problem(Code.FIELD_MISSING, message, f"Name somebody of {coming.ledger} who signs in here, with --by.")


def keyless() -> Problem:
    """What is said where nobody named the key of the other's log."""
    hint = "Name a file with the key of its log, with --policy. It is kept, and asked for no more."
    return Problem(Code.FILE_MISSING, "Nothing says by which key the sender's log signs.", hint)
