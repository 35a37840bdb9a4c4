"""`meterward ledger`: the log, its checkpoint outside the database, and its keys; and what an old copy comes to."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from meterward.core.base.days import in_words
from meterward.core.base.problem import Problem
from meterward.core.ledger.policy import read_policy
from meterward.wiring import today
from tests.builders.terminal import COMMAND, Terminal

if TYPE_CHECKING:
    from tests.builders.terminal import Said

LICENSEE = "harbour"
OF = ("--licensee", LICENSEE)
BECAUSE = ("--reason", "The disk failed, and nothing newer was kept.")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a ledger and one more record. Nobody writes to it."""
    made = Terminal(tmp_path_factory.mktemp("opened") / "home")
    assert made.initialise().exit == Exit.IN_ORDER
    assert append(made, 1).exit == Exit.IN_ORDER
    return made.home


@pytest.fixture
def store(opened: Path, terminal: Terminal) -> Terminal:
    """A terminal with a store of its own that has that ledger."""
    shutil.copytree(opened, terminal.home)
    return terminal


def incident(number: int) -> str:
    """The line of an incident."""
    statement = {
        "kind": "incident.recorded",
        "version": 1,
        "licensee": LICENSEE,
        "licences": ["gas"],
        "occurred": "2014-11-18",
        "subject": f"incident/{number}",
        "actor": {"person": "p-01", "role": "security_manager", "organisation": LICENSEE},
    }
    facts = {"detected": "2014-11-18", "severity": "high"}
    return f"{json.dumps({'statement': statement, 'facts': facts, 'salts': {'facts': f'{number:032x}'}})}\n"


def append(terminal: Terminal, number: int, command: list[str] = COMMAND) -> Said:
    """Append an incident."""
    return terminal.enter("append", LICENSEE, "-", piped=incident(number), command=command)


def shown(terminal: Terminal) -> dict[str, Any]:
    """What `ledger show` tells a script."""
    found: dict[str, Any] = terminal.enter("ledger", "show", *OF, "--format", "json").json
    return found


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


def test_a_ledger_shows_how_it_stands(store: Terminal) -> None:
    said = store.enter("ledger", "show", *OF)
    assert said.exit == Exit.IN_ORDER, said.err
    found = shown(store)
    assert found["checkpoint"] == {"size": found["size"], "root": found["root"]}
    assert found["log"]["origin"] in said.words
    assert f"The ledger of {LICENSEE}: {found['size']} entries" in said.words
    key = found["keys"][0]
    assert (key["first_entry"], key["last_entry"], key["counts"], key["here"]) == (1, None, True, True)
    assert f"{key['id'][:16]}… from entry 1 on {LICENSEE}" in said.words
    assert found["unusual"] == []
    assert "Published none Time stamp none" in said.words
    assert store.enter("ledger", "publish", *OF).exit == Exit.IN_ORDER
    assert f"Published {found['size']} entries, {in_words(today())}" in store.enter("ledger", "show", *OF).words


def test_a_policy_is_read_by_whoever_verifies(store: Terminal) -> None:
    said = store.enter("ledger", "policy", *OF)
    assert said.exit == Exit.IN_ORDER
    policy = read_policy(said.out.encode())
    assert not isinstance(policy, Problem)
    assert [str(key) for key in policy.logs] == shown(store)["log"]["keys"]
    assert policy.is_met({})
    assert "by another way than the bundle" in said.out


def test_a_key_is_rotated_and_both_count_where_they_should(store: Terminal) -> None:
    before = shown(store)
    said = store.enter("ledger", "key", "rotate", *OF)
    assert said.exit == Exit.IN_ORDER, said.err
    assert append(store, 2).exit == Exit.IN_ORDER
    now, place = shown(store), before["size"] + 1
    old, new = now["keys"]
    assert f"from entry {place + 1} on" in said.words
    assert (old["last_entry"], old["counts"]) == (place, False)
    assert (new["first_entry"], new["counts"], new["here"]) == (place + 1, True, True)
    lines = [json.loads(line) for line in store.enter("export", LICENSEE).out.splitlines()]
    assert [list(line["signatures"]) for line in lines[-2:]] == [[old["id"]], [new["id"]]]
    assert store.enter("records", "check", *OF).exit == Exit.IN_ORDER


def test_the_only_key_is_not_revoked(store: Terminal) -> None:
    only = shown(store)["keys"][0]["id"]
    said = store.enter("ledger", "key", "revoke", only[:8], *OF, *BECAUSE)
    assert (said.exit, "key.only" in said.complaint) == (Exit.USAGE, True)
    assert "ledger key rotate" in said.complaint
    assert shown(store)["keys"][0]["counts"]


@pytest.mark.parametrize("named", ["zz", "", "0123456789"])
def test_a_key_that_is_not_there_is_not_revoked(named: str, store: Terminal) -> None:
    said = store.enter("ledger", "key", "revoke", named, *OF, *BECAUSE)
    assert (said.exit, "No key begins with" in said.complaint) == (Exit.USAGE, True)


def test_a_key_beside_another_is_revoked_and_counts_no_longer(store: Terminal) -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    statement = {
        "kind": "key.introduced",
        "version": 1,
        "licensee": LICENSEE,
        "licences": ["gas"],
        "occurred": "2014-11-18",
        "subject": "key/of-a-machine",
        "actor": {"person": "operator", "role": "operator", "organisation": LICENSEE},
    }
    facts = {"organisation": "auditor-a", "algorithm": "ed25519", "public": public}
    line = json.dumps({"statement": statement, "facts": facts, "salts": {"facts": "0" * 32}})
    assert store.enter("append", LICENSEE, "-", piped=line + "\n").exit == Exit.IN_ORDER
    other = shown(store)["keys"][1]
    assert (other["organisation"], other["counts"], other["here"]) == ("auditor-a", True, False)
    said = store.enter("ledger", "key", "revoke", other["id"][:6], *OF, *BECAUSE)
    assert said.exit == Exit.IN_ORDER, said.err
    after = shown(store)["keys"][1]
    assert (after["counts"], after["last_entry"]) == (False, shown(store)["size"])
    again = store.enter("ledger", "key", "revoke", other["id"][:6], *OF, *BECAUSE)
    assert (again.exit, "counts no longer" in again.complaint) == (Exit.USAGE, True)


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


KILLED = """
import os, signal
from meterward.usecases.keep_checkpoints import Checkpoints
Checkpoints.keep = lambda self, ledger, size=0: os.kill(os.getpid(), signal.SIGKILL)
from meterward.cli.main import main
main()
"""


def test_a_kill_between_the_commit_and_keeping_outside_is_no_loss(store: Terminal) -> None:
    before = shown(store)
    said = append(store, 2, [sys.executable, "-c", KILLED])
    assert said.exit == -signal.SIGKILL
    after = shown(store)
    assert (after["size"], after["checkpoint"]) == (before["size"] + 1, before["checkpoint"])
    assert append(store, 3).exit == Exit.IN_ORDER
    assert shown(store)["checkpoint"]["size"] == before["size"] + 2


def test_a_kill_while_the_first_ledger_is_opened_leaves_a_home_to_begin_in(terminal: Terminal) -> None:
    words = ("init", LICENSEE, "--licence", "gas=2013-03-04", "--security-manager", "security", "--password-stdin")
    said = terminal.enter(*words, piped="correct horse battery staple", command=[sys.executable, "-c", KILLED])
    assert said.exit == -signal.SIGKILL
    assert terminal.initialise().exit == Exit.IN_ORDER
    assert shown(terminal)["checkpoint"]["size"] == 3


def test_two_processes_append_and_what_is_kept_is_the_newest(store: Terminal) -> None:
    command = [sys.executable, "-m", "meterward", "import", LICENSEE, "-"]
    running = [
        subprocess.Popen(command, env=store.surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for number, one in enumerate(running):
        assert one.stdin
        one.stdin.write("".join(incident(100 * (number + 1) + each) for each in range(1, 51)))
        one.stdin.close()
    assert [one.wait(timeout=120) for one in running] == [0, 0]
    for one in running:
        assert one.stdout
        one.stdout.close()
    found = shown(store)
    assert found["checkpoint"] == {"size": found["size"], "root": found["root"]}
    assert (found["size"], found["problem"]) == (105, None)


def test_a_secret_that_is_gone_is_said_and_shows_nothing(store: Terminal) -> None:
    secret = (store.home / "keys" / "secret").read_text().strip()
    (store.home / "keys" / "secret").unlink()
    for said in (append(store, 2), store.enter("ledger", "show", *OF), store.enter("serve", "--port", "9398")):
        assert said.exit == Exit.UNAVAILABLE
        assert "[key.unusable]" in said.complaint
        assert secret not in said.err
    assert not (store.home / "keys" / "secret").exists()
    read = store.enter("export", LICENSEE)
    assert (read.exit, "[key.unusable]" in read.complaint) == (Exit.IN_ORDER, True)


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
