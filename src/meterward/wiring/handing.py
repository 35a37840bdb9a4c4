"""Evidence handed over from the pages: bundles that are built in the background, each for whoever asked for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from django.conf import settings

from meterward.adapters.background import Job
from meterward.adapters.shelf import Lying, Shelf
from meterward.core.base.problem import Problem
from meterward.wiring import bundling, today
from meterward.wiring.bundling import Wanted
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from datetime import date

    from meterward.usecases.ports import PersonKept
    from meterward.usecases.select_records import Chosen

FOLDER = "bundles"
_SOON = 0.0


class Handing(NamedTuple):
    """How far somebody's bundles are: one that is being built, why the last could not be, and those that lie ready."""

    under_way: Job | None
    problem: Problem | None
    warned: list[str]
    """What whoever asked for the last is to know, such as that a witness did not cosign."""
    ready: list[Lying]


def ask(ledger: str, person: PersonKept, chosen: Chosen, as_at: date) -> None:
    """Begin to build a bundle, unless one is being built for the same person."""
    owner, jobs = owner_of(ledger, person), installation().handing
    if (job := jobs.get(owner)) and not job.ended.is_set():
        return

    def build(job: Job) -> Problem | list[str]:
        warned: list[str] = []
        name = f"{ledger}-{today().isoformat()}-{job.name[:8]}"
        out = shelf().place(owner, name)
        done = bundling.build(Path(settings.HOME), Wanted(ledger, chosen, as_at, out), job.tell, warned.append)
        if isinstance(done, Problem):
            return done
        out.chmod(0o600)
        return warned

    jobs[owner] = answering().background.start(("bundle", *owner), build, _SOON)


def handing(ledger: str, person: PersonKept) -> Handing:
    """How far somebody's bundles of a ledger are. A fault while one was built is raised here."""
    owner, jobs = owner_of(ledger, person), installation().handing
    job = jobs.get(owner)
    clear()
    if job and not job.ended.is_set():
        return Handing(job, None, [], shelf().of(owner))
    if job and job.fault:
        del jobs[owner]
        if not job.cancelled:
            raise job.fault
    result = job.result if job else None
    problem = result if isinstance(result, Problem) else None
    return Handing(None, problem, result if isinstance(result, list) else [], shelf().of(owner))


def give(ledger: str, person: PersonKept, name: str) -> BinaryIO | None:
    """A bundle that was built for somebody, to be read and closed by the caller."""
    return shelf().open(owner_of(ledger, person), name)


def clear() -> None:
    """Remove the bundles that have lain here long enough."""
    shelf().clear()


def owner_of(ledger: str, person: PersonKept) -> tuple[str, ...]:
    """By whom a bundle of a ledger is asked for, as the shelf knows them."""
    return ledger, person.organisation, person.pseudonym


def shelf() -> Shelf:
    """Where bundles lie that were built for somebody."""
    return Shelf(Path(settings.HOME) / FOLDER)
