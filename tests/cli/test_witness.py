"""`meterward witness` and `meterward ledger publish`, from end to end: cosigned, handed over, and verified."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from meterward.adapters.sockets import why_not_listen
from meterward.cli.exits import Exit
from meterward.present.notices import in_groups
from tests.builders.harbour import OF, append
from tests.builders.terminal import COMMAND, SOURCE, Terminal
from tests.cli.test_serve import PATIENCE, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.builders.terminal import Said

NAME = "witness.example/w1"


def keys(store: Terminal) -> list[str]:
    """The keys of the log, as words of `witness init`."""
    said = store.enter("ledger", "policy", *OF)
    return [word for line in said.out.splitlines() if line.startswith("log ") for word in ("--log", line[4:])]


@contextmanager
def witness(store: Terminal, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A witness that answers, and where."""
    port = free_port()
    words = [*COMMAND, "witness", "serve", str(folder), "--listen", f"127.0.0.1:{port}"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(words, env=store.surroundings, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    ends = time.monotonic() + PATIENCE
    while not why_not_listen("127.0.0.1", port):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.05)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode in (Exit.IN_ORDER, -9), said


def handed_over(store: Terminal, to: Path) -> Said:
    """Build a bundle, and verify it by a policy that asks for the witness."""
    built = store.enter("bundle", "build", to, *OF)
    assert built.exit == Exit.IN_ORDER, built
    assert ("did not cosign" in built.complaint) is (to.name == "unseen")
    return store.enter("bundle", "verify", to, "--policy", to.parent / "mine.policy")


def test_what_a_witness_cosigned_is_handed_over_and_verified(store: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "w1"
    made = store.enter("witness", "init", folder, "--name", NAME, *keys(store))
    assert made.exit == Exit.IN_ORDER, made
    assert "nothing cosigned yet" in store.enter("witness", "show", folder).words
    known = [line for line in made.out.splitlines() if not line.startswith("#")]
    mine = store.enter("ledger", "policy", *OF).out.replace("quorum none", "\n".join((*known, f"quorum {NAME}")))
    (tmp_path / "mine.policy").write_text(mine, encoding="utf-8")
    with witness(store, folder) as (process, url):
        asked = [f"{line} {url}" if line.startswith("witness ") else line for line in known]
        (store.home / "witnesses.policy").write_text("\n".join((*asked, "quorum none", "")), encoding="utf-8")
        done = store.enter("ledger", "publish", *OF, "--format", "json")
        assert (done.exit, done.json["cosigned_by"]) == (Exit.IN_ORDER, [NAME])
        assert done.json["witnesses"] == [{"name": NAME, "url": url, "cosigned": True, "says": ""}]
        assert f"Cosigned by {NAME}" in store.enter("ledger", "publish", *OF).words
        shown = store.enter("witness", "show", folder)
        assert f"{done.json['size']} entries, root {in_groups(done.json['root'])}" in shown.words
        verified = handed_over(store, tmp_path / "seen")
        assert verified.exit == Exit.IN_ORDER, verified
        assert f"Seen by {NAME}/ed25519, {NAME}/ml-dsa-44." in verified.words
        process.kill()
        process.wait(timeout=PATIENCE)
    assert append(store, 2).exit == Exit.IN_ORDER
    failed = store.enter("ledger", "publish", *OF)
    assert failed.exit == Exit.OPEN
    assert "Cosigned by no witness" in failed.words
    assert f"{NAME} It cannot be asked: Connection refused." in failed.words
    unseen = handed_over(store, tmp_path / "unseen")
    assert unseen.exit == Exit.OPEN
    assert "Too few witnesses have seen it: none." in unseen.words


def test_without_witnesses_a_checkpoint_is_published_all_the_same(store: Terminal) -> None:
    said = store.enter("ledger", "publish", *OF)
    assert said.exit == Exit.IN_ORDER
    assert "Cosigned by no witness" in said.words
    (store.home / "witnesses.policy").write_text("nonsense\n", encoding="utf-8")
    wrong = store.enter("ledger", "publish", *OF)
    assert wrong.exit == Exit.DATA
    assert "witnesses.policy" in wrong.complaint
    assert store.enter("ledger", "publish", "--licensee", "nobody").exit == Exit.NO_FILE


def test_a_witness_needs_no_store_and_no_framework(tmp_path: Path) -> None:
    code = (
        "import sys; from meterward.cli.main import run; "
        f"assert run(['witness', 'init', {str(tmp_path / 'w')!r}, '--name', 'w']) == 0; "
        "assert 'django' not in sys.modules and 'granian' not in sys.modules"
    )
    settings = {"PYTHONPATH": str(SOURCE), "METERWARD_HOME": str(tmp_path / "none")}
    done = subprocess.run([sys.executable, "-c", code], env=settings, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "none").exists()


def test_what_is_wrong_is_said(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    assert terminal.enter("witness", "show", folder).exit == Exit.NO_FILE
    assert terminal.enter("witness", "serve", folder).exit == Exit.NO_FILE
    assert not folder.exists()
    assert terminal.enter("witness", "init", folder).exit == Exit.USAGE
    assert terminal.enter("witness", "init", folder, "--name", "w", "--log", "key").exit == Exit.USAGE
    for address in ("8100", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", ":x"):
        assert terminal.enter("witness", "serve", folder, "--listen", address).exit == Exit.USAGE
    assert terminal.enter("witness", "init", folder, "--name", "w").exit == Exit.IN_ORDER
    assert "knows no log yet" in terminal.enter("witness", "show", folder).words
    (folder / "keys" / "witness-ed25519.pem").unlink()
    refused = terminal.enter("witness", "serve", folder)
    assert refused.exit == Exit.UNAVAILABLE
    assert "[witness.unusable]" in refused.complaint
