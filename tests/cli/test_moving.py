"""`meterward export` and `meterward restore`: a ledger out of a store and into another, with the same root."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said, Terminal

LICENSEE = "brightwater"


def root_of(terminal: Terminal, *words: str | Path) -> str:
    """The root of a ledger."""
    return str(terminal.enter("records", "check", *words, "--format", "json").json["ledger"]["root"])


def test_an_exported_ledger_has_the_same_root_and_position(
    brightwater_store: Terminal, tmp_path: Path, ledger: Path
) -> None:
    file = tmp_path / "exported.jsonl"
    said = brightwater_store.enter("export", LICENSEE, "--output", file)
    assert (said.exit, said.out) == (Exit.IN_ORDER, "")
    assert f"Written: {file}" in said.err
    roots = [root_of(brightwater_store, *one) for one in ((file,), (ledger,), ("--licensee", LICENSEE))]
    assert len(set(roots)) == 1
    receipts = [
        [one["receipt"] for one in brightwater_store.enter("position", *words, "--format", "json").json["positions"]]
        for words in ((file,), ("--licensee", LICENSEE))
    ]
    assert receipts[0] == receipts[1]


def test_an_export_can_be_piped_on(brightwater_store: Terminal) -> None:
    said = brightwater_store.enter("export", LICENSEE)
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert lines[0]["statement"]["kind"] == "ledger.opened"
    assert brightwater_store.enter("records", "check", "-", piped=said.out).exit == Exit.IN_ORDER


def test_what_cannot_be_exported_is_said(brightwater_store: Terminal, tmp_path: Path) -> None:
    unknown = brightwater_store.enter("export", "harbour", "--output", tmp_path / "file")
    assert (unknown.exit, (tmp_path / "file").exists()) == (Exit.NO_FILE, False)
    nowhere = brightwater_store.enter("export", LICENSEE, "--output", tmp_path / "none" / "file")
    assert (nowhere.exit, nowhere.out) == (Exit.CANNOT_WRITE, "")
    assert "cannot be written: there is no folder" in nowhere.complaint
    full = brightwater_store.enter("export", LICENSEE, "--output", "/dev/full")
    assert full.exit == Exit.CANNOT_WRITE
    assert "No space left on device" in full.complaint


def test_a_restored_ledger_keeps_when_it_was_recorded(terminal: Terminal, ledger: Path) -> None:
    said = terminal.enter("restore", LICENSEE, ledger, "--root", root_of(terminal, ledger)[:16])
    assert said.exit == Exit.IN_ORDER, said.err
    filed = [json.loads(line) for line in ledger.read_text().splitlines()]
    stored = [json.loads(line) for line in terminal.enter("export", LICENSEE).out.splitlines()]
    for part in ("id", "recorded", "statement", "facts"):
        assert [line[part] for line in stored] == [line[part] for line in filed]
    assert [line.get("text", {}) for line in stored] == [line.get("text", {}) for line in filed]


def test_it_goes_on_from_where_it_stood(terminal: Terminal, ledger: Path) -> None:
    terminal.enter("restore", LICENSEE, ledger)
    words = ("--pseudonym", "p-01", "--organisation", LICENSEE, "--password-stdin")
    added = terminal.enter("person", "add", "security", *words, piped="correct horse battery staple")
    assert added.exit == Exit.IN_ORDER, added.err


def test_a_restored_ledger_needs_an_empty_place(brightwater_store: Terminal, ledger: Path) -> None:
    before = root_of(brightwater_store, "--licensee", LICENSEE)
    said = brightwater_store.enter("restore", LICENSEE, ledger)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "brightwater has a ledger here already" in said.complaint
    assert root_of(brightwater_store, "--licensee", LICENSEE) == before


@pytest.mark.parametrize(
    ("licensee", "words", "exit_code", "says"),
    [
        ("harbour", [], Exit.USAGE, "The file has the ledger of brightwater, not of harbour."),
        (LICENSEE, ["--root", "0123456789abcdef"], Exit.DATA, "not the one that was given"),
        (LICENSEE, ["--root", "01234"], Exit.USAGE, "is no root"),
    ],
)
def test_the_wrong_ledger_is_not_restored(
    licensee: str, words: list[str], exit_code: int, says: str, terminal: Terminal, ledger: Path
) -> None:
    said = terminal.enter("restore", licensee, ledger, *words)
    assert (said.exit, said.out) == (exit_code, "")
    assert says in said.complaint
    assert not terminal.home.exists()


def test_a_file_with_problems_is_not_restored(terminal: Terminal, ledger: Path) -> None:
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join([*lines[:20], "{\n", *lines[20:], lines[20]]))
    said = terminal.enter("restore", LICENSEE, ledger)
    assert (said.exit, said.out) == (Exit.DATA, "")
    assert "line 21" in said.complaint
    assert "record.duplicate" in said.complaint
    assert not terminal.home.exists()


def test_what_cannot_be_read_is_not_restored(ask: Callable[..., Said], tmp_path: Path) -> None:
    assert ask("restore", LICENSEE, tmp_path / "none").exit == Exit.NO_FILE
    piped = ask("restore", LICENSEE, "-", piped=b"{}")
    assert piped.exit == Exit.USAGE
    assert "read twice" in piped.complaint
