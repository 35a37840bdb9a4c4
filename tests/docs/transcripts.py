"""What documents show of the command line: each `console` block is run again, and shows what came out.

A line that begins with `$ ` is a command; what stands below it is its output. A block goes on where the one before it
on the same page stopped, in one folder that is empty at first, so that a page can be followed from its top.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING
from unittest.mock import patch

import meterward
from meterward.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 100
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
"""What a page may name, as whoever follows it has it."""
PROMPT = "$ "
_SURROUNDINGS = {
    "COLUMNS": str(WIDTH),
    "LINES": "1000",
    "METERWARD_HOME": "store",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "PYTHONUTF8": "1",
}
_BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", flags=re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"[<>&;*$]")
_IN_A_STORE = re.compile(
    r"meterward (?:.* --licensee |"
    r"(?:append|deliver|doctor|export|import|init|person|restore|serve|tidy)\b(?!.* --help))"
)
"""Commands that turn to a store. A process can do so once, so each of them has one of its own."""
_RECEIPT = re.compile(r"([Rr]eceipt +)[0-9a-f]{4}(?: [0-9a-f]{4}){3}")


@dataclass(slots=True)
class Session:
    """A person at a terminal, in a folder."""

    folder: Path
    code: int = 0
    """The exit code of the command before."""

    def enter(self, command: str) -> str:
        """Run a command; what it prints."""
        if command == "echo $?":
            return f"{self.code}\n"
        own, _, rest = command.partition(" | ")
        with patch.dict(os.environ, _SURROUNDINGS), chdir(self.folder):
            if not own.startswith("meterward ") or _SHELL.search(own) or _IN_A_STORE.match(own):
                return self._outside(command)
            printed = self._inside(shlex.split(own)[1:])
            return self._outside(rest, printed) if rest else printed

    def _inside(self, arguments: list[str]) -> str:
        printed = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            self.code = run(arguments)
        return printed.getvalue()

    def _outside(self, command: str, piped: str = "") -> str:
        with _on_path(self.folder.parent) as path:
            shell, surroundings = ["bash", "-c", command], {**os.environ, "PATH": path}
            ran = subprocess.run(
                shell, env=surroundings, input=piped, capture_output=True, encoding="utf-8", check=False
            )
        self.code = ran.returncode
        return ran.stdout + ran.stderr


def commands(text: str) -> list[str]:
    """Every command that a page shows, in order."""
    blocks = (found[2] for found in _BLOCK.finditer(text))
    lines = (line for block in blocks for line in block.splitlines())
    return [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]


def renewed(text: str, folder: Path) -> str:
    """A page with the output of its commands as it is today, and nothing else changed. The folder is empty."""
    home = folder / "home"
    home.mkdir()
    copytree(EXAMPLES, home / "examples")
    session = Session(home)
    return _BLOCK.sub(lambda found: found[1] + "".join(_block(session, found[2])) + found[3], text)


def comparable(text: str) -> str:
    """A page without what changes with every change of the code: the digits of receipts."""
    return _RECEIPT.sub(r"\1…", text)


def _block(session: Session, block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(PROMPT):
            yield f"{line}\n"
            printed = session.enter(line.removeprefix(PROMPT)).splitlines()
            yield from (f"{shown.rstrip()}\n" for shown in printed)


@contextmanager
def _on_path(folder: Path) -> Iterator[str]:
    """The search path with a `meterward` in front that is the one under test."""
    program = folder / "bin" / "meterward"
    program.parent.mkdir(exist_ok=True)
    source = Path(meterward.__file__).resolve().parents[1]
    start = f"import sys; sys.path.insert(0, {str(source)!r}); from meterward.cli.main import main; main()"
    words = shlex.join([sys.executable, "-c", start])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    yield f"{program.parent}{os.pathsep}{os.environ['PATH']}"
