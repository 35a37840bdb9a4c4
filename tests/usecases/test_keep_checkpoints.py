"""A checkpoint is kept outside as its ledger grows: what is kept, when it begins, and by whom where several append."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.adapters.outside import OutsideFiles
from meterward.core.base.problem import Problem
from meterward.core.ledger.checkpoints import read_checkpoint
from meterward.core.ledger.notes import read_note
from meterward.core.ledger.policy import read_policy
from meterward.usecases.keep_checkpoints import Checkpoints
from meterward.usecases.name_log import log_keys
from tests.builders.kept import LEDGER
from tests.builders.kept_outside import Place, filled, kept_size

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_kept_is_a_checkpoint_that_others_can_verify(place: Place) -> None:
    note = read_note(place.file.read_bytes().rstrip(b"\n") + b"\n")
    assert note
    checkpoint = read_checkpoint(note.text)
    assert checkpoint
    assert (checkpoint.size, checkpoint.root.hex()) == (4, place.ledgers.root(LEDGER, 4))
    signers = place.keys.of_log(LEDGER)
    assert checkpoint.origin == f"meterward/{LEDGER}/{signers.ed25519.public.id[:8]}"
    keys = log_keys(checkpoint.origin, signers)
    policy = read_policy("".join(f"log {key}\n" for key in keys).encode() + b"quorum none\n")
    assert not isinstance(policy, Problem)
    assert [one.verdict.value for one in policy.by_log(note, checkpoint).values()] == ["true", "absent"]


def test_it_grows_with_the_ledger_and_the_next_process_finds_it_whole(place: Place) -> None:
    running = place.begun()
    assert running.ready(LEDGER) is None
    for number in range(4, 8):
        assert running.keep(LEDGER, place.append(number)) is None
        assert kept_size(place) == number + 1
    assert place.begun().ready(LEDGER) is None


def test_a_process_that_ended_between_append_and_keeping_is_no_loss(place: Place) -> None:
    place.append(4)
    place.append(5)
    assert kept_size(place) == 4
    assert place.begun().ready(LEDGER) is None
    running = place.begun()
    assert running.ready(LEDGER) is None
    assert running.keep(LEDGER, place.append(6)) is None
    assert kept_size(place) == 7


def test_a_store_from_before_begins_to_be_kept_when_it_is_gone_on_with(tmp_path: Path) -> None:
    place = Place(tmp_path / "checkpoints", filled(4), MemoryKeys())
    assert place.begun().loss(LEDGER) is None
    assert not place.folder.exists(), "who only reads makes nothing"
    assert not place.keys.has_log(LEDGER)
    assert place.begun().ready(LEDGER) is None
    assert kept_size(place) == 4


def test_a_process_that_ended_while_it_began_is_no_loss(tmp_path: Path) -> None:
    place = Place(tmp_path / "checkpoints", filled(4), MemoryKeys())
    OutsideFiles(place.folder).begin(LEDGER)
    assert place.begun().loss(LEDGER) is None
    place.keys.of_log(LEDGER)
    assert place.begun().loss(LEDGER) is None
    assert place.begun().ready(LEDGER) is None
    assert kept_size(place) == 4


def test_what_another_process_kept_meanwhile_is_newer_and_stays(place: Place) -> None:
    one, other = place.begun(), place.begun()
    assert one.ready(LEDGER) is other.ready(LEDGER) is None
    first = place.append(4)
    assert other.keep(LEDGER, place.append(5)) is None
    assert one.keep(LEDGER, first) is None
    assert kept_size(place) == 6
    assert one.ready(LEDGER) is None


def test_who_finds_its_entry_kept_signs_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = list[int]()
    before = Checkpoints._signed  # noqa: SLF001 - it is counted how often it runs

    def counted(self: Checkpoints, ledger: str) -> object:
        made = before(self, ledger)
        signed.append(made[0].size)
        return made

    running = place.begun()
    assert running.ready(LEDGER) is None
    sizes = [place.append(number) for number in range(4, 24)]
    monkeypatch.setattr(Checkpoints, "_signed", counted)
    threads = [Thread(target=running.keep, args=(LEDGER, size)) for size in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert signed == [24]
    assert kept_size(place) == 24
