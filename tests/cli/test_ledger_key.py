"""`meterward ledger key`: keys are rotated and revoked, each counts where it should, and none without its secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.harbour import BECAUSE, LICENSEE, OF, append, shown

if TYPE_CHECKING:
    from tests.builders.terminal import Terminal


def test_a_key_is_rotated_and_both_count_where_they_should(store: Terminal) -> None:
    before = shown(store)
    said = store.enter("ledger", "key", "rotate", *OF)
    assert said.exit == Exit.IN_ORDER, said.err
    assert append(store, 2).exit == Exit.IN_ORDER
    now, place = shown(store), before["size"] + 1
    old, new = now["keys"]
    assert f"from entry {place + 1} on" in said.words
    assert (old["last_entry"], old["counts"]) == (place, False)
    assert (new["first_entry"], new["counts"], new["here"]) == (place + 1, True, True)
    lines = [json.loads(line) for line in store.enter("export", LICENSEE).out.splitlines()]
    assert [list(line["signatures"]) for line in lines[-2:]] == [[old["id"]], [new["id"]]]
    assert store.enter("records", "check", *OF).exit == Exit.IN_ORDER


def test_the_only_key_is_not_revoked(store: Terminal) -> None:
    only = shown(store)["keys"][0]["id"]
    said = store.enter("ledger", "key", "revoke", only[:8], *OF, *BECAUSE)
    assert (said.exit, "key.only" in said.complaint) == (Exit.USAGE, True)
    assert "ledger key rotate" in said.complaint
    assert shown(store)["keys"][0]["counts"]


@pytest.mark.parametrize("named", ["zz", "", "0123456789"])
def test_a_key_that_is_not_there_is_not_revoked(named: str, store: Terminal) -> None:
    said = store.enter("ledger", "key", "revoke", named, *OF, *BECAUSE)
    assert (said.exit, "No key begins with" in said.complaint) == (Exit.USAGE, True)


def test_a_key_beside_another_is_revoked_and_counts_no_longer(store: Terminal) -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    statement = {
        "kind": "key.introduced",
        "version": 1,
        "licensee": LICENSEE,
        "licences": ["gas"],
        "occurred": "2014-11-18",
        "subject": "key/of-a-machine",
        "actor": {"person": "operator", "role": "operator", "organisation": LICENSEE},
    }
    facts = {"organisation": "auditor-a", "algorithm": "ed25519", "public": public}
    line = json.dumps({"statement": statement, "facts": facts, "salts": {"facts": "0" * 32}})
    assert store.enter("append", LICENSEE, "-", piped=line + "\n").exit == Exit.IN_ORDER
    other = shown(store)["keys"][1]
    assert (other["organisation"], other["counts"], other["here"]) == ("auditor-a", True, False)
    said = store.enter("ledger", "key", "revoke", other["id"][:6], *OF, *BECAUSE)
    assert said.exit == Exit.IN_ORDER, said.err
    after = shown(store)["keys"][1]
    assert (after["counts"], after["last_entry"]) == (False, shown(store)["size"])
    again = store.enter("ledger", "key", "revoke", other["id"][:6], *OF, *BECAUSE)
    assert (again.exit, "counts no longer" in again.complaint) == (Exit.USAGE, True)


def test_a_secret_that_is_gone_is_said_and_shows_nothing(store: Terminal) -> None:
    secret = (store.home / "keys" / "secret").read_text().strip()
    (store.home / "keys" / "secret").unlink()
    for said in (append(store, 2), store.enter("ledger", "show", *OF), store.enter("serve", "--port", "9398")):
        assert said.exit == Exit.UNAVAILABLE
        assert "[key.unusable]" in said.complaint
        assert secret not in said.err
    assert not (store.home / "keys" / "secret").exists()
    read = store.enter("export", LICENSEE)
    assert (read.exit, "[key.unusable]" in read.complaint) == (Exit.IN_ORDER, True)
