"""A bundle of a whole ledger, by the commands that somebody types: built, and verified with every signature."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.installation import LEDGER, load, made, row

if TYPE_CHECKING:
    from pathlib import Path


def measure(size: int) -> None:
    """Print how long a bundle of so many records takes to build, and to verify."""
    with made(size) as home:
        load()
        bundle, policy, of = home / "bundle", home / "policy", ("--licensee", LEDGER)
        row("built", seconds=_seconds("bundle", "build", str(bundle), *of, "--as-at", "2026-01-01"))
        row("its files", megabytes=sum(one.stat().st_size for one in bundle.rglob("*") if one.is_file()) / 1e6)
        policy.write_text(_said("ledger", "policy", *of))
        row("verified", seconds=_seconds("bundle", "verify", str(bundle), "--policy", str(policy)))
        row("every file read", seconds=_reading(bundle))
        row("the largest process", megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3)
        load()


def _seconds(*words: str) -> float:
    started = time.perf_counter()
    _said(*words)
    return time.perf_counter() - started


def _said(*words: str) -> str:
    command = [sys.executable, "-m", "meterward", *words]
    return subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True).stdout


def _reading(folder: Path) -> float:
    """What no verifier can go below."""
    started = time.perf_counter()
    for one in folder.rglob("*"):
        if one.is_file():
            one.read_bytes()
    return time.perf_counter() - started
