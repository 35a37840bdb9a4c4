"""A bundle opened: a home of its own for as long as somebody looks at it, with the ledger that the bundle has."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.adapters.bundles import open_bundle
from meterward.adapters.home import DATABASE, EXAMPLE_MODE, turn_to_home
from meterward.adapters.opened import Opened, mark
from meterward.core.base.days import in_words, instant_of, london_day
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import FILES, RECORDS
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.policy import Policy
from meterward.usecases.append_record import Order, append_records
from meterward.usecases.check_signatures import wrong_signatures
from meterward.usecases.import_lines import BATCH
from meterward.usecases.ports import PersonKept
from meterward.usecases.read_bundle import check_files
from meterward.usecases.withhold import as_erased
from meterward.wiring.store import within
from meterward.wiring.verifying import policy_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.notes import Note
    from meterward.usecases.ports import Bundle
    from meterward.usecases.verify_bundle import Verification
    from meterward.wiring.installed import Installation

_PIECE = 2**20
_DIFFERS = "It was verified, and is no longer what it was: verify it again."
_BROUGHT = PersonKept("bundle", "bundle", "bundle")
"""In whose name the files of a bundle are kept in its home; nobody signs in there."""


def why_not(done: Verification) -> Problem | None:
    """Why a verified bundle has no pages, if it has none."""
    manifest = done.manifest
    if manifest is None or done.note is None or done.checkpoint is None or done.records is None:
        return Problem(Code.FILE_UNREADABLE, "The bundle was not verified.", "Only one that holds is opened.")
    if done.records.left_out:
        there = len(done.records.loaded.records)
        message = f"The bundle has {there:,} of {manifest.size:,} records, and the pages need all of them."
        hint = "Ask for the whole ledger. “--list” shows the records that are there."
        return Problem(Code.FILE_UNREADABLE, message, hint)
    if manifest.withheld and any(one.facts for one in done.records.withheld.values()):
        by = manifest.withheld.by
        message = f"Facts are withheld by {by}, and the pages need all of them: what rests on them nobody can tell."
        hint = "Ask for the facts. “meterward bundle verify” tells what is withheld, “--list” what is there."
        return Problem(Code.FILE_UNREADABLE, message, hint)
    return None


@contextmanager
def home_for_now() -> Iterator[Path]:
    """An empty home in a folder of its own, which is removed in the end. This process works in no other from here."""
    for name in (DATABASE, EXAMPLE_MODE):
        os.environ.pop(name, None)
    folder = Path(tempfile.mkdtemp(prefix="meterward-bundle-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(home: Path, path: Path, policy: Path, done: Verification) -> Problem | None:
    """Bring the ledger of a verified bundle, with its files, into an empty home; compared again as it comes."""
    manifest, note, checkpoint = done.manifest, done.note, done.checkpoint
    if manifest is None or note is None or checkpoint is None:
        return why_not(done)
    bundle = open_bundle(path)
    if isinstance(bundle, Problem):
        return bundle
    if problem := _changed(bundle, manifest):
        return problem
    last = in_words(london_day(done.entries.recorded[-1]) or wiring.today())
    signed = _signed_at(note, checkpoint, policy)
    mark(home, _told(Opened(manifest.licensee, in_words(wiring.today()), last, str(note), signed), done))
    turn_to_home(home)
    return within(home, lambda store: _fill(store, bundle, manifest, checkpoint), make=True)


def _changed(bundle: Bundle, manifest: Manifest) -> Problem | None:
    """Whether it is another than was verified: whoever can write where it lies may have changed it since."""
    try:
        found = check_files(bundle, manifest)
    except OSError as error:
        return Problem(Code.FILE_UNREADABLE, f"The bundle cannot be read to its end: {error}.", _DIFFERS)
    if found.outcome is Outcome.PASSED:
        return None
    return Problem(Code.COMMITMENT_MISMATCH, f"Its files were changed: {', '.join(found.items)}.", _DIFFERS)


def _told(found: Opened, done: Verification) -> Opened:
    """The mark of a bundle with who withheld what of it, if anybody did."""
    said = done.manifest.withheld if done.manifest else None
    if said is None or done.records is None:
        return found
    withheld = {str(place): (one.texts, one.files) for place, one in done.records.withheld.items()}
    return found._replace(by=said.by, because=said.because, withheld=withheld)


def _signed_at(note: Note, checkpoint: Checkpoint, policy: Path) -> str:
    """When a checkpoint was signed by those whom a policy trusts; empty if it does not say."""
    trusted = policy_in(policy)
    said = trusted.by_log(note, checkpoint).values() if isinstance(trusted, Policy) else ()
    return instant_of(max((one.time for one in said), default=0))


def _fill(store: Installation, bundle: Bundle, manifest: Manifest, checkpoint: Checkpoint) -> Problem | None:
    ledger, ledgers = manifest.ledger, store.ledgers
    ledgers.open(ledger)
    with bundle.open(RECORDS) as lines:
        while batch := [as_erased(json.loads(line)) for line in islice(lines, BATCH)]:
            order = Order(batch, keep_recorded=True)
            done = append_records(ledgers, ledger, order, lambda _: (), lambda _head, _known, sealed: sealed.signatures)
            if isinstance(done, list):
                return done[0]
    head = ledgers.head(ledger)
    if head is None or head.size != checkpoint.size or ledgers.root(ledger, head.size) != checkpoint.root.hex():
        return Problem(Code.COMMITMENT_MISMATCH, "The records do not come to the root that was signed.", _DIFFERS)
    return next(wrong_signatures(ledgers, head), None) or _bring_files(store, bundle, ledger)


def _bring_files(store: Installation, bundle: Bundle, ledger: str) -> Problem | None:
    from meterward.wiring.filing import take  # noqa: PLC0415 - rows can be loaded only within a store

    store.people.keep(_BROUGHT, os.urandom(32).hex())
    for name in bundle.names():
        if name.startswith(FILES):
            with bundle.open(name) as file:
                kept = take(ledger, _BROUGHT, iter(lambda: file.read(_PIECE), b""))
            if isinstance(kept, Problem):
                return kept
            if kept.digest != name.removeprefix(FILES):
                return Problem(Code.COMMITMENT_MISMATCH, f"“{name}” is not the file of that digest.", _DIFFERS)
    return None
