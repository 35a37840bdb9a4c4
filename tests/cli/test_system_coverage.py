"""`meterward system coverage`: what is shown, written and appended, and that nothing is done by halves."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.premises import Device, Spell, day, write_both
from tests.builders.terminal import COMMAND, Said, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = ("--as-at", "2020-01-11")
HEADER = "reason,fuel,premises,devices\n"
FEED = [
    Spell("P1", "gas", day(1)),
    Spell("P2", "gas", day(1)),
    Spell("P3", "gas", day(1)),
    Spell("P1", "electricity", day(1), day(30)),
]
INVENTORY = [
    Device("P1", "D1", "gas", "live", day(1)),
    Device("P2", "D2", "gas", "live", day(1)),
    Device("P2", "D3", "gas", "suspended", day(1)),
    Device("P1", "D4", "electricity", "live", day(1)),
    Device(None, "D5", "gas", "live", day(1)),
]
UNMATCHED = f"{HEADER}no_metering_system,gas,P3,\nseveral_metering_systems,gas,P2,D2 D3\nsupplies_nobody,gas,,D5\n"


@pytest.fixture
def given(tmp_path: Path) -> tuple[str, ...]:
    """The words that name a feed and an inventory."""
    feed, inventory = write_both(tmp_path, FEED, INVENTORY)
    return ("--feed", feed, "--inventory", inventory, *DAY)


@pytest.fixture
def store(terminal: Terminal) -> Terminal:
    """A terminal with the ledger of a gas licence in its store."""
    assert terminal.initialise().exit == Exit.IN_ORDER
    return terminal


def size(store: Terminal) -> int:
    """How many entries the ledger has."""
    found: int = store.enter("ledger", "show", "--licensee", "harbour", "--format", "json").json["size"]
    return found


def test_the_table_says_what_was_counted_and_what_it_means(ask: Callable[..., Said], given: tuple[str, ...]) -> None:
    said = ask("system", "coverage", *given)
    assert said.exit == Exit.OPEN
    assert "Coverage on 11 January 2020" in said.words
    assert "Premises supplied 3 1 4" in said.words
    assert "one metering system 1 33.3 % 1 100.0 % 2 50.0 %" in said.words
    assert "supplying nobody 1 25.0 % 0 0.0 % 1 20.0 %" in said.words
    for meaning in ("None: ", "Two or more: ", "Supplying nobody: ", "count once for each"):
        assert meaning in said.words
    table = said.out.splitlines()[3:10]
    assert table[1].startswith("Premises supplied")
    assert max(map(len, table)) <= 80


def test_all_matched_is_in_order_and_one_fuel_stands_alone(ask: Callable[..., Said], given: tuple[str, ...]) -> None:
    said = ask("system", "coverage", *given, "--fuel", "electricity")
    assert said.exit == Exit.IN_ORDER
    assert "gas" not in said.words
    assert "None: " not in said.words


def test_json_says_the_same(ask: Callable[..., Said], given: tuple[str, ...]) -> None:
    said = ask("system", "coverage", *given, "--format", "json").json
    counts = {"premises": 4, "with_one": 2, "with_none": 1, "with_several": 1, "in_scope": 5, "supplying_nobody": 1}
    assert said["whole"] == {"fuel": "both", **counts}
    assert said["as_at"] == "2020-01-11"
    assert [one["premises"] for one in said["counted"]] == [3, 1]
    assert (said["entry"], said["unmatched"], said["feed"]["rows"]) == (None, None, 4)


def test_what_does_not_match_is_written(ask: Callable[..., Said], given: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    said = ask("system", "coverage", *given, "--unmatched", out, "--format", "json")
    assert out.read_text() == UNMATCHED
    assert said.json["unmatched"] == {"rows": 3, "sha256": hashlib.sha256(UNMATCHED.encode()).hexdigest()}
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_nothing_is_written_where_it_cannot_be(
    ask: Callable[..., Said], given: tuple[str, ...], tmp_path: Path
) -> None:
    before = (tmp_path / "feed.csv").read_bytes()
    for out in (tmp_path / "feed.csv", tmp_path, tmp_path / "none" / "out.csv", "/dev/full"):
        said = ask("system", "coverage", *given, "--unmatched", out)
        assert said.exit == Exit.CANNOT_WRITE, out
        assert "[file.unwritable]" in said.complaint
        assert said.out == ""
    assert (tmp_path / "feed.csv").read_bytes() == before


def test_a_bad_row_is_told_with_its_place(ask: Callable[..., Said], given: tuple[str, ...], tmp_path: Path) -> None:
    with (tmp_path / "feed.csv").open("a") as file:
        file.write("P9,gas,soon,\n")
    out = tmp_path / "out.csv"
    said = ask("system", "coverage", *given, "--unmatched", out)
    assert said.exit == Exit.DATA
    assert "line 6, feed.gained" in said.complaint
    assert "Traceback" not in said.err
    assert not out.exists()
    assert ask("system", "coverage", *given, "--format", "json").json["problems"][0]["line"] == 6


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--feed", "a.csv"),
        ("--inventory", "a.csv"),
        ("--feed", "a.csv", "--inventory", "b.csv", "--append"),
        ("--feed", "a.csv", "--inventory", "b.csv", "--licensee", "harbour"),
        ("--licensee", "harbour", "--append"),
        ("--feed", "a.csv", "--inventory", "b.csv", "--as-at", "soon"),
    ],
)
def test_misuse_is_told(ask: Callable[..., Said], words: tuple[str, ...]) -> None:
    assert ask("system", "coverage", *words).exit == Exit.USAGE


def test_the_ledger_gets_counts_and_digests_and_no_premises(
    store: Terminal, given: tuple[str, ...], tmp_path: Path
) -> None:
    none = store.enter("system", "coverage", "--licensee", "harbour")
    assert none.exit == Exit.OPEN
    assert "gas: nobody has counted it." in none.words
    out = tmp_path / "out.csv"
    words: tuple[str | Path, ...] = (*given, "--fuel", "gas", "--licensee", "harbour", "--append", "--unmatched", out)
    said = store.enter("system", "coverage", *words)
    assert said.exit == Exit.OPEN, said.err
    assert f"Appended: entry {size(store)} of the ledger of harbour." in said.words
    line = store.enter("export", "harbour").out.splitlines()[-1]
    assert '"kind": "coverage.measured"' in line
    for name in ("feed.csv", "inventory.csv", "out.csv"):
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() in line
    for premises in ("P1", "P2", "P3", "D5"):
        assert f'"{premises}"' not in line
    last = store.enter("system", "coverage", "--licensee", "harbour")
    assert "1 of 3 premises have one metering system in scope." in last.words
    assert "1 premises without a metering system." in last.words


def test_what_is_refused_leaves_neither_entry_nor_file(store: Terminal, given: tuple[str, ...], tmp_path: Path) -> None:
    before, out = size(store), tmp_path / "out.csv"
    to: tuple[str | Path, ...] = ("--licensee", "harbour", "--append", "--unmatched", out)
    for words, told in (
        ((*given[:4], "--as-at", "2199-01-01", *to), "[day.invalid]"),
        ((*given, "--fuel", "electricity", *to), "[licence.unknown]"),
        ((*given, "--licensee", "nobody", *to[2:]), "[ledger.unknown]"),
        ((*given, *to[:3], "--unmatched", tmp_path / "none" / "out.csv"), "[file.unwritable]"),
    ):
        said = store.enter("system", "coverage", *words)
        assert told in said.complaint, said
        assert said.exit not in (Exit.IN_ORDER, Exit.OPEN, Exit.INTERNAL)
    assert not out.exists()
    assert size(store) == before


def test_what_is_stopped_from_the_keyboard_leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    feed, inventory = tmp_path / "feed.csv", tmp_path / "inventory.csv"
    rows = "".join(f"P{row},gas,2020-01-01,\n" for row in range(1_000_000))
    feed.write_text(f"premises,fuel,gained,lost\n{rows}")
    rows = "".join(f"P{row},D{row},gas,live,2020-01-01,\n" for row in range(1_000_000))
    inventory.write_text(f"premises,device,fuel,state,installed,removed\n{rows}")
    (aside := tmp_path / "aside").mkdir()
    out = tmp_path / "out.csv"
    words = ("system", "coverage", "--feed", feed, "--inventory", inventory, *DAY, "--unmatched", out)
    surroundings = {**terminal.surroundings, "TMPDIR": str(aside)}
    process = subprocess.Popen([*COMMAND, *map(str, words)], env=surroundings, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(aside.glob("*/work.duckdb")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == Exit.STOPPED
    assert said.decode().strip() == "Stopped."
    assert list(aside.iterdir()) == []
    assert not out.exists()
