"""Go's own log and notes, to be asked: `go/main.go`, compiled with what Debian packs, and answering line by line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "go" / "main.go"
PACKED = Path("/usr/share/gocode")
"""Where Debian puts the sources of Go's libraries."""


def compiled(folder: Path) -> Path:
    """The program, compiled without network and without whatever a developer has set for Go."""
    assert shutil.which("go"), "The tests with Go's log need Go. On Debian 12: apt-get install golang-go"
    assert (PACKED / "src/golang.org/x/mod/sumdb/tlog").is_dir(), (
        "The tests with Go's log need its library. On Debian 12: apt-get install golang-golang-x-mod-dev"
    )
    program = folder / "foreign"
    settings = {"GO111MODULE": "off", "GOPATH": str(PACKED), "GOFLAGS": "", "CGO_ENABLED": "0"}
    settings["GOCACHE"] = str(folder / "cache")
    words = ["go", "build", "-o", str(program), str(SOURCE)]
    done = subprocess.run(words, env={**os.environ, **settings}, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return program


def _sent(value: Any) -> Any:  # noqa: ANN401 - whatever a question has
    """A value as Go reads it from JSON: bytes in base 64."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, list):
        return [_sent(item) for item in value]
    if isinstance(value, dict):
        return {key: _sent(item) for key, item in value.items()}
    return value


class Go:
    """The program while it runs."""

    def __init__(self, program: Path) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([program], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def reply(self, do: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a question has
        """What it answers, a refusal or not."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": do} | _sent(said)) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def ask(self, do: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a question has
        """What it answers; it must not refuse."""
        answer = self.reply(do, **said)
        assert "refused" not in answer, (do, said, answer)
        return answer

    def hashes(self, do: str, **said: Any) -> list[bytes]:  # noqa: ANN401 - whatever a question has
        """The proof, or the leaves, that it answers with."""
        answer = self.ask(do, **said)
        return [b64decode(item) for item in answer["leaves" if "leaves" in answer else "proof"]]

    def why(self, do: str, **said: Any) -> str:  # noqa: ANN401 - whatever a question has
        """Why it refuses; empty if it does not."""
        refused: str = self.reply(do, **said).get("refused", "")
        return refused

    def close(self) -> None:
        """Let it end, which it does when nothing more can be asked."""
        self.process.communicate()
        assert self.process.returncode == 0
