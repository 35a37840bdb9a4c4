"""An old copy of a ledger: nothing is appended to it until it is replaced, or its loss accepted by a record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from meterward.cli.exits import Exit
from tests.builders.harbour import BECAUSE, LICENSEE, OF, append, shown
from tests.builders.terminal import Terminal


def put_back(terminal: Terminal, copy: Path) -> None:
    """Put a copy of the database in its place."""
    for name in ("meterward.sqlite3", "meterward.sqlite3-journal"):
        (terminal.home / name).unlink(missing_ok=True)
    shutil.copy(copy, terminal.home / "meterward.sqlite3")


@pytest.fixture
def old(store: Terminal, tmp_path: Path) -> Terminal:
    """A store whose database is an old copy: two records were appended since."""
    copy = Path(shutil.copy(store.home / "meterward.sqlite3", tmp_path / "copy"))
    assert append(store, 2).exit == append(store, 3).exit == Exit.IN_ORDER
    put_back(store, copy)
    return store


def test_nothing_is_appended_to_an_old_copy_and_nobody_is_served_it(old: Terminal, tmp_path: Path) -> None:
    before = shown(old)
    (tmp_path / "file").write_text("{}\n")
    for refused in (
        append(old, 4),
        old.enter("import", LICENSEE, tmp_path / "file"),
        old.enter("serve", "--port", "9399"),
        old.enter("ledger", "key", "rotate", *OF),
        old.enter("bundle", "build", tmp_path / "bundle", *OF),
    ):
        assert refused.exit in (Exit.UNAVAILABLE, Exit.DATA), refused
        assert "has 5 entries here, and had 7 before" in refused.complaint
        assert "[ledger.lost]" in refused.complaint
    after = shown(old)
    assert (after["size"], after["root"], after["problem"]) == (before["size"], before["root"], "ledger.lost")
    assert not (tmp_path / "bundle").exists()


def test_what_only_reads_an_old_copy_says_so_and_goes_on(old: Terminal) -> None:
    for words in (("export", LICENSEE), ("position", *OF), ("records", "check", *OF), ("explain", "Z.4", *OF)):
        said = old.enter(*words)
        assert said.exit in (Exit.IN_ORDER, Exit.OPEN, Exit.BREACH), said.err
        assert said.out
        assert said.complaint.count("[ledger.lost]") == 1
    told = old.enter("ledger", "show", *OF)
    assert (told.exit, "had 7 before" in told.words) == (Exit.OPEN, True)
    doctor = old.enter("doctor")
    assert (doctor.exit, "does not fit what is kept" in doctor.words) == (Exit.OPEN, True)


def test_with_the_newest_copy_it_goes_on(store: Terminal, tmp_path: Path) -> None:
    old = Path(shutil.copy(store.home / "meterward.sqlite3", tmp_path / "old"))
    assert append(store, 2).exit == Exit.IN_ORDER
    newest = Path(shutil.copy(store.home / "meterward.sqlite3", tmp_path / "newest"))
    put_back(store, old)
    assert append(store, 3).exit == Exit.UNAVAILABLE
    put_back(store, newest)
    assert append(store, 3).exit == Exit.IN_ORDER
    assert shown(store)["unusual"] == []


def test_a_loss_is_accepted_by_a_record_and_the_ledger_goes_on(old: Terminal) -> None:
    before = shown(old)
    said = old.enter("ledger", "accept-loss", *OF, *BECAUSE)
    assert said.exit == Exit.IN_ORDER, said.err
    assert f"recorded as entry {before['size'] + 1} of the ledger" in said.words
    last = json.loads(old.enter("export", LICENSEE).out.splitlines()[-1])
    assert last["statement"]["kind"] == "ledger.loss_accepted"
    assert last["facts"]["size"] == before["size"]
    assert last["facts"]["root"] == before["root"]
    assert (last["facts"]["lost_size"], last["facts"]["lost_root"]) == (7, before["checkpoint"]["root"])
    assert last["text"] == {"reason": BECAUSE[1]}
    assert last["signatures"]
    assert append(old, 4).exit == Exit.IN_ORDER
    after = shown(old)
    assert (after["losses_accepted"], after["problem"]) == ([before["size"] + 1], None)
    assert "[ledger.lost]" not in old.enter("export", LICENSEE).complaint
    again = old.enter("ledger", "accept-loss", *OF, *BECAUSE)
    assert (again.exit, "ledger.whole" in again.complaint) == (Exit.USAGE, True)


def test_a_checkpoint_that_was_removed_or_changed_is_refused_and_can_be_accepted(store: Terminal) -> None:
    place = store.home / "checkpoints" / LICENSEE
    whole = place.read_bytes()
    place.unlink()
    assert "is not there any more" in append(store, 2).complaint
    place.write_bytes(whole.replace(b"5\n", b"3\n", 1))
    assert "damaged, or not signed by its log" in append(store, 2).complaint
    assert store.enter("ledger", "accept-loss", *OF, *BECAUSE).exit == Exit.IN_ORDER
    last = json.loads(store.enter("export", LICENSEE).out.splitlines()[-1])
    assert sorted(last["facts"]) == ["root", "size"]
    assert append(store, 2).exit == Exit.IN_ORDER


def test_a_file_that_has_less_than_was_kept_is_restored_and_then_refused(store: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "exported.jsonl"
    assert store.enter("export", LICENSEE, "--output", file).exit == Exit.IN_ORDER
    assert append(store, 2).exit == Exit.IN_ORDER
    (store.home / "meterward.sqlite3").unlink()
    said = store.enter("restore", LICENSEE, file)
    assert (said.exit, "Restored: the ledger" in said.words) == (Exit.UNAVAILABLE, True)
    assert "has 5 entries here, and had 6 before" in said.complaint
    assert append(store, 3).exit == Exit.UNAVAILABLE
    assert store.enter("ledger", "accept-loss", *OF, *BECAUSE).exit == Exit.IN_ORDER
    assert append(store, 3).exit == Exit.IN_ORDER


def test_what_is_restored_elsewhere_has_a_log_of_its_own(store: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "exported.jsonl"
    assert store.enter("export", LICENSEE, "--output", file).exit == Exit.IN_ORDER
    elsewhere = Terminal(tmp_path / "elsewhere")
    assert elsewhere.enter("restore", LICENSEE, file).exit == Exit.IN_ORDER
    found = shown(elsewhere)
    assert found["root"] == shown(store)["root"]
    assert found["checkpoint"]["size"] == found["size"]
    assert found["log"]["origin"] != shown(store)["log"]["origin"]
    assert any("secret half is not here" in one for one in found["unusual"])
