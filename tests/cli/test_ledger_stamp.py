"""`meterward ledger stamp` and `bundle verify --time-authority`, with an authority on this machine."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.local_authority import ROOT, LocalAuthority, make_authority, serve
from meterward.cli.exits import Exit
from tests.builders.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OF = ("--licensee", "harbour")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An authority that answers: its address, and its root certificate."""
    made = make_authority(tmp_path_factory.mktemp("asked") / "authority", "Trial time")
    assert isinstance(made, LocalAuthority)
    with serve(made, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", made.folder / ROOT
        server.shutdown()


@pytest.fixture
def store(terminal: Terminal) -> Terminal:
    """A terminal with a ledger in its store."""
    assert terminal.initialise().exit == Exit.IN_ORDER
    return terminal


def test_a_ledger_is_stamped_and_a_bundle_of_it_tells_by_when_it_was(
    store: Terminal, asked: tuple[str, Path], tmp_path: Path
) -> None:
    url, root = asked
    done = store.enter("ledger", "stamp", *OF, "--authority", url, "--certs", root)
    assert done.exit == Exit.IN_ORDER, done.err
    assert done.words.startswith("Stamped: 4 entries by ")
    assert "Trial-time says so; entry 5 holds its token." in done.words
    policy, out = tmp_path / "policy", tmp_path / "evidence"
    policy.write_text(store.enter("ledger", "policy", *OF).out)
    assert store.enter("bundle", "build", out, *OF).exit == Exit.IN_ORDER
    verify = ("bundle", "verify", out, "--policy", policy)
    found = store.enter(*verify, "--time-authority", root, "--require-time")
    assert "The first 4 entries existed by " in found.words
    assert "and entry 5 did not yet: Trial-time says so." in found.words
    assert found.exit == Exit.IN_ORDER
    assert "nobody checked" in store.enter(*verify).words
    unchecked = store.enter(*verify, "--require-time")
    assert "Not verified: step 4 could not be checked." in unchecked.words
    assert unchecked.exit == Exit.OPEN
    steps = store.enter(*verify, "--time-authority", root, "--format", "json").json["steps"]
    assert [step["number"] for step in steps] == [*range(1, 11)]
    missing = store.enter(*verify, "--time-authority", tmp_path / "none.pem")
    assert "[file.missing]" in missing.complaint


def test_the_environment_names_the_usual_authority(store: Terminal, asked: tuple[str, Path]) -> None:
    url, root = asked
    settings = {"METERWARD_TSA": url, "METERWARD_TSA_CERTS": str(root)}
    assert Terminal(store.home, settings).enter("ledger", "stamp", *OF).exit == Exit.IN_ORDER


def test_nothing_is_recorded_unless_the_token_holds(store: Terminal, asked: tuple[str, Path], tmp_path: Path) -> None:
    url, root = asked
    other = make_authority(tmp_path / "other", "Other")
    assert isinstance(other, LocalAuthority)
    for words, told, code in (
        ((), "[stamp.unavailable]", Exit.UNAVAILABLE),
        (("--authority", url), "[stamp.unavailable]", Exit.UNAVAILABLE),
        (("--authority", "http://127.0.0.1:1", "--certs", root), "[stamp.unavailable]", Exit.UNAVAILABLE),
        (("--authority", url, "--certs", other.folder / ROOT), "Nobody who is trusted signed it", Exit.DATA),
        (("--authority", url, "--certs", tmp_path / "none"), "[file.missing]", Exit.NO_FILE),
    ):
        said = store.enter("ledger", "stamp", *OF, *words)
        assert told in said.complaint
        assert said.exit == code
    shown = store.enter("ledger", "show", *OF, "--format", "json").json
    assert shown["size"] <= 4
    assert (
        store.enter("ledger", "stamp", "--licensee", "nobody", "--authority", url, "--certs", root).exit == Exit.NO_FILE
    )
