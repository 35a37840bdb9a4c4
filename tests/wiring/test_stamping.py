"""Ledgers are stamped when they grew since they last were, and what fails is told in one line."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.conf import settings

from meterward.adapters.local_authority import ROOT, LocalAuthority, make_authority, serve
from meterward.core.records.kinds import checkpoint_stamped
from meterward.usecases.append_record import Appended
from meterward.usecases.give_stamp import last_stamped
from meterward.usecases.stamp_checkpoint import is_due
from meterward.wiring import tending
from meterward.wiring.appending import append
from meterward.wiring.installed import Installation, installation
from meterward.wiring.stamping import Authority, stamp_all_due
from tests.builders.lines import Draft
from tests.web.writers import Writer, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEDGER = "northlight"
DAY = date(2026, 6, 30)


@pytest.fixture
def store(example_store: object) -> Installation:
    """The installation of the example."""
    assert example_store
    return installation()


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Authority]:
    """An authority that answers."""
    made = make_authority(tmp_path / "authority", "Trial")
    assert isinstance(made, LocalAuthority)
    with serve(made, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Authority(f"http://127.0.0.1:{server.server_address[1]}", str(made.folder / ROOT))
        server.shutdown()


def stamped(store: Installation) -> list[tuple[int, int]]:
    """The place of each token, and how many entries it covers."""
    kinds = (checkpoint_stamped.KIND.name,)
    return [(record.index, record.facts.size) for record in store.ledgers.records_of(LEDGER, kinds)]


def test_a_ledger_is_stamped_once_and_again_when_it_grew(store: Installation, asked: Authority) -> None:
    stamp_all_due(store, asked)
    head = store.ledgers.head(LEDGER)
    assert head
    assert stamped(store) == [(head.size - 1, head.size - 1)]
    stamp_all_due(store, asked)
    assert len(stamped(store)) == 1
    draft = Draft(
        "incident.recorded", DAY, DAY, {"detected": DAY, "severity": "low"}, "incident/stamped-1", files=False
    )
    line = {name: part for name, part in draft.line(1).items() if name not in ("recorded", "id")}
    assert isinstance(append(LEDGER, [line]), Appended)
    stamp_all_due(store, asked)
    assert len(stamped(store)) == 2


def test_a_withdrawn_time_stamp_is_not_taken_for_another_one(store: Installation, asked: Authority) -> None:
    stamp_all_due(store, asked)
    *_, line = store.ledgers.lines(LEDGER)
    own = cast("dict[str, Any]", line["statement"])
    actor = {"person": "p-01", "role": "security_manager", "organisation": LEDGER}
    withdrawal: dict[str, Any] = {
        "statement": {**own, "kind": "record.withdrawn", "version": 1, "actor": actor, "withdraws": line["id"]},
        "facts": {"because": "duplicate"},
        "text": {"reason": "It was asked for by mistake."},
        "salts": {"facts": "0" * 32, "text": "1" * 32},
    }
    done = append(LEDGER, [withdrawal])
    assert isinstance(done, Appended), done
    head = store.ledgers.head(LEDGER)
    assert head
    assert last_stamped(store.ledgers.records_of(LEDGER, (checkpoint_stamped.KIND.name,))) is None
    assert is_due(store.ledgers, head), "no token that stands covers anything"
    assert "The first" not in words_of(Writer().get("/ledger"))


def test_the_token_is_kept_as_a_file(store: Installation, asked: Authority) -> None:
    stamp_all_due(store, asked)
    *_, line = store.ledgers.lines(LEDGER)
    files = line["files"]
    assert isinstance(files, dict)
    assert list(files) == ["token.tsr"]
    assert store.blobs.has(str(files["token.tsr"]))


def test_what_fails_is_told_in_one_line(store: Installation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("ERROR"):
        stamp_all_due(store, Authority("http://127.0.0.1:1", ""))
    told = {record.getMessage() for record in caplog.records}
    assert len(told) == len(store.ledgers.names())
    assert all("tried again in an hour" in one and "\n" not in one for one in told)
    assert not stamped(store)


@pytest.mark.parametrize(
    ("example", "named", "stamps"), [(False, True, True), (True, True, False), (False, False, False)]
)
def test_a_server_stamps_where_an_authority_is_named_and_it_is_no_example(
    *, example: bool, named: bool, stamps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EXAMPLE", example)
    monkeypatch.setenv("METERWARD_TSA", "http://127.0.0.1:1" if named else "")
    assert bool(tending._stamping()) is stamps  # noqa: SLF001 - a thread of a server is not waited for
