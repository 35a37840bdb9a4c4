"""`meterward proof verify`: what a person reads of a proof that was taken along, and what a script does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.northlight import SMALL, maker
from tests.builders.proofs import PLACE, file, key, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what an auditor took along, and the policy that came by post."""
    (tmp_path / "6.tlog-proof").write_bytes(file())
    (tmp_path / "6.dsse.json").write_bytes(statement())
    (tmp_path / "7.dsse.json").write_bytes(statement(PLACE + 1))
    policy = "".join(f"log {one}\n" for one in maker(SMALL).policy().logs)
    (tmp_path / "policy").write_text(f"{policy}quorum none\n")
    return tmp_path


@pytest.fixture
def verify(folder: Path, ask: Callable[..., Said]) -> Callable[..., Said]:
    """Verify the proof in that folder."""
    return lambda *more: ask("proof", "verify", folder / "6.tlog-proof", "--policy", folder / "policy", *more)


def last(said: Said) -> str:
    """The verdict."""
    return said.out.strip().splitlines()[-1]


def test_the_verdict_says_what_was_verified_and_what_was_not_looked_at(
    folder: Path, verify: Callable[..., Said]
) -> None:
    place = f"Verified: entry {PLACE + 1} of {maker(SMALL).origin}"
    told = {
        (): f"{place}. What was entered there was not shown: name its statement with --statement.",
        ("6.dsse.json",): f"{place}, and its statement. Who signed the statement was not checked.",
        ("6.dsse.json", key().raw.hex()): f"{place}, its statement, and a signature of that.",
    }
    for brought, verdict in told.items():
        options = zip(("--statement", "--key"), (folder / brought[0], *brought[1:]) if brought else (), strict=False)
        said = verify(*(word for option in options for word in option))
        assert said.exit == Exit.IN_ORDER
        assert last(said) == verdict


def test_a_swapped_statement_fails_by_name(folder: Path, verify: Callable[..., Said]) -> None:
    said = verify("--statement", folder / "7.dsse.json")
    assert said.exit == Exit.OPEN
    assert " 6 ✗ The statement is the one that was entered" in said.out
    assert last(said).startswith("Not verified: step 6 failed. Rely on nothing in it.")


def test_a_file_that_was_cut_off_fails_by_name(folder: Path, verify: Callable[..., Said]) -> None:
    (folder / "6.tlog-proof").write_bytes(file()[:100])
    said = verify()
    assert said.exit == Exit.OPEN
    assert " 1 ✗ The file is the proof of a record" in said.out


def test_a_script_reads_each_step_and_what_was_shown(folder: Path, verify: Callable[..., Said]) -> None:
    said = verify("--statement", folder / "6.dsse.json", "--format", "json").json
    assert said["format"] == "meterward.proof-verification/1"
    assert said["verified"] is said["statement_shown"] is True
    assert said["signature_checked"] is False
    assert [step["number"] for step in said["steps"]] == [*range(1, 8)]
    assert said["entry"]["index"] == PLACE
    broken = verify("--statement", folder / "7.dsse.json", "--format", "json").json
    assert broken["verified"] is broken["statement_shown"] is False


@pytest.mark.parametrize(
    ("more", "told", "code"),
    [
        (("--statement", "nowhere"), "The statement “nowhere” cannot be read", Exit.NO_FILE),
        (("--time", "nowhere"), "The token “nowhere” cannot be read", Exit.NO_FILE),
        (("--time-authority", "nowhere"), "The certificates “nowhere” cannot be read", Exit.NO_FILE),
        (("--policy", "nowhere"), "The policy “nowhere” cannot be read", Exit.NO_FILE),
        (("--key", "00"), "“00” is no key.", Exit.USAGE),
        (("--key", "x"), "“x” is no key.", Exit.USAGE),
    ],
)
def test_what_cannot_be_read_is_told_before_anything_is_verified(
    more: tuple[str, str], told: str, code: Exit, verify: Callable[..., Said]
) -> None:
    said = verify(*more)
    assert said.exit == code
    assert told in said.complaint
    assert said.out == ""


def test_a_proof_that_is_nowhere_is_told(folder: Path, ask: Callable[..., Said]) -> None:
    said = ask("proof", "verify", "nowhere", "--policy", folder / "policy")
    assert said.exit == Exit.NO_FILE
    assert "The proof “nowhere” cannot be read" in said.complaint
