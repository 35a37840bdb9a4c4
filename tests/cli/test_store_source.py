"""Every command of the spine asks a ledger in the store as it asks a file, and gets the same answer."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said, Terminal

STORED = ("--licensee", "brightwater")
SPINE = (
    ("position", *AS_AT_OPTION),
    ("position", *AS_AT_OPTION, "--known-at", "2013-06-01", "--licence", "gas"),
    ("explain", "Z.14", *AS_AT_OPTION),
    ("deadlines", *AS_AT_OPTION),
    ("records", "check"),
)


@pytest.mark.parametrize("words", SPINE, ids=" ".join)
def test_the_answer_is_that_of_the_file(
    words: tuple[str, ...], brightwater_store: Terminal, ledger: Path, ask: Callable[..., Said]
) -> None:
    stored = brightwater_store.enter(*words, *STORED, "--format", "json")
    filed = ask(*words, ledger, "--format", "json")
    assert (stored.exit, stored.json) == (filed.exit, filed.json)


def test_a_record_is_shown_as_in_the_file(brightwater_store: Terminal, ledger: Path, ask: Callable[..., Said]) -> None:
    identity = json.loads(ledger.read_text().splitlines()[9])["id"][:16]
    stored = brightwater_store.enter("records", "show", identity, *STORED, "--format", "json").json
    filed = ask("records", "show", identity, ledger, "--format", "json").json
    assert stored["line"].pop("signatures"), "what was brought back unsigned is signed here"
    assert (stored.pop("signed"), filed.pop("signed")) == ("by no key that counts there", "not at all")
    assert stored["line"].keys() <= filed["line"].keys()
    assert {**filed, "line": {}} == {**stored, "line": {}}
    assert {name: part for name, part in filed["line"].items() if part} == stored["line"]


def test_what_recomputes_it_is_named(brightwater_store: Terminal) -> None:
    from_environment = brightwater_store.enter("position", *STORED, *AS_AT_OPTION).out
    assert "meterward position --licensee brightwater --licence gas --as-at 2014-11-20" in from_environment
    assert "meterward explain CLAUSE --licensee brightwater" in from_environment
    named = brightwater_store.enter("position", *STORED, *AS_AT_OPTION, "--home", brightwater_store.home).out
    assert f"meterward position --licensee brightwater --home {brightwater_store.home} --licence" in named


@pytest.mark.parametrize("words", [("position",), ("explain", "Z.14"), ("deadlines",), ("records", "check")])
def test_a_file_and_a_licensee_are_misuse(words: tuple[str, ...], ledger: Path, ask: Callable[..., Said]) -> None:
    both = ask(*words, ledger, *STORED)
    assert (both.exit, both.out) == (Exit.USAGE, "")
    assert "name two ledgers" in both.complaint
    neither = ask(*words)
    assert neither.exit == Exit.USAGE
    assert "Name the ledger: a FILE, or --licensee L" in neither.complaint


def test_a_home_without_a_licensee_is_misuse(ledger: Path, tmp_path: Path, ask: Callable[..., Said]) -> None:
    said = ask("position", ledger, "--home", tmp_path)
    assert said.exit == Exit.USAGE
    assert "name the licensee" in said.complaint


def test_an_unknown_licensee_is_not_found(brightwater_store: Terminal) -> None:
    said = brightwater_store.enter("position", "--licensee", "brightwatre")
    assert (said.exit, said.out) == (Exit.NO_FILE, "")
    assert "There is no ledger “brightwatre” here. Did you mean brightwater?" in said.complaint


def test_looking_for_a_store_makes_none(terminal: Terminal) -> None:
    said = terminal.enter("position", *STORED, "--format", "json")
    assert said.exit == Exit.NO_FILE
    assert said.json["problems"][0]["code"] == "store.missing"
    assert not terminal.home.exists()


@pytest.mark.parametrize("known_at", ["2001-01-01", "0", "100000"])
def test_what_was_never_known_is_said(known_at: str, brightwater_store: Terminal) -> None:
    said = brightwater_store.enter("position", *STORED, "--known-at", known_at)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "day.invalid" in said.complaint


def change(home: Path, *statements: str) -> None:
    """Change a store from outside, as nobody should."""
    with sqlite3.connect(home / "meterward.sqlite3") as database:
        for statement in statements:
            database.execute(statement)


def test_a_check_finds_what_was_changed_from_outside(brightwater_store: Terminal) -> None:
    body = "UPDATE storage_body SET facts = replace(facts, 'gas', 'electricity') WHERE facts LIKE '%\"gas\"%'"
    change(brightwater_store.home, "DROP TRIGGER body_fixed", body)
    said = brightwater_store.enter("records", "check", *STORED)
    assert said.exit == Exit.DATA
    assert "commitment.mismatch" in said.words
    doctor = brightwater_store.enter("doctor", *STORED)
    assert doctor.exit == Exit.OPEN
    assert "1 thing to mend" in doctor.words


def test_a_check_finds_a_root_that_was_changed(brightwater_store: Terminal) -> None:
    change(brightwater_store.home, "DROP TRIGGER entry_fixed", "UPDATE storage_entry SET root = hex(zeroblob(32))")
    said = brightwater_store.enter("records", "check", *STORED)
    assert said.exit == Exit.DATA
    assert "the store says 0000000000000000…" in said.words


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'storage')",
            "of an earlier version",
        ),
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('storage', '9999_later', '2026-01-01')",
            "by a later version",
        ),
    ],
)
def test_a_store_of_another_version_is_left_alone(statement: str, says: str, brightwater_store: Terminal) -> None:
    change(brightwater_store.home, statement)
    said = brightwater_store.enter("position", *STORED)
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert says in said.complaint


def test_what_is_no_database_is_said(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "meterward.sqlite3").write_text("This is a letter, and no database.\n" * 100)
    said = terminal.enter("position", *STORED)
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert "file is not a database" in said.complaint


@pytest.mark.parametrize("database", ["mysql://somewhere/meterward", "postgres://nobody@127.0.0.1:1/meterward"])
def test_a_database_that_cannot_be_had_is_said(database: str, terminal: Terminal) -> None:
    terminal.settings["METERWARD_DATABASE"] = database
    said = terminal.enter("position", *STORED)
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert "The store cannot be used" in said.complaint


def test_doctor_says_what_store_there_is(brightwater_store: Terminal) -> None:
    said = brightwater_store.enter("doctor", *STORED)
    assert said.exit == Exit.IN_ORDER
    assert "meterward.sqlite3: brightwater (" in said.words
    assert f"SQLite {sqlite3.sqlite_version}, journal persist" in said.words or "journal wal" in said.words
    assert "GiB free" in said.words
    assert "The ledger of brightwater: " in said.words


def test_doctor_does_not_mind_that_there_is_no_store(terminal: Terminal) -> None:
    said = terminal.enter("doctor")
    assert said.exit == Exit.IN_ORDER
    assert f"none in {terminal.home}; “meterward init” makes one" in said.words
    assert not terminal.home.exists()


def modules_of(words: list[Any], home: Path) -> set[str]:
    """Every module that a command loads."""
    code = (
        f"import sys; from meterward.cli.main import run; run({[str(word) for word in words]!r}); print(*sys.modules)"
    )
    surroundings = {**os.environ, "METERWARD_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=surroundings)
    return set(done.stdout.splitlines()[-1].split())


def test_a_file_is_read_without_loading_a_database(ledger: Path, tmp_path: Path) -> None:
    for words in (["position", ledger], ["records", "check", ledger], ["explain", "Z.14", ledger], ["init", "--help"]):
        loaded = modules_of(words, tmp_path)
        assert "rich" in loaded or "--help" in words
        assert not {"django", "granian", "meterward.wiring.store", "sqlite3"} & loaded
