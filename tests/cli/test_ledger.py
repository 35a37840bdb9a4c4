"""`meterward ledger`: how the log stands, by which policy others verify it, and the checkpoint kept outside of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from meterward.cli.exits import Exit
from meterward.core.base.days import in_words
from meterward.core.base.problem import Problem
from meterward.core.ledger.policy import read_policy
from meterward.wiring import today
from tests.builders.harbour import LICENSEE, OF, append, shown, written

if TYPE_CHECKING:
    from tests.builders.terminal import Terminal


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
        one.stdin.write(written(*(100 * (number + 1) + each for each in range(1, 51))))
        one.stdin.close()
    assert [one.wait(timeout=120) for one in running] == [0, 0]
    for one in running:
        assert one.stdout
        one.stdout.close()
    found = shown(store)
    assert found["checkpoint"] == {"size": found["size"], "root": found["root"]}
    assert (found["size"], found["problem"]) == (105, None)
