"""`meterward deliver` at two terminals: what is refused says why, and what is taken in is taken in once."""

from __future__ import annotations

import json
from shutil import copytree
from typing import TYPE_CHECKING

from meterward.cli.exits import Exit
from meterward.wiring import today
from tests.builders.terminal import PASSWORD, Terminal

if TYPE_CHECKING:
    from pathlib import Path


def test_an_order_of_the_authority_is_delivered_once_and_never_when_it_was_changed(tmp_path: Path) -> None:
    here, there = Terminal(tmp_path / "here"), Terminal(tmp_path / "there")
    there.initialise("harbour")
    here.enter("init", "authority", "--officer", "officer", "--password-stdin", piped=PASSWORD)
    order, policy = tmp_path / "order.tar", tmp_path / "authority.policy"
    nothing = here.enter("deliver", "out", order, "--ledger", "authority", "--to", "harbour")
    assert nothing.exit != Exit.IN_ORDER
    assert "Nothing in the ledger of authority is addressed to harbour." in nothing.complaint
    for one in order_of_today().splitlines():
        said = here.enter("append", "authority", "-", piped=f"{one}\n")
        assert said.exit == Exit.IN_ORDER, said.complaint
    made = here.enter("deliver", "out", order, "--ledger", "authority", "--to", "harbour")
    assert made.exit == Exit.IN_ORDER, made.complaint
    assert "for harbour" in made.words
    policy.write_text(here.enter("ledger", "policy", "--licensee", "authority").out)
    taking = ("deliver", "in", order, "--ledger", "harbour", "--policy", policy)
    whole = order.read_bytes()
    order.write_bytes(whole.replace(b'"addressees"', b'"addresseeX"', 1))
    bad = there.enter(*taking)
    assert bad.exit == Exit.DATA
    assert "Nothing was taken in" in bad.words
    order.write_bytes(whole)
    assert "1 record of authority entered in the ledger of harbour" in there.enter(*taking).words
    assert (
        "Nothing new. 1 record was there already." in there.enter("deliver", "in", order, "--ledger", "harbour").words
    )
    back, harbour = tmp_path / "back.json", tmp_path / "harbour.policy"
    harbour.write_text(there.enter("ledger", "policy", "--licensee", "harbour").out)
    there.enter("deliver", "receipt", back, "--ledger", "harbour", "--to", "authority")
    proving = ("deliver", "receipts", back, "--ledger", "authority", "--policy", harbour, "--by")
    assert "Nobody of authority signs in here as “officr”." in here.enter(*proving, "officr").complaint
    assert "1 record proved to be in the ledger of harbour." in here.enter(*proving, "officer").words
    assert "Nothing new. 1 record was proved already." in here.enter(*proving, "officer").words


def test_that_there_is_no_such_ledger_is_said_before_anything_is_asked_for(tmp_path: Path) -> None:
    here, there = Terminal(tmp_path / "here"), Terminal(tmp_path / "there")
    here.enter("init", "authority", "--officer", "officer", "--password-stdin", piped=PASSWORD)
    for one in order_of_today().splitlines():
        here.enter("append", "authority", "-", piped=f"{one}\n")
    order = tmp_path / "order.tar"
    here.enter("deliver", "out", order, "--ledger", "authority", "--to", "harbour")
    for way in ("in", "receipts"):
        assert "There is no store" in there.enter("deliver", way, order, "--ledger", "harbour").complaint
    there.initialise("harbour")
    for way in ("in", "receipts"):
        said = there.enter("deliver", way, order, "--ledger", "harbor")
        assert said.exit == Exit.NO_FILE
        assert "There is no ledger “harbor” here." in said.complaint
        assert "policy" not in said.complaint
    assert "--policy" in there.enter("deliver", "in", order, "--ledger", "harbour").complaint


def test_a_receipt_of_more_than_the_ledger_has_lists_what_is_not_confirmed(tmp_path: Path) -> None:
    here, there = Terminal(tmp_path / "here"), Terminal(tmp_path / "there")
    there.initialise("harbour")
    here.enter("init", "authority", "--officer", "officer", "--password-stdin", piped=PASSWORD)
    listed, first = order_of_today().splitlines()
    for one in (listed, first):
        here.enter("append", "authority", "-", piped=f"{one}\n")
    older = Terminal(copytree(here.home, tmp_path / "older"))
    second = first.replace("direction/authority-1", "direction/authority-2")
    assert here.enter("append", "authority", "-", piped=f"{second}\n").exit == Exit.IN_ORDER
    order, back, policy = tmp_path / "order.tar", tmp_path / "back.json", tmp_path / "a.policy"
    here.enter("deliver", "out", order, "--ledger", "authority", "--to", "harbour")
    policy.write_text(here.enter("ledger", "policy", "--licensee", "authority").out)
    there.enter("deliver", "in", order, "--ledger", "harbour", "--policy", policy)
    policy.write_text(there.enter("ledger", "policy", "--licensee", "harbour").out)
    assert there.enter("deliver", "receipt", back, "--ledger", "harbour", "--to", "authority").exit == Exit.IN_ORDER
    taking = ("deliver", "receipts", back, "--ledger", "authority", "--policy", policy, "--by", "officer")
    said = older.enter(*taking)
    assert said.exit == Exit.OPEN, said.complaint
    assert said.words.startswith("1 record proved to be in the ledger of harbour. Not proved: 1 record")
    (entry,) = (one for one in there.enter("export", "harbour").out.splitlines() if "direction/authority-2" in one)
    assert json.loads(entry)["id"] in said.words
    assert "If an older copy of your ledger was put back here" in said.words
    assert "Nothing new. 1 record was proved already. Not proved: 1 record" in older.enter(*taking).words
    whole = here.enter(*taking)
    assert (whole.exit, whole.words) == (Exit.IN_ORDER, "2 records proved to be in the ledger of harbour.")


def order_of_today() -> str:
    """A direction to one licensee, which is listed before, as lines."""
    requirement = {"name": "step-1", "act": "do", "due": "2099-12-31"}
    statement = {
        "kind": "direction.issued",
        "version": 1,
        "licensee": "authority",
        "licences": ["any"],
        "occurred": today().isoformat(),
        "subject": "direction/authority-1",
        "actor": {"person": "p-01", "role": "authority_officer", "organisation": "authority"},
    }
    facts = {"issuers": ["authority"], "addressees": ["harbour"], "purposes": ["mitigate"]}
    line = {"statement": statement, "facts": {**facts, "requirements": [requirement]}, "salts": {"facts": "ab" * 16}}
    named = {"kind": "licensee.listed", "licensee": "harbour", "subject": "listing/harbour"}
    listed = {"statement": {**statement, **named}, "facts": {"fuels": "gas"}, "salts": {"facts": "cd" * 16}}
    return f"{json.dumps(listed)}\n{json.dumps(line)}\n"
