"""A bench: files that somebody sends are compared in the background, and what comes out lies there until it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from django.conf import settings

from meterward.adapters.background import Job
from meterward.adapters.trays import Trays
from meterward.core.base.problem import Code, Problem
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.usecases.ports import PersonKept

Fill: TypeAlias = Callable[[Path], list[Problem] | None]
"""Puts what was sent into a tray, or says what is wrong with it."""
Work: TypeAlias = Callable[[Job, Path], list[Problem] | None]
"""Compares what lies in a tray and keeps there what comes out, or says what is wrong with it."""
_SOON = 0.0


class Stand(NamedTuple):
    """How far somebody's comparison is: under way, why it came to nothing, or where what came out lies."""

    under_way: Job | None = None
    problems: list[Problem] | None = None
    tray: Path | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Where one sort of comparison is made, by one person once at a time."""

    called: str
    """What is made, in a word, such as “count”."""
    sort: str
    folder: str
    undone: str
    """What was not done where the server stopped before the end, such as “counted”."""
    _lock: Lock = field(default_factory=Lock)
    _beginning: set[tuple[str, ...]] = field(default_factory=set)
    """Whose files are being written: nobody begins twice by two clicks."""

    def begin(self, ledger: str, person: PersonKept, fill: Fill, work: Work) -> list[Problem] | None:
        """Begin to compare what `fill` puts into a tray, unless that is under way."""
        return self._once(ledger, person, lambda owner: self._begun(owner, fill, work))

    def again(self, ledger: str, person: PersonKept, work: Work) -> list[Problem] | None:
        """Compare the files that lie there still once more, if any do."""

        def begun(owner: tuple[str, ...]) -> None:
            if tray := self.trays.of(owner):
                self._start(owner, tray, work)

        return self._once(ledger, person, begun)

    def stand(self, ledger: str, person: PersonKept) -> Stand:
        """How far somebody's comparison is. A fault while it was made is raised here."""
        owner, jobs = self.owner(ledger, person), installation().handing
        job = jobs.get(owner)
        if job and not job.ended.is_set():
            return Stand(job)
        if job and job.fault:
            del jobs[owner]
            # One that was stopped before its turn came has removed nothing.
            self.trays.drop(owner)
            if not job.cancelled:
                raise job.fault
        if self._is_interrupted(owner):
            return Stand(problems=[self._interrupted()])
        return Stand(problems=job.result if job else None, tray=self.trays.of(owner))

    def tray(self, ledger: str, person: PersonKept) -> Path | None:
        """Where what came out for somebody lies, if it still does."""
        return self.trays.of(self.owner(ledger, person))

    def discard(self, ledger: str, person: PersonKept) -> None:
        """Forget what somebody compared."""
        owner = self.owner(ledger, person)
        if (job := installation().handing.pop(owner, None)) and not job.ended.is_set():
            job.cancel()
        self.trays.drop(owner)

    def clear(self) -> None:
        """Remove what has lain here long enough."""
        self.trays.clear()

    @property
    def trays(self) -> Trays:
        """Where the files of all lie."""
        return Trays(Path(settings.HOME) / self.folder)

    def owner(self, ledger: str, person: PersonKept) -> tuple[str, ...]:
        """Whose tray it is."""
        return self.sort, ledger, person.organisation, person.pseudonym

    def other(self) -> Problem:
        """What is said to whoever tells what is not what they saw."""
        hint = "Look at what is here now, and append that."
        return Problem(Code.LEDGER_MOVED, f"You saw another {self.called}: a later one took its place.", hint)

    def _interrupted(self) -> Problem:
        hint = f"Send them once more: nothing was {self.undone}."
        return Problem(Code.FIELD_VALUE, "The server stopped before your files were compared.", hint)

    def _once(
        self, ledger: str, person: PersonKept, begin: Callable[[tuple[str, ...]], list[Problem] | None]
    ) -> list[Problem] | None:
        owner = self.owner(ledger, person)
        with self._lock:
            if owner in self._beginning or ((job := installation().handing.get(owner)) and not job.ended.is_set()):
                what = f"A {self.called} of yours is under way."
                return [Problem(Code.FIELD_VALUE, what, "Wait for it, or stop it.")]
            self._beginning.add(owner)
        try:
            return begin(owner)
        finally:
            self._beginning.discard(owner)

    def _begun(self, owner: tuple[str, ...], fill: Fill, work: Work) -> list[Problem] | None:
        tray = self.trays.begin(owner)
        try:
            wrong = fill(tray)
        except BaseException:
            self.trays.drop(owner)
            raise
        if wrong:
            self.trays.drop(owner)
            return wrong
        self._start(owner, tray, work)
        return None

    def _start(self, owner: tuple[str, ...], tray: Path, work: Work) -> None:
        def done(job: Job) -> list[Problem] | None:
            if wrong := work(job, tray):
                Trays.remove(tray)
            return wrong

        installation().handing[owner] = answering().background.start(owner, done, _SOON)

    def _is_interrupted(self, owner: tuple[str, ...]) -> bool:
        """Whether a comparison was under way when the server stopped. Its files go."""
        with self._lock:
            idle = owner not in installation().handing and owner not in self._beginning
            if found := idle and self.trays.is_left(owner):
                self.trays.drop(owner)
            return found


def without_places(problem: Problem, places: Mapping[str, str]) -> Problem:
    """A problem as whoever sent the files reads it, who does not know where they lie."""
    message = problem.message
    for place, instead in places.items():
        message = message.replace(place, instead)
    return replace(problem, message=message)
