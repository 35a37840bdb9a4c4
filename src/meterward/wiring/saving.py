"""What somebody asks of a list, saved under a name: only so many, only so long, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.ports import ViewKept
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from meterward.usecases.ports import PersonKept

MOST_VIEWS = 20
LONGEST_NAME = 60
_LONGEST_QUERY = 4_000


def saved(owner: PersonKept, ledger: str, listed: str) -> list[ViewKept]:
    """Somebody's views of a list, by name."""
    return installation().views.of(owner, ledger, listed)


def save(owner: PersonKept, ledger: str, listed: str, name: str, query: str) -> Problem | None:
    """Save what is asked of a list, in place of what had the same name; or what stands against it."""
    called = _called(name)
    if isinstance(called, Problem):
        return called
    there = {one.name for one in saved(owner, ledger, listed)}
    if called not in there and len(there) >= MOST_VIEWS:
        hint = "Delete one, or save this under the name of one that you have."
        return Problem(Code.FIELD_VALUE, f"You have {MOST_VIEWS} views of this list already.", hint, "name")
    if len(query) > _LONGEST_QUERY:
        return Problem(Code.FIELD_VALUE, "What is asked for is too long to be saved.", "Look for fewer words.")
    return installation().views.keep(owner, ledger, listed, ViewKept(called, query))


def rename(owner: PersonKept, ledger: str, listed: str, before: str, name: str) -> Problem | None:
    """Call a view otherwise; or what stands against it."""
    called = _called(name)
    if isinstance(called, Problem):
        return called
    there = {one.name: one for one in saved(owner, ledger, listed)}
    if before not in there:
        return Problem(Code.FIELD_VALUE, f"You have no view {short(before)}.", "Go back and look again.", "view")
    if called in there and called != before:
        hint = "Delete that one first, or choose another name."
        return Problem(Code.FIELD_VALUE, f"You have a view {short(called)} already.", hint, "name")
    return installation().views.keep(owner, ledger, listed, there[before]._replace(name=called), before)


def discard(owner: PersonKept, ledger: str, listed: str, name: str) -> Problem | None:
    """Forget a view, if it is there; or what stands against it."""
    return installation().views.discard(owner, ledger, listed, name)


def _called(name: str) -> str | Problem:
    """A name with its spaces evened out."""
    called = " ".join(name.split())
    if not called:
        return Problem(Code.FIELD_MISSING, "The view has no name.", "Go back and give it one.", "name")
    if len(called) > LONGEST_NAME or not called.isprintable():
        hint = f"Write at most {LONGEST_NAME} letters, digits and signs."
        return Problem(Code.FIELD_VALUE, f"{short(called)} is no name for a view.", hint, "name")
    return called
