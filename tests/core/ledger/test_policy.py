"""Whom a reader trusts: logs, witnesses, and how many of them."""

from __future__ import annotations

from itertools import combinations

import pytest

from meterward.core.base.problem import Problem
from meterward.core.ledger.checkpoints import Attestation, Checkpoint, Verdict, attest
from meterward.core.ledger.notes import COSIGNATURE, ED25519, Note, NoteKey
from meterward.core.ledger.policy import Policy, read_policy
from tests.builders.signers import ed25519

LOG = NoteKey("a.example/log", ED25519, ed25519("log").public)
WITNESSES = {name: NoteKey(f"{name}.example", COSIGNATURE, ed25519(name).public) for name in ("x1", "x2", "x3", "y1")}
LINES = "".join(f"witness {name} {key}\n" for name, key in WITNESSES.items())
CHECKPOINT = Checkpoint(LOG.name, 7, bytes(32))


def policy_of(text: str) -> Policy:
    """A policy that is in order."""
    found = read_policy(text.encode())
    assert isinstance(found, Policy), found
    return found


def seen_by(policy: Policy, *names: str) -> bool:
    """Whether a checkpoint that some witnesses have seen is good enough."""
    made = tuple(attest(CHECKPOINT, f"{name}.example", COSIGNATURE, ed25519(name), 9) for name in names)
    return policy.is_met(policy.by_witness(Note(str(CHECKPOINT), made), CHECKPOINT))


def test_two_of_three_and_one_of_the_others() -> None:
    policy = policy_of(f"# mine\n\n\t log  {LOG}\t\n{LINES}group x 2 x1 x2 x3\ngroup all-of all x y1\nquorum all-of\n")
    for count in range(5):
        for names in combinations(WITNESSES, count):
            met = "y1" in names and sum(name.startswith("x") for name in names) >= 2
            assert seen_by(policy, *names) is met, names


def test_none_asks_for_nobody_and_any_for_one() -> None:
    assert seen_by(policy_of(f"log {LOG}\nquorum none\n"))
    policy = policy_of(f"{LINES}group one any x1 x2\nquorum one")
    assert not seen_by(policy, "x3", "y1")
    assert seen_by(policy, "x2")


def test_only_the_log_of_the_origin_speaks_for_it() -> None:
    other = NoteKey("b.example/log", ED25519, ed25519("other").public)
    policy = policy_of(f"log {LOG}\nlog {other}\nquorum none\n")
    note = Note(str(CHECKPOINT), (attest(CHECKPOINT, "b.example/log", ED25519, ed25519("other")),))
    assert policy.by_log(note, CHECKPOINT) == {LOG: Attestation(Verdict.ABSENT)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        (f"log {LOG}\n", 0),
        ("quorum none\nquorum none\n", 2),
        ("quorum x1\n", 1),
        (f"log {LOG}\nlog {LOG}\nquorum none\n", 2),
        (f"log {WITNESSES['x1']}\nquorum none\n", 1),
        (f"witness x1 {LOG}\nquorum none\n", 1),
        (f"{LINES}witness x9 {WITNESSES['x1']}\n", 5),
        (f"{LINES}witness x1 {NoteKey('z', COSIGNATURE, ed25519('z').public)}\n", 5),
        (f"{LINES}group x1 all x2\n", 5),
        (f"{LINES}group none all x2\n", 5),
        (f"{LINES}group g 0 x1\n", 5),
        (f"{LINES}group g 3 x1 x2\n", 5),
        (f"{LINES}group g ² x1 x2\n", 5),
        (f"{LINES}group g all x1 x1\n", 5),
        (f"{LINES}group g all x1\ngroup h all x1\n", 6),
        (f"{LINES}group g all g\n", 5),
        (f"{LINES}group g all nobody\n", 5),
        ("log not-a-key\n", 1),
        ("trust me\n", 1),
        ("quorum none\r\n", 0),
    ],
)
def test_a_slip_is_told_with_its_line(text: str, number: int) -> None:
    found = read_policy(text.encode())
    assert isinstance(found, Problem)
    assert found.line == number


def test_a_name_may_be_written_in_any_bytes() -> None:
    assert isinstance(read_policy(f"witness \xff {WITNESSES['x1']}\nquorum \xff\n".encode("latin-1")), Policy)
