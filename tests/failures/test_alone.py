"""A bundle is verified with no network, no database and no Django; whom to trust comes from the command line only."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.bundles import sink_at
from tests.builders.northlight import SMALL, maker, whole
from tests.builders.terminal import SOURCE

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import socket, sys
def refuse(*_, **__): raise OSError("there is no network here")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from meterward.cli.main import run
code = run(sys.argv[1:])
there = sorted({name.partition(".")[0] for name in sys.modules} & {"django", "sqlite3", "_sqlite3", "psycopg"})
print("loaded:", *there)
sys.exit(code)
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle in a folder, with a policy beside it and another one in it."""
    with sink_at(tmp_path / "bundle") as sink:
        for name, data in whole(SMALL).files.items():
            sink.put(name, [data])
    keys = "".join(f"log {key}\n" for key in maker(SMALL).policy().logs)
    (tmp_path / "policy").write_text(f"{keys}quorum none\n")
    return tmp_path / "bundle"


def verified(*words: object) -> subprocess.CompletedProcess[str]:
    """What verifying comes to in a process of its own; without a network at all, where one may take it away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    alone = ["unshare", "-n"]
    may = os.geteuid() == 0 and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    command = [*(alone if may else ()), sys.executable, "-c", PROGRAM, "bundle", "verify", *map(str, words)]
    surroundings = {**kept, "PYTHONPATH": str(SOURCE), "METERWARD_HOME": "/nowhere"}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=60)


def test_it_needs_no_network_no_database_and_no_django(bundle: Path) -> None:
    found = verified(bundle, "--policy", bundle.parent / "policy")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "Verified." in found.stdout
    assert found.stdout.endswith("loaded:\n")


def test_without_a_policy_of_the_readers_own_nothing_is_verified(bundle: Path) -> None:
    policy = bundle.parent / "policy"
    assert verified(bundle).returncode == 64
    policy.rename(bundle / "policy")
    assert verified(bundle).returncode == 64
    found = verified(bundle, "--policy", bundle / "policy")
    assert found.returncode == 1, "a policy that lies in the bundle is a file that the manifest does not tell of"
