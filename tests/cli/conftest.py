"""A way to run a command, and a ledger to run it on."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from meterward.cli.main import run
from meterward.wiring.entering import introduce_first_key
from tests.builders import brightwater
from tests.builders.harbour import append
from tests.builders.stores import installed
from tests.builders.terminal import Said, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import DjangoDbBlocker


class Piped:
    """Standard input that something was piped into."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests reaches the commands, nor does a store of theirs."""
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "COLORTERM", "TERM", "METERWARD_DATABASE", "METERWARD_EXAMPLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("METERWARD_HOME", str(tmp_path / "no-store"))


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a command: exit code, standard output, standard error."""

    def ask(*words: str | Path, piped: bytes | None = None) -> Said:
        if piped is not None:
            monkeypatch.setattr(sys, "stdin", Piped(piped))
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return ask


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The ledger of `brightwater.py` in a file."""
    return brightwater.write(tmp_path / "ledger.jsonl")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal; there is no store yet."""
    return Terminal(tmp_path / "home")


@pytest.fixture(scope="session")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that has the ledger of `brightwater.py`. Nobody writes to it."""
    folder = tmp_path_factory.mktemp("restored")
    done = Terminal(folder / "home").enter("restore", "brightwater", brightwater.write(folder / "ledger.jsonl"))
    assert done.exit == 0, done.err
    return folder / "home"


@pytest.fixture
def brightwater_store(restored: Path, terminal: Terminal) -> Terminal:
    """A terminal with a store that has the ledger of `brightwater.py`."""
    shutil.copytree(restored, terminal.home)
    return terminal


@pytest.fixture(scope="session")
def keyed(restored: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """The same home once the key is introduced by which its records are signed, as it is before the first append."""
    home = tmp_path_factory.mktemp("keyed") / "home"
    shutil.copytree(restored, home)
    with django_db_blocker.unblock(), installed(home):
        assert introduce_first_key("brightwater") is None
    return home


@pytest.fixture
def keyed_store(keyed: Path, terminal: Terminal) -> Terminal:
    """A terminal with that store."""
    shutil.copytree(keyed, terminal.home)
    return terminal


@pytest.fixture
def stands(ask: Callable[..., Said], ledger: Path) -> Callable[..., Said]:
    """The position of the electricity licence on the usual day."""
    return lambda *more: ask("position", ledger, *brightwater.AS_AT_OPTION, "--licence", "electricity", *more)


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
