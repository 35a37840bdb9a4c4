"""A ledger that does not fit the checkpoint kept of it is told as lost; so is a checkpoint not signed by our log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.core.ledger.checkpoints import attest, origin_of
from meterward.core.ledger.notes import ED25519, Note
from tests.builders.kept import LEDGER
from tests.builders.kept_outside import Place, clock, filled, kept_size, said
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_old_copy_is_told_by_its_size(place: Place) -> None:
    place.ledgers = filled(3)
    running = place.begun()
    assert "has 3 entries here, and had 4 before" in said(running.ready(LEDGER))
    assert said(running.ready(LEDGER)), "asked again, it is said again"
    place.ledgers = MemoryLedgers(clock)
    assert "has 0 entries here" in said(place.begun().ready(LEDGER))


@pytest.mark.parametrize("size", [4, 6])
def test_another_ledger_of_the_same_length_or_longer_is_told_by_its_root(place: Place, size: int) -> None:
    place.ledgers = filled(size, first=100)
    assert "first 4 entries" in said(place.begun().ready(LEDGER))


def test_a_checkpoint_that_was_removed_is_missed(place: Place) -> None:
    place.file.unlink()
    assert "is not there any more" in said(place.begun().ready(LEDGER))
    assert not place.file.exists()


def test_a_checkpoint_that_cannot_be_looked_at_is_told(place: Place) -> None:
    place.file.unlink()
    place.file.mkdir()
    assert "cannot be read" in said(place.begun().ready(LEDGER))


def test_every_bit_of_it_counts(place: Place) -> None:
    whole, let_pass = place.file.read_bytes(), list[int]()
    for bit in range(len(whole) * 8):
        harmed = bytearray(whole)
        harmed[bit // 8] ^= 1 << bit % 8
        place.file.write_bytes(harmed)
        problem = place.begun().ready(LEDGER)
        if problem is None:
            let_pass.append(bit)
        else:
            assert "damaged, or not signed" in said(problem)
        assert place.file.read_bytes() == harmed, "what is damaged is not covered up"
    assert let_pass == []


def _by_another_key(place: Place) -> bytes:
    checkpoint = place.begun().beside(LEDGER).kept
    assert checkpoint
    signature = attest(checkpoint, checkpoint.origin, ED25519, ed25519("somebody"))
    return str(Note(str(checkpoint), (signature,))).encode()


def _of_another_log(place: Place) -> bytes:
    signers = place.keys.of_log("brightwater")
    checkpoint = place.begun().beside(LEDGER).kept
    assert checkpoint
    other = replace(checkpoint, origin=origin_of("brightwater", signers.ed25519.public), size=1)
    return str(Note(str(other), (attest(other, other.origin, ED25519, signers.ed25519),))).encode()


def _signed_twice(place: Place) -> bytes:
    whole = place.file.read_bytes().rstrip(b"\n") + b"\n"
    return whole + whole.rpartition(b"\n\n")[2]


def _unsigned(place: Place) -> bytes:
    return place.file.read_bytes().partition(b"\n\n")[0] + b"\n"


@pytest.mark.parametrize("forge", [_by_another_key, _of_another_log, _signed_twice, _unsigned])
def test_a_checkpoint_that_our_log_did_not_sign_is_refused(forge: Callable[[Place], bytes], place: Place) -> None:
    place.file.write_bytes(forge(place)[:512].ljust(512, b"\n"))
    assert "not signed by its log" in said(place.begun().ready(LEDGER))


def test_a_checkpoint_without_the_keys_that_signed_it_is_refused_and_no_keys_are_made(place: Place) -> None:
    place.keys = MemoryKeys()
    assert "not signed by its log" in said(place.begun().ready(LEDGER))
    assert not place.keys.has_log(LEDGER)


def test_a_ledger_that_is_replaced_under_a_running_process_is_told_with_the_next_append(place: Place) -> None:
    running = place.begun()
    assert running.ready(LEDGER) is None
    place.ledgers = running.ledgers = filled(2)
    assert said(running.keep(LEDGER, place.append(2)))
    assert said(running.ready(LEDGER))
    assert kept_size(place) == 4


def test_a_loss_that_was_accepted_is_none_any_more(place: Place) -> None:
    place.ledgers = filled(3)
    running = place.begun()
    found = running.beside(LEDGER)
    assert running.loss(LEDGER) == found.problem
    assert found.kept
    assert found.kept.size == 4
    running.accept(LEDGER)
    assert running.ready(LEDGER) is None
    assert place.begun().ready(LEDGER) is None
    assert kept_size(place) == 3


def test_once_a_loss_was_found_no_entry_is_taken_for_kept(place: Place) -> None:
    running = place.begun()
    assert running.keep(LEDGER, place.append(4)) is None
    whole = place.file.read_bytes()
    place.file.write_bytes(whole.replace(b"\n5\n", b"\n9\n"))
    assert said(running.keep(LEDGER, place.append(5)))
    assert said(running.keep(LEDGER, 5))


def test_an_old_copy_put_under_a_process_that_kept_more_is_never_kept_over_it(place: Place) -> None:
    running = place.begun()
    assert running.ready(LEDGER) is None
    assert running.keep(LEDGER, place.append(4)) is None
    assert running.keep(LEDGER, place.append(5)) is None
    place.ledgers = running.ledgers = filled(3, first=20)
    told = [running.keep(LEDGER, place.append(number)) for number in range(3, 8)]
    assert "are not those that it had before" in said(told[-1])
    assert kept_size(place) == 6
    assert said(place.begun().ready(LEDGER))


def test_a_ledger_with_fewer_entries_than_were_kept_is_told_before_anything_is_added_to_it(place: Place) -> None:
    running = place.begun()
    assert running.ready(LEDGER) is None
    assert running.keep(LEDGER, place.append(4)) is None
    whole = place.ledgers.head(LEDGER)
    assert whole
    assert running.shrunk(whole) is None
    older = filled(3).head(LEDGER)
    assert older
    assert "has 3 entries here, and had 5 before" in said(running.shrunk(older))
    assert running.shrunk(whole) is None
    assert place.begun().shrunk(older) is None, "a process that kept nothing compares what is outside first"
