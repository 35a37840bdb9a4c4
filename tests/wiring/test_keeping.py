"""What an append comes to where the ledger is not whole, a key cannot be used, or nothing can be kept outside."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection, transaction

from meterward.adapters.home import DATABASE_FILE
from meterward.adapters.key_files import KeyFileError
from meterward.adapters.outside import OutsideFiles
from meterward.core.base.problem import Code, Problem
from meterward.usecases.append_record import Appended
from meterward.wiring import failing, tending
from meterward.wiring.appending import append
from meterward.wiring.installed import Installation, installation
from meterward.wiring.keeping import all_ready, keep
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from meterward.usecases.append_record import Line

LEDGER = "northlight"
DAY = date(2026, 6, 30)


@pytest.fixture
def store(example_store: object) -> Installation:
    """The installation of the example."""
    assert example_store
    return installation()


def incident(number: int) -> Line:
    """The line of an incident."""
    facts = {"detected": DAY, "severity": "low"}
    draft = Draft("incident.recorded", DAY, DAY, facts, f"incident/kept-{number}", files=False)
    return {name: part for name, part in draft.line(number).items() if name not in ("recorded", "id")}


def place(store: Installation) -> Path:
    """Where the checkpoint of the example is kept."""
    assert isinstance(store.checkpoints.outside, OutsideFiles)
    return store.checkpoints.outside.folder / LEDGER


def kept(store: Installation) -> int:
    """The size of the checkpoint that is kept."""
    found = store.checkpoints.beside(LEDGER).kept
    assert found
    return found.size


def test_the_example_is_kept_from_the_beginning_and_with_each_append(store: Installation) -> None:
    head = store.ledgers.head(LEDGER)
    assert head
    assert kept(store) == head.size
    assert isinstance(append(LEDGER, [incident(1)]), Appended)
    assert kept(store) == head.size + 1
    assert all_ready(store) is None


def test_nothing_is_appended_where_the_checkpoint_does_not_fit_and_no_worker_begins(
    store: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = place(store).read_bytes()
    place(store).write_bytes(whole[:-1] + b" ")
    done = append(LEDGER, [incident(1)])
    assert isinstance(done, list)
    assert [one.code for one in done] == [Code.LEDGER_LOST]
    problem = all_ready(store)
    assert problem
    assert problem.code is Code.LEDGER_LOST
    monkeypatch.setattr("meterward.adapters.holding.share", lambda _home: None)
    with pytest.raises(SystemExit, match=r"ledger\.lost"):
        tending.begin()
    place(store).write_bytes(whole)
    assert isinstance(append(LEDGER, [incident(1)]), Appended)


def test_what_is_appended_stays_though_it_cannot_be_kept_outside(
    store: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = kept(store)
    assert all_ready(store) is None
    with monkeypatch.context() as patch:
        patch.setattr(OutsideFiles, "keep", full)
        assert isinstance(append(LEDGER, [incident(1)]), Appended)
    assert "was not kept outside" in caplog.text
    assert kept(store) == before
    assert isinstance(append(LEDGER, [incident(2)]), Appended)
    assert kept(store) == before + 2


def test_what_is_written_in_a_transaction_is_kept_when_that_ends(store: Installation) -> None:
    before = kept(store)
    with transaction.atomic():
        done = append(LEDGER, [incident(1)])
        assert isinstance(done, Appended)
        assert kept(store) == before
    assert kept(store) == before + 1


def test_what_is_undone_is_never_kept(store: Installation) -> None:
    before = kept(store)
    with transaction.atomic():
        assert isinstance(append(LEDGER, [incident(1)]), Appended)
        transaction.set_rollback(True)
    assert kept(store) == before
    keep(store, LEDGER, before)
    assert isinstance(append(LEDGER, [incident(2)]), Appended)
    assert kept(store) == before + 1


def test_a_key_that_cannot_be_used_is_a_problem_wherever_it_shows(
    store: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = KeyFileError("The key “statements-northlight-1.pem” is damaged.")

    def unusable(*_: object) -> object:
        raise error

    monkeypatch.setattr(type(store.keys), "held", unusable)
    done = append(LEDGER, [incident(1)])
    assert isinstance(done, list)
    assert done == [failing.failure_in(error)]
    assert isinstance(done[0], Problem)
    assert done[0].code is Code.KEY_UNUSABLE
    assert "statements-northlight-1.pem" in done[0].message


def test_nothing_is_appended_to_an_old_copy_that_somebody_put_under_a_running_server(store: Installation) -> None:
    home = Path(settings.HOME)
    old = (home / DATABASE_FILE).read_bytes()
    assert isinstance(append(LEDGER, [incident(1)]), Appended)
    connection.close()
    (home / DATABASE_FILE).write_bytes(old)
    size = len(list(store.ledgers.lines(LEDGER)))
    done = append(LEDGER, [incident(2)])
    assert isinstance(done, list)
    assert [one.code for one in done] == [Code.LEDGER_LOST]
    assert len(list(store.ledgers.lines(LEDGER))) == size
