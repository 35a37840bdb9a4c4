"""Commands in the ledger of somebody who is no licensee: no duty stands there, and each says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.terminal import PASSWORD, Terminal
from tests.cli.test_deliver import order_of_today

if TYPE_CHECKING:
    from pathlib import Path

ASKED = (
    ("position",),
    ("explain", "Z.9"),
    ("deadlines",),
    ("risk", "list"),
    ("risk", "export", "out"),
    ("system", "coverage"),
    ("system", "export", "out"),
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The Authority's installation: its own ledger, and that of one licensee."""
    here = Terminal(tmp_path_factory.mktemp("authority"))
    here.initialise("harbour")
    here.enter("init", "authority", "--officer", "officer", "--password-stdin", piped=PASSWORD)
    return here


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_what_only_a_licensee_has_is_not_asked_of_a_regulator(words: tuple[str, ...], authority: Terminal) -> None:
    said = authority.enter(*words, "--licensee", "authority")
    assert (said.exit, said.out) in ((Exit.USAGE, ""), (Exit.DATA, ""))
    assert "“authority” keeps the ledger of the Authority" in said.complaint
    assert "Name a licensee's ledger" in said.complaint


def test_a_file_of_its_ledger_is_refused_as_well(authority: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "authority.jsonl"
    assert authority.enter("export", "authority", "--output", file).exit == Exit.IN_ORDER
    assert "ledger.not-licensee" in authority.enter("position", file).complaint
    assert authority.enter("records", "check", file).exit == Exit.IN_ORDER


def test_a_ledger_that_is_about_no_licence_yet_says_what_to_append(authority: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "new.jsonl"
    authority.enter("export", "authority", "--output", file)
    first = json.loads(file.read_text().splitlines()[0])
    first["facts"].pop("keeper")
    opened = {name: part for name, part in first.items() if name not in ("id", "signatures")}
    file.write_text(json.dumps(opened) + "\n")
    said = authority.enter("position", file)
    assert said.exit == Exit.USAGE
    assert "No record of authority is about a licence yet. Append “licence.held”" in said.complaint


def test_what_is_appended_there_says_where_else_it_goes_and_nothing_of_a_position(authority: Terminal) -> None:
    listed, directed = order_of_today().splitlines()
    own = authority.enter("append", "authority", "-", piped=f"{listed}\n")
    assert own.exit == Exit.IN_ORDER, own.complaint
    assert "position" not in own.words
    assert "Also entered" not in own.words
    here = authority.enter("append", "authority", "-", piped=f"{directed}\n")
    assert "Also entered in the ledger of harbour." in here.words
    assert "position" not in here.words
    away = directed.replace("harbour", "brightwater").replace("direction/authority-1", "direction/authority-2")
    known = listed.replace("harbour", "brightwater")
    authority.enter("append", "authority", "-", piped=f"{known}\n")
    said = authority.enter("append", "authority", "-", piped=f"{away}\n")
    assert said.exit == Exit.IN_ORDER, said.complaint
    assert "Not delivered from here: the ledger of brightwater is elsewhere." in said.words
    assert "meterward deliver out" in said.words
