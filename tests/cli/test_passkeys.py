"""At a terminal: what somebody signed with a passkey is appended, shown and verified as that; passkeys are revoked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meterward.cli.exits import Exit
from tests.builders.harbour import BECAUSE, LICENSEE, OF, incident, shown
from tests.builders.passkeys import Passkey
from tests.builders.signing import signed
from tests.builders.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.terminal import Said

MINE = Passkey("mine")
PERSON = "p-01"


def passkey_told() -> dict[str, Any]:
    """The line by which somebody introduces a passkey."""
    line = incident(900)
    header = {"kind": "key.introduced", "version": 2, "subject": "key/of-p-01"}
    return {**line, "statement": {**line["statement"], **header}, "facts": MINE.facts(PERSON, LICENSEE)}


def entered(store: Terminal, line: dict[str, Any]) -> Said:
    """What comes of appending a line."""
    return store.enter("append", LICENSEE, "-", piped=json.dumps(line) + "\n")


def test_what_was_signed_with_a_passkey_is_told_as_that(store: Terminal, tmp_path: Path) -> None:
    assert entered(store, passkey_told()).exit == Exit.IN_ORDER
    done = entered(store, signed(incident(901), MINE))
    assert done.exit == Exit.IN_ORDER, done.err
    last = json.loads(store.enter("export", LICENSEE).out.splitlines()[-1])
    said = store.enter("records", "show", last["id"][:16], *OF)
    assert f"Signed By {PERSON}, its author, with a passkey of their own; and by {LICENSEE}" in said.words
    told = store.enter("records", "show", last["id"][:16], *OF, "--format", "json").json
    assert told["signed"] == "by its author with a passkey, and by the author's organisation"
    passkey = shown(store)["keys"][1]
    assert (passkey["id"], passkey["holder"], passkey["origin"]) == (MINE.public.id, PERSON, MINE.origin)
    assert f"passkey of {PERSON}, {LICENSEE}" in store.enter("ledger", "show", *OF).words
    policy, bundle = tmp_path / "policy", tmp_path / "bundle"
    policy.write_text(store.enter("ledger", "policy", *OF).out)
    assert store.enter("bundle", "build", bundle, *OF).exit == Exit.IN_ORDER
    verified = store.enter("bundle", "verify", bundle, "--policy", policy)
    assert verified.exit == Exit.IN_ORDER
    assert "1 by its author with a passkey, and by the author's organisation" in verified.words
    assert store.enter("records", "check", *OF).exit == Exit.IN_ORDER


def test_what_was_signed_with_a_passkey_is_that_where_it_is_brought_back(store: Terminal, tmp_path: Path) -> None:
    entered(store, passkey_told())
    entered(store, signed(incident(901), MINE))
    file = tmp_path / "ledger.jsonl"
    file.write_text(store.enter("export", LICENSEE).out)
    other = Terminal(tmp_path / "other")
    assert other.enter("restore", LICENSEE, file).exit == Exit.IN_ORDER
    last = json.loads(file.read_text().splitlines()[-1])
    assert "with a passkey of their own" in other.enter("records", "show", last["id"][:16], *OF).words
    swapped = file.read_text().replace(last["signatures"][MINE.public.id], "AAAA")
    file.write_text(swapped)
    again = Terminal(tmp_path / "again").enter("restore", LICENSEE, file)
    assert (again.exit, "signed falsely" in again.complaint) == (Exit.DATA, True)


def test_what_a_passkey_did_not_sign_is_refused(store: Terminal) -> None:
    entered(store, passkey_told())
    false = {**incident(902), "signatures": signed(incident(901), MINE)["signatures"]}
    said = entered(store, false)
    assert (said.exit, "signature.invalid" in said.complaint) == (Exit.DATA, True)
    assert shown(store)["size"] == shown(store)["keys"][1]["first_entry"] - 1


def test_an_operator_revokes_the_passkey_of_somebody_who_lost_it(store: Terminal) -> None:
    entered(store, passkey_told())
    said = store.enter("ledger", "key", "revoke", MINE.public.id[:12], *OF, *BECAUSE)
    assert said.exit == Exit.IN_ORDER, said.err
    assert not shown(store)["keys"][1]["counts"]
    assert entered(store, signed(incident(903), MINE)).exit == Exit.DATA
    own = shown(store)["keys"][0]["id"]
    assert "key.only" in store.enter("ledger", "key", "revoke", own[:12], *OF, *BECAUSE).complaint


def test_a_passkey_is_not_what_an_organisation_rotates(store: Terminal) -> None:
    entered(store, passkey_told())
    before = shown(store)["keys"]
    assert store.enter("ledger", "key", "rotate", *OF).exit == Exit.IN_ORDER
    now = {one["id"]: one["counts"] for one in shown(store)["keys"]}
    assert (now[before[0]["id"]], now[MINE.public.id]) == (False, True)
