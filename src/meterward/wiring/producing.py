"""Evidence that is produced to whoever asked: a bundle built in the background, and kept to be attached to the answer.

The bundle itself is attached up to the size of any file; beyond that its manifest is, which names every file in it by
digest, and the bundle is handed over by another way.
"""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from meterward.adapters.background import Job
from meterward.core.base.problem import Problem
from meterward.wiring import bundling, today
from meterward.wiring.bundling import Wanted
from meterward.wiring.filing import LARGEST, take
from meterward.wiring.handing import owner_of, shelf
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.bundle.manifest import Manifest
    from meterward.usecases.ports import PersonKept
    from meterward.usecases.select_records import Chosen

_SOON = 0.0
_PIECE = 2**20


class Produced(NamedTuple):
    """A bundle that was built, and the file of it that can be attached to a record."""

    name: str
    """What the bundle is called where it lies."""
    digest: str
    size: int
    """How many entries its ledger had."""
    root: str
    bytes: int
    file: str
    """The name of what is attached: the bundle, or its manifest."""
    file_digest: str
    is_whole: bool
    """Whether the bundle itself is attached."""


class Standing(NamedTuple):
    """How far a bundle is: under way, built, or why it could not be."""

    under_way: Job | None = None
    problem: Problem | None = None
    produced: Produced | None = None


def begin(ledger: str, person: PersonKept, subject: str, chosen: Chosen, as_at: date) -> None:
    """Begin to build the bundle that answers something, unless that is under way."""
    owner, jobs = (*owner_of(ledger, person), subject), installation().handing
    if (job := jobs.get(owner)) and not job.ended.is_set():
        return
    jobs[owner] = answering().background.start(
        ("produce", *owner), lambda job: _built(job, ledger, person, (subject, chosen, as_at)), _SOON
    )


def stands(ledger: str, person: PersonKept, subject: str) -> Standing:
    """How far the bundle is that answers something. A fault while it was built is raised here."""
    owner, jobs = (*owner_of(ledger, person), subject), installation().handing
    job = jobs.get(owner)
    if job is None:
        return Standing()
    if not job.ended.is_set():
        return Standing(under_way=job)
    if job.fault:
        del jobs[owner]
        if not job.cancelled:
            raise job.fault
        return Standing()
    return Standing(problem=job.result) if isinstance(job.result, Problem) else Standing(produced=job.result)


def _built(job: Job, ledger: str, person: PersonKept, what: tuple[str, Chosen, date]) -> Produced | Problem:
    subject, chosen, as_at = what
    name = f"{ledger}-{subject.replace('/', '-').lower()}-{today().isoformat()}-{job.name[:8]}"
    out = shelf().place(owner_of(ledger, person), name)
    manifest = bundling.build(Path(settings.HOME), Wanted(ledger, chosen, as_at, out), job.tell, lambda _: None)
    if isinstance(manifest, Problem):
        return manifest
    out.chmod(0o600)
    return _kept(ledger, person, out, manifest)


def _kept(ledger: str, person: PersonKept, out: Path, manifest: Manifest) -> Produced | Problem:
    size, root = manifest.size, installation().ledgers.root(ledger, manifest.size)
    with out.open("rb") as file:
        digest, length = file_digest(file, "sha256").hexdigest(), out.stat().st_size
        file.seek(0)
        whole = length <= LARGEST
        pieces = iter(lambda: file.read(_PIECE), b"") if whole else iter((manifest.written(),))
        kept = take(ledger, person, pieces)
    if isinstance(kept, Problem):
        return kept
    attached = f"{out.stem}.tar" if whole else f"{out.stem}-manifest.json"
    return Produced(out.stem, digest, size, root, length, attached, kept.digest, whole)
