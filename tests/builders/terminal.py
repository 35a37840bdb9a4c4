"""A person at a terminal whose commands work in a store: each runs in a process of its own, as it would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import meterward

SOURCE = Path(meterward.__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "meterward"]
PASSWORD = "correct horse battery staple"  # noqa: S105 - of nobody who is real
_WIDE = {"COLUMNS": "300"}
_KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever a command writes
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """Standard output without its line breaks and spacing."""
        return " ".join(self.out.split())

    @property
    def complaint(self) -> str:
        """Standard error without its line breaks and spacing."""
        return " ".join(self.err.split())


@dataclass(frozen=True)
class Terminal:
    """A terminal in a folder, with a store in some home."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of its commands: nothing of whoever runs the tests, and no store but this one."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {**kept, "PYTHONPATH": str(SOURCE), "METERWARD_HOME": str(self.home), **_WIDE, **self.settings}

    def enter(self, *words: str | Path, piped: str | bytes = b"", command: list[str] = COMMAND) -> Said:
        """Run a command with something piped in."""
        given = piped.encode() if isinstance(piped, str) else piped
        whole = [*command, *(str(word) for word in words)]
        ran = subprocess.run(whole, env=self.surroundings, input=given, capture_output=True, check=False, timeout=120)
        return Said(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    def initialise(self, licensee: str = "harbour") -> Said:
        """Open a ledger with a gas licence."""
        words = ("init", licensee, "--licence", "gas=2013-03-04", "--security-manager", "security")
        return self.enter(*words, "--password-stdin", piped=PASSWORD)
