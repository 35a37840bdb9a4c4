"""A bundle that is opened: the pages of its ledger for whoever looks, and nothing that anybody could change."""

from __future__ import annotations

import html
import json
import os
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from django.conf import settings
from django.test import Client, override_settings

from meterward.adapters.bundle_folder import FolderBundle
from meterward.adapters.opened import opened
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.steps import Outcome
from meterward.core.records.erase import erase_texts
from meterward.core.records.line import Sealed, read_object
from meterward.present.ledger_words import policy_text
from meterward.usecases.name_log import log_of
from meterward.usecases.select_records import Chosen
from meterward.usecases.withhold import Asked
from meterward.wiring import bundling, opening, today, verifying
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders import stores
from tests.builders.desks import incident

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meterward.usecases.verify_bundle import Verification

READ = ("", "clauses/Z.14", "changes", "records", "records/3", "records/3/proof", "records/3/statement", "ledger")
CLOSED = ("append", "append/incident.recorded", "drafts", "tokens")
SAYS = "nothing can be changed"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set for other processes is as it was after each test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.fixture
def policy(example_store: stores.Store, tmp_path: Path) -> Path:  # noqa: ARG001 - the ledger is in it
    place = tmp_path / "northlight.policy"
    place.write_text(policy_text(LEDGER, log_of(installation().keys, LEDGER).keys))
    return place


def built(tmp_path: Path, policy: Path, chosen: Chosen) -> tuple[Path, Verification]:
    place = tmp_path / "evidence"
    done = bundling.build(
        settings.HOME, bundling.Wanted(LEDGER, chosen, today(), place), lambda _done, _total: None, print
    )
    assert not hasattr(done, "message"), done
    found: Any = verifying.verify(place, verifying.Own(policy), lambda _what, _done, _total: None)
    assert found.holds
    return place, found


@contextmanager
def home(prepared: Path, place: Path) -> Iterator[Path]:
    """An empty home that this process works in meanwhile."""
    found = stores.copy_sqlite(prepared, place)
    with stores.installed(found):
        yield found


def test_what_was_not_verified_is_not_told_as_if_it_were(
    tmp_path: Path, policy: Path, prepared_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, done = built(tmp_path, policy, Chosen())
    with home(prepared_sqlite, tmp_path / "other") as other:
        assert opening.fill(other, place, policy, done) is None
        monkeypatch.setattr("meterward.web.views.ledger.witnesses", lambda *_: ["witness.example/w1"])
        with override_settings(OPENED=opened(other)):
            said = Client(headers={"host": "localhost"}).get(f"/{LEDGER}/ledger").content.decode()
    assert "The checkpoint bears lines in the name of witness.example/w1." in said
    assert "has the cosignature" not in said


def test_everybody_reads_it_and_nobody_changes_it(tmp_path: Path, policy: Path, prepared_sqlite: Path) -> None:
    root = installation().ledgers.root(LEDGER, 500)
    place, done = built(tmp_path, policy, Chosen())
    assert opening.why_not(done) is None
    with home(prepared_sqlite, tmp_path / "other") as other:
        assert opening.fill(other, place, policy, done) is None
        assert installation().ledgers.root(LEDGER, 500) == root
        assert not installation().keys.has_log(LEDGER)
        with override_settings(OPENED=opened(other)):
            visitor = Client(headers={"host": "localhost"})
            assert visitor.get("/").headers["Location"] == f"/{LEDGER}/"
            for page in READ:
                answer = visitor.get(f"/{LEDGER}/{page}")
                assert answer.status_code == 200, page
                assert b"Sign out" not in answer.content
                shown = answer["Content-Type"].startswith("text/html")
                assert (SAYS in answer.content.decode()) is shown, page
            for page in CLOSED:
                answer = visitor.get(f"/{LEDGER}/{page}")
                assert answer.status_code == 403, page
                assert SAYS in answer.content.decode()
            assert visitor.post(f"/{LEDGER}/stop").status_code == 403
            assert visitor.post("/sign-in", {"name": "security", "password": "x"}).status_code == 403
            said = json.dumps(incident())
            assert visitor.post(f"/api/v1/{LEDGER}/records", said, "application/json").status_code == 403
            proof = visitor.get(f"/{LEDGER}/records/3/proof").content.decode()
            assert proof.endswith(str(done.note))
        assert not installation().keys.has_log(LEDGER)
        assert Client(headers={"host": "localhost"}).get(f"/{LEDGER}/").status_code == 302


def test_what_was_changed_after_it_was_verified_is_not_opened(
    tmp_path: Path, policy: Path, prepared_sqlite: Path
) -> None:
    place, done = built(tmp_path, policy, Chosen())
    lines = (place / "records.jsonl").read_bytes().splitlines(keepends=True)
    (place / "records.jsonl").write_bytes(b"".join(lines[:-1]))
    with home(prepared_sqlite, tmp_path / "other") as other:
        found = opening.fill(other, place, policy, done)
    assert found is not None
    assert found.code is Code.COMMITMENT_MISMATCH


@pytest.mark.parametrize("how", ["no json", "another file", "one file less", "a pipe"])
def test_whatever_was_put_in_its_place_since_is_told(
    how: str, tmp_path: Path, policy: Path, prepared_sqlite: Path
) -> None:
    place, done = built(tmp_path, policy, Chosen())
    changed = place / "records.jsonl"
    if how == "no json":
        changed.write_bytes(b"x" * changed.stat().st_size)
    elif how == "another file":
        (place / "files" / ("0" * 64)).parent.mkdir(exist_ok=True)
        (place / "files" / ("0" * 64)).write_bytes(b"put there")
    else:
        changed.unlink()
    if how == "a pipe":
        os.mkfifo(changed)
    with home(prepared_sqlite, tmp_path / "other") as other:
        found = opening.fill(other, place, policy, done)
        assert opened(other) is None
    assert found is not None
    assert found.code in (Code.COMMITMENT_MISMATCH, Code.BUNDLE_INVALID)


def test_a_bundle_that_changes_while_it_is_verified_is_a_problem(
    tmp_path: Path, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _ = built(tmp_path, policy, Chosen())

    def cut(bundle: FolderBundle, name: str) -> BinaryIO:
        (place / name).write_bytes(b"cut")
        return usual(bundle, name)

    usual = FolderBundle.open
    monkeypatch.setattr(FolderBundle, "open", cut)
    found = verifying.verify(place, verifying.Own(policy), lambda _what, _done, _total: None)
    assert isinstance(found, Problem)
    assert "changed while" in found.message


def test_a_selection_has_no_pages(tmp_path: Path, policy: Path) -> None:
    _, done = built(tmp_path, policy, Chosen(clause="Z.14"))
    found = opening.why_not(done)
    assert found is not None
    assert "the pages need all of them" in found.message


def test_a_selection_of_everything_has_its_position_verified_and_pages(
    tmp_path: Path, policy: Path, prepared_sqlite: Path
) -> None:
    place, done = built(tmp_path, policy, Chosen(first=date(1990, 1, 1)))
    assert done.steps[9].found.outcome is Outcome.PASSED
    assert opening.why_not(done) is None
    with home(prepared_sqlite, tmp_path / "other") as other:
        assert opening.fill(other, place, policy, done) is None


def withheld_from(tmp_path: Path, policy: Path, *asked: Asked) -> tuple[Path, Any]:
    place = tmp_path / "evidence"
    wanted = bundling.Wanted(LEDGER, Chosen(), today(), place, asked, "It names sites.")
    done = bundling.build(settings.HOME, wanted, lambda _done, _total: None, print)
    assert not isinstance(done, Problem), done
    found: Any = verifying.verify(place, verifying.Own(policy), lambda _what, _done, _total: None)
    return place, found


def test_where_facts_are_withheld_there_are_no_pages(tmp_path: Path, policy: Path) -> None:
    _, done = withheld_from(tmp_path, policy, Asked("facts", "severity", "incident.recorded"), Asked("text"))
    assert done.holds_in_part
    found = opening.why_not(done)
    assert found is not None
    assert "Facts are withheld by northlight" in found.message


def test_texts_and_files_that_are_withheld_are_shown_as_withheld_and_by_whom(
    tmp_path: Path, policy: Path, prepared_sqlite: Path
) -> None:
    store = installation()
    lines: list[Any] = list(store.ledgers.lines(LEDGER))
    index = next(index for index, line in enumerate(lines) if len(line.get("text", {})) > 1 and "files" in line)
    first, *others = sorted(lines[index]["text"])
    erased = erase_texts(lines[index], [first])
    assert isinstance(erased, dict)
    assert store.ledgers.erase(LEDGER, index, erased) is None
    place, done = withheld_from(tmp_path, policy, Asked("text"), Asked("files"))
    assert done.holds
    assert opening.why_not(done) is None
    with home(prepared_sqlite, tmp_path / "other") as other:
        assert opening.fill(other, place, policy, done) is None
        assert installation().ledgers.root(LEDGER, done.checkpoint.size) == done.checkpoint.root.hex()
        with override_settings(OPENED=opened(other)):
            visitor = Client(headers={"host": "localhost"})
            page = html.unescape(visitor.get(f"/{LEDGER}/records/{index + 1}").content.decode())
            assert page.count("This text is withheld by northlight: “It names sites.”") == len(others)
            assert page.count("This text was erased.") == 1
            assert "withheld by northlight: “It names sites.”</span>" in page
            assert "known here by its digest only" not in page
            assert "Texts or files are withheld by northlight" in page
            said = visitor.get(f"/api/v1/{LEDGER}/records/{index}").json()["line"]
            assert set(said["erased"]) == {first}
            assert sorted(said["withheld"]["text"]) == others
            assert said["withheld"]["files"] == sorted(lines[index]["files"])
            assert isinstance(read_object(said, in_bundle=True), Sealed)
            assert {visitor.get(f"/{LEDGER}/{one}").status_code for one in READ} == {200}


def test_its_home_is_gone_in_the_end() -> None:
    with opening.home_for_now() as found:
        assert found.stat().st_mode & 0o77 == 0
        (found / "something").write_text("x")
    assert not found.exists()
