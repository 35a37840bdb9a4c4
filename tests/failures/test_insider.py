"""Somebody with the database and every key writes the ledger anew: what others were given before shows it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.failures.kills import checked, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.failures.forking import Nursery
    from tests.failures.kills import Campaign

OF = ("--licensee", "harbour", "--as-at", "2015-01-01")


@pytest.fixture
def home(campaign: Campaign, forks: Nursery, tmp_path: Path) -> Path:
    """A home with a ledger of a few incidents."""
    place = tmp_path / "home"
    shutil.copytree(campaign.begun(), place)
    forks.fork("appending", place, first=1, count=4, wait=False).wait()
    return place


def verified(forks: Nursery, home: Path, bundle: Path, *more: object) -> tuple[int, str]:
    """What verifying a bundle comes to."""
    policy = home.parent / "policy"
    if not policy.exists():
        policy.write_text(run(forks, home, "ledger", "policy", "--licensee", "harbour")["raw"])
    found = run(forks, home, "bundle", "verify", bundle, "--policy", policy, *more)
    return found["exit"], found["said"]


@pytest.mark.parametrize("how", ["edits", "deletes", "cuts off", "backdates", "reorders"])
def test_what_was_written_anew_is_shown_by_an_earlier_bundle(how: str, home: Path, forks: Nursery) -> None:
    old, new = home.parent / "old", home.parent / "new"
    assert run(forks, home, "bundle", "build", old, *OF)["exit"] == 0
    loss = forks.fork("tampering", home, how=how).result()["loss"]
    assert "ledger.lost" in loss, "the checkpoint that is kept outside shows it, unless that is written anew as well"
    checked(forks, home)
    assert run(forks, home, "bundle", "build", new, *OF)["exit"] == 0
    assert verified(forks, home, new)[0] == 0
    code, said = verified(forks, home, new, "--since", old)
    assert code == 1
    assert "11 ✗ It continues what you had before" in said
    assert "Not verified: step 11 failed." in said
    assert verified(forks, home, new, "--since", old / "checkpoint")[0] == 1
    assert verified(forks, home, old, "--since", old)[0] == 0


def test_what_goes_on_is_shown_to_go_on(home: Path, forks: Nursery) -> None:
    old, new = home.parent / "old.tar", home.parent / "new.tar"
    assert run(forks, home, "bundle", "build", old, *OF)["exit"] == 0
    checked(forks, home, more=9)
    assert run(forks, home, "bundle", "build", new, *OF)["exit"] == 0
    code, said = verified(forks, home, new, "--since", old)
    assert (code, "each as it was, and has 9 now" in said) == (0, True), said
    nothing = home.parent / "nothing"
    assert verified(forks, home, new, "--since", nothing)[0] == 66


def test_a_backup_that_was_put_back_and_accepted_is_no_longer_what_others_saw(home: Path, forks: Nursery) -> None:
    """The older bundle still verifies: what it shows was so. The newer one does not go on from it."""
    copy = home.parent / "copy"
    shutil.copy(home / "meterward.sqlite3", copy)
    checked(forks, home, more=9)
    old, new = home.parent / "old", home.parent / "new"
    assert run(forks, home, "bundle", "build", old, *OF)["exit"] == 0
    (home / "meterward.sqlite3-journal").unlink(missing_ok=True)
    shutil.copy(copy, home / "meterward.sqlite3")
    of = ("--licensee", "harbour")
    for words in (
        ("bundle", "build", new, *OF),
        ("ledger", "key", "rotate", *of),
        ("ledger", "key", "revoke", "0", *of, "--reason", "none"),
        ("serve", "--port", "9397"),
        ("append", "harbour", "-"),
        ("import", "harbour", "-"),
    ):
        found = run(forks, home, *words, piped="{}\n")
        assert found["exit"] != 0, words
    refused = run(forks, home, "bundle", "build", new, *OF)["said"]
    assert "has 8 entries here, and had 9 before" in refused
    assert run(forks, home, "ledger", "accept-loss", *of, "--reason", "The disk failed.")["exit"] == 0
    checked(forks, home, more=10)
    assert run(forks, home, "bundle", "build", new, *OF)["exit"] == 0
    assert verified(forks, home, old)[0] == verified(forks, home, new)[0] == 0
    code, said = verified(forks, home, new, "--since", old)
    assert (code, "it was written anew" in said) == (1, True), said


def test_what_a_selection_leaves_out_is_counted(home: Path, forks: Nursery) -> None:
    some = home.parent / "some"
    assert run(forks, home, "bundle", "build", some, *OF, "--subject", "incident/2")["exit"] == 0
    code, said = verified(forks, home, some)
    assert code == 0, said
    assert "Left out:" in said
    assert "3 of incident" in said
