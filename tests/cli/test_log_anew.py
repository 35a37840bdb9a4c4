"""A ledger that goes on under other keys of its log: what decision 0023 says a licensee and a reader do."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from meterward.cli.exits import Exit
from tests.builders.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

L = ("--licensee", "brightwater")


def test_a_bundle_of_the_log_with_other_keys_is_shown_to_go_on_from_the_one_before(
    keyed_store: Terminal, tmp_path: Path
) -> None:
    before, after, exported = tmp_path / "before", tmp_path / "after", tmp_path / "ledger.jsonl"
    assert keyed_store.enter("bundle", "build", before, *L).exit == Exit.IN_ORDER
    old = keyed_store.enter("ledger", "policy", *L).out
    assert keyed_store.enter("export", "brightwater", "--output", exported).exit == Exit.IN_ORDER
    anew = Terminal(tmp_path / "anew")
    keys = anew.home / "keys"
    keys.mkdir(parents=True, mode=0o700)
    for path in (keyed_store.home / "keys").iterdir():
        if not path.name.startswith("log-"):
            shutil.copy2(path, keys)
    assert anew.enter("restore", "brightwater", exported).exit == Exit.IN_ORDER
    assert anew.enter("bundle", "build", after, *L).exit == Exit.IN_ORDER
    new = anew.enter("ledger", "policy", *L).out
    assert set(new.splitlines()) & set(old.splitlines()) <= {one for one in new.splitlines() if "log " not in one[:4]}
    (tmp_path / "new").write_text(new)
    (tmp_path / "both").write_text("".join(f"{one}\n" for one in old.splitlines() if one.startswith("log ")) + new)
    said = anew.enter("bundle", "verify", after, "--policy", tmp_path / "both", "--since", before)
    assert said.exit == Exit.IN_ORDER
    assert "They were signed as “meterward/brightwater/" in said.words
    alone = anew.enter("bundle", "verify", after, "--policy", tmp_path / "new", "--since", before)
    assert alone.exit == Exit.OPEN
    assert "step 11 could not be checked" in alone.words
