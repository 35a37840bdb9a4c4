"""What somebody was given before shows whether the ledger was written anew since, however well that is signed."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from meterward import wiring
from meterward.core.bundle.manifest import CHECKPOINT
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.notes import read_note
from meterward.core.ledger.tree import EMPTY_ROOT
from meterward.usecases.read_ledger import one_by_one
from meterward.usecases.verify_bundle import Verifier, verify_bundle
from meterward.wiring.recomputing import recompute
from tests.builders.bundles import DAY, Maker, MemoryBundle, law

if TYPE_CHECKING:
    from meterward.core.bundle.steps import Step

BEFORE, AFTER = 300, 350


def lines(count: int, skip: int = -1) -> list[dict[str, Any]]:
    """The first lines of the example licensee's ledger, perhaps but for one of the last."""
    told = [json.loads(line) for line in wiring.example("northlight", DAY).splitlines()[:count]]
    bare = [{name: part for name, part in line.items() if name != "id"} for line in told]
    return [line for place, line in enumerate(bare) if place != skip]


class Grown:
    """A ledger that grew, with a bundle of before and one of after."""

    def __init__(self) -> None:
        self.by = Maker(lines(BEFORE))
        self.before = self.by.bundle()
        self.by.append(lines(AFTER)[BEFORE:])
        self.after = self.by.bundle()


@cache
def grown() -> Grown:
    """Made once."""
    return Grown()


def compared(bundle: MemoryBundle, since: bytes, by: Maker | None = None) -> Step:
    """The last step of a verification of a bundle that somebody compares with a checkpoint."""
    trusted = (by or grown().by).policy()
    verifier = Verifier(trusted, wiring.engine(), {law().digest: law().name}, one_by_one, recompute)
    made = verify_bundle(bundle, replace(verifier, since=since))
    assert [one.number for one in made.steps] == list(range(1, 12))
    assert made.steps[-1].title == "It continues what you had before"
    assert made.holds == (made.steps[-1].found.outcome is Outcome.PASSED)
    return made.steps[-1]


def test_a_ledger_that_grew_begins_with_what_it_was() -> None:
    found = compared(grown().after, grown().before.files[CHECKPOINT]).found
    assert found.outcome is Outcome.PASSED
    assert "It begins with the 301 entries that you saw before, each as it was, and has 351 now." in found.says
    same = compared(grown().after, grown().after.files[CHECKPOINT]).found
    assert "the same 351 entries as before" in same.says


def test_a_bundle_from_before_the_earlier_one_has_lost_entries() -> None:
    found = compared(grown().before, grown().after.files[CHECKPOINT]).found
    assert found.outcome is Outcome.FAILED
    assert "had 351 entries when you last saw it, and has 301 now" in found.says


@pytest.mark.parametrize("size", [1, 2, 3, 64, 128, 200, 255, 256, 257, 301, 350])
def test_every_earlier_size_is_compared_by_its_root(size: int) -> None:
    by = grown().by
    root = bytes.fromhex(by.ledgers.root(by.ledger, size))
    assert compared(grown().after, str(by.checkpoint(size, root)).encode()).found.outcome is Outcome.PASSED
    forged = bytes((root[0] ^ 1, *root[1:]))
    found = compared(grown().after, str(by.checkpoint(size, forged)).encode()).found
    assert found.outcome is Outcome.FAILED
    assert "it was written anew" in found.says


def _last_finding() -> int:
    """The entry of the last finding before, which no other record builds upon."""
    kinds = [one["statement"]["kind"] for one in lines(BEFORE)]
    return max(place for place, kind in enumerate(kinds) if kind == "state.evidenced")


def test_a_ledger_that_its_keeper_wrote_anew_with_the_same_keys_is_told_by_what_was_given_before() -> None:
    """Everything else about it is in order: all of it was signed again."""
    old = grown().by
    for skip in (5, _last_finding()):
        anew = Maker.__new__(Maker)
        anew.__dict__ |= old.__dict__
        anew.write(lines(AFTER, skip))
        forged = anew.bundle()
        assert old.verify(forged).holds, "by itself nothing shows it"
        found = compared(forged, grown().before.files[CHECKPOINT]).found
        assert found.outcome is Outcome.FAILED


def test_an_earlier_checkpoint_that_nobody_vouches_for_shows_nothing_and_that_is_no_pass() -> None:
    stranger = Maker(lines(24))
    note = grown().before.files[CHECKPOINT]
    read = read_note(note)
    assert read
    for since, outcome in (
        (stranger.bundle().files[CHECKPOINT], Outcome.NOT_CHECKED),
        (note.replace(b"301", b"300"), Outcome.FAILED),
        (b"", Outcome.FAILED),
        (note + b"\n", Outcome.FAILED),
        (str(grown().by.checkpoint(0, EMPTY_ROOT)).encode(), Outcome.NOT_CHECKED),
    ):
        assert compared(grown().after, since).found.outcome is outcome


def test_what_is_not_asked_is_not_answered() -> None:
    assert len(grown().by.verify(grown().after).steps) == 10
