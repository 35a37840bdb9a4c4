"""A proof shows what it is of to whoever trusts the log, and whatever is done to it is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.base.base64 import to_base64
from meterward.core.base.canonical import canonical
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.checkpoints import Checkpoint, attest
from meterward.core.ledger.envelope import envelope, opened, sign
from meterward.core.ledger.notes import COSIGNATURE, Note, NoteKey, Signature
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.ledger.proof_text import Proof
from meterward.core.ledger.stamps import stamp_request
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.usecases.verify_proof import Given, Trusting, verify_proof
from tests.builders.authorities import Authority
from tests.builders.bundles import Maker
from tests.builders.northlight import SMALL, maker
from tests.builders.proofs import PLACE, file, key, outcomes, said_of, statement, taken, verified
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSED, FAILED, UNCHECKED, NOTHING = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.NOTHING


def of_log_with(leaf: bytes, place: int = 0) -> bytes:
    """A proof by the log's own keys of a log whose only entry is some bytes."""
    tree = Frontier()
    tree.append(leaf_hash(leaf))
    return str(Proof(leaf, place, (), maker(SMALL).checkpoint(1, tree.root()))).encode()


def test_a_proof_alone_shows_that_its_entry_is_in_the_log_and_says_what_it_does_not_show() -> None:
    found = verified(file())
    assert found.holds
    assert outcomes(found) == [PASSED, PASSED, NOTHING, PASSED, NOTHING, NOTHING, NOTHING]
    assert "Signed by ed25519 and ml-dsa-44." in said_of(found, 2)
    assert said_of(found, 4).startswith(f"Entry {PLACE + 1} of {SMALL + 1}, place ")
    assert "what was entered is not shown" in said_of(found, 6)


def test_with_its_statement_it_shows_who_said_what_and_that_nobody_checked_the_signature() -> None:
    found = verified(file(), statement())
    assert found.holds
    assert found.said
    assert found.entry
    assert found.said.id == found.entry.statement
    assert f"as {found.said.header.actor.role} of northlight." in said_of(found, 6)
    assert outcomes(found)[6] is NOTHING
    assert said_of(found, 7).startswith("Not checked: ")
    assert not found.signed


def test_with_a_key_that_the_reader_names_the_signature_is_checked_too() -> None:
    found = verified(file(), statement(), key())
    assert found.holds
    assert found.signed
    assert outcomes(found)[5:] == [PASSED, PASSED]
    assert "That it counted for this entry, the ledger's records tell." in said_of(found, 7)


def test_a_key_that_did_not_sign_is_no_pass() -> None:
    found = verified(file(), statement(), ed25519("somebody").public)
    assert not found.holds
    assert outcomes(found)[6] is UNCHECKED


def test_a_signature_of_another_statement_by_a_key_that_is_named_is_told() -> None:
    payload, _ = opened(json.loads(statement())) or (b"", {})
    _, others = opened(json.loads(statement(PLACE + 1))) or (b"", {})
    found = verified(file(), json.dumps(envelope(payload, others)).encode(), key())
    assert outcomes(found)[5:] == [PASSED, FAILED]
    assert "is said to be a signature of this statement is none" in said_of(found, 7)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "It is another file"),
        (b"# A page about something else", "It is another file"),
        (statement(), "It is another file"),
        (file()[:-1], "cut off or changed"),
        (file()[: len(file()) // 2], "cut off or changed"),
        (file().replace(b"\n", b"\r\n"), "if only in how its lines end"),
        (file() + b"x" * 1_000_000, "cut off or changed"),
        (file().replace(b"extra " + to_base64(taken().leaf).encode() + b"\n", b""), "no line “extra”"),
    ],
)
def test_a_file_that_is_none_is_told_apart_from_one_that_was_cut_off(data: bytes, told: str) -> None:
    found = verified(data, statement())
    assert not found.holds
    assert outcomes(found) == [FAILED, *[UNCHECKED] * 3, NOTHING, *[UNCHECKED] * 2]
    assert told in said_of(found, 1)


def test_one_proof_after_another_is_none() -> None:
    assert outcomes(verified(file() + file(PLACE + 1)))[:4] == [PASSED, FAILED, UNCHECKED, UNCHECKED]


def test_another_log_is_named_and_nobody_vouches_for_it() -> None:
    other = Maker(maker(SMALL).bundle_lines())
    found = verified(file(), policy=other.policy())
    assert not found.holds
    assert outcomes(found)[1] is UNCHECKED
    assert f"names no key of the log “{maker(SMALL).origin}”" in said_of(found, 2)


def test_a_checkpoint_that_only_one_of_two_keys_signed_is_refused() -> None:
    """Whoever can break one kind of signature one day would leave out the other."""
    for left in (0, 1):
        note = taken().checkpoint
        found = verified(str(taken()._replace(checkpoint=Note(note.text, (note.signatures[left],)))).encode())
        assert outcomes(found)[1] is FAILED
        assert "did not sign it by each key that the policy names" in said_of(found, 2)


def test_a_strangers_line_below_the_checkpoint_changes_no_verdict() -> None:
    note = taken().checkpoint
    more = Note(note.text, (*note.signatures, Signature("stranger.example", b"1234", b"s" * 64)))
    assert outcomes(verified(str(taken()._replace(checkpoint=more)).encode())) == outcomes(verified(file()))


def test_witnesses_whom_the_policy_asks_for_must_have_seen_it() -> None:
    name, note = "w.example/w1", taken().checkpoint
    logs = "".join(f"log {one}\n" for one in maker(SMALL).policy().logs)
    witness = NoteKey(name, COSIGNATURE, ed25519(name).public)
    policy = read_policy(f"{logs}witness w {witness}\nquorum w\n".encode())
    assert isinstance(policy, Policy)
    assert outcomes(verified(file(), policy=policy))[2] is FAILED
    checkpoint = verified(file()).checkpoint
    assert checkpoint
    seen = attest(checkpoint, name, COSIGNATURE, ed25519(name), 1_500_000_000)
    cosigned = str(taken()._replace(checkpoint=Note(note.text, (*note.signatures, seen)))).encode()
    found = verified(cosigned, policy=policy)
    assert found.holds
    assert outcomes(found)[2] is PASSED


@pytest.mark.parametrize(
    "change",
    [
        lambda proof: proof._replace(leaf=proof.leaf.replace(b"northlight/", b"southlight/")),
        lambda proof: proof._replace(leaf=proof.leaf + b" "),
        lambda proof: proof._replace(leaf=taken(PLACE + 1).leaf),
        lambda proof: proof._replace(place=PLACE + 1),
        lambda proof: proof._replace(place=SMALL + 1),
        lambda proof: proof._replace(path=proof.path[:-1]),
        lambda proof: proof._replace(path=(*proof.path, proof.path[0])),
        lambda proof: proof._replace(path=tuple(reversed(proof.path))),
    ],
)
def test_an_entry_place_or_path_that_was_altered_does_not_lead_to_the_root(change: Callable[[Proof], Proof]) -> None:
    found = verified(str(change(taken())).encode(), statement())
    assert outcomes(found) == [PASSED, PASSED, NOTHING, FAILED, NOTHING, UNCHECKED, UNCHECKED]
    assert "does not lead to the root that was signed" in said_of(found, 4)
    assert found.entry is None


@pytest.mark.parametrize(
    "leaf",
    [
        b"{}",
        taken().leaf,
        taken(0).leaf.replace(b'"counter":0', b'"counter": 0'),
        taken(0).leaf.replace(b'"recorded":"2', b'"recorded":"9').replace(b"-", b"-9", 1),
        taken(0).leaf[: taken(0).leaf.index(b'"recorded":"') + 12] + b"2013-99-99" + taken(0).leaf[-120:],
    ],
)
def test_what_a_log_signed_and_is_no_entry_of_its_place_is_refused(leaf: bytes) -> None:
    found = verified(of_log_with(leaf))
    assert outcomes(found)[3] is FAILED
    assert "no entry of a ledger" in said_of(found, 4)


def test_the_statement_of_another_record_is_told_with_both_ids() -> None:
    found = verified(file(), statement(PLACE + 1))
    assert outcomes(found)[5:] == [FAILED, UNCHECKED]
    mine, other = verified(file(), statement()), verified(file(PLACE + 1), statement(PLACE + 1))
    assert mine.said
    assert other.said
    assert f"entered: {mine.said.id.hex()}" in said_of(found, 6)
    assert f"named: {other.said.id.hex()}" in said_of(found, 6)


def test_a_statement_that_was_altered_and_signed_anew_is_another() -> None:
    payload, _ = opened(json.loads(statement())) or (b"", {})
    said = json.loads(payload)
    said["predicate"]["actor"]["person"] = "p-77"
    changed = canonical(said)
    name, value = sign(changed, maker(SMALL).keys.first("northlight"))
    found = verified(file(), json.dumps(envelope(changed, {name: value})).encode(), key())
    assert outcomes(found)[5:] == [FAILED, UNCHECKED]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        file(),
        statement()[:-3],
        statement() + statement(),
        statement().replace(b'"payload":', b'"payload": "e30=", "payload":', 1),
        json.dumps(envelope(b"{}", {"k": b"s"})).encode(),
        json.dumps(json.loads(statement()) | {"payload": to_base64(b"[1, 2]")}).encode(),
    ],
)
def test_what_is_no_signed_statement_is_refused(data: bytes) -> None:
    found = verified(file(), data)
    assert not found.holds
    assert "is no signed statement of a record" in said_of(found, 6)


def test_an_entry_that_counts_a_statement_to_another_stream_is_told() -> None:
    whole = taken(0).leaf
    family = whole[whole.index(b'"stream":"') :]
    found = verified(of_log_with(whole.replace(family, b'"stream":"northlight/incident"}')), statement(0))
    assert outcomes(found)[3:6] == [PASSED, NOTHING, FAILED]
    assert "another stream" in said_of(found, 6)


def test_time_is_told_only_by_an_authority_that_the_reader_believes(tmp_path: Path) -> None:
    authority, checkpoint = Authority(tmp_path / "a"), verified(file()).checkpoint
    assert checkpoint
    token = authority.reply(stamp_request(checkpoint, 5))
    other = authority.reply(stamp_request(Checkpoint(checkpoint.origin, 1, bytes(32)), 5))
    policy, roots = maker(SMALL).policy(), authority.roots
    for given_token, believed, outcome in (
        (token, roots, PASSED),
        (token, (), UNCHECKED),
        (None, roots, UNCHECKED),
        (other, roots, FAILED),
        (token[:-1], roots, FAILED),
        (b"", roots, FAILED),
    ):
        found = verify_proof(Given(file(), None, given_token), Trusting(policy, believed))
        assert outcomes(found)[4] is outcome
        assert found.holds == (outcome is PASSED)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 8 * len(file()) - 1))
def test_a_proof_with_any_bit_flipped_is_refused_or_leaves_the_verdict_as_it_was(bit: int) -> None:
    flipped, true = bytearray(file()), verified(file(), statement(), key())
    flipped[bit // 8] ^= 1 << bit % 8
    found = verified(bytes(flipped), statement(), key())
    assert not found.holds or (found.steps, found.entry, found.checkpoint) == (true.steps, true.entry, true.checkpoint)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 8 * len(statement()) - 1))
def test_a_statement_with_any_bit_flipped_is_refused_or_leaves_the_verdict_as_it_was(bit: int) -> None:
    flipped, true = bytearray(statement()), verified(file(), statement(), key())
    flipped[bit // 8] ^= 1 << bit % 8
    found = verified(file(), bytes(flipped), key())
    assert not found.holds or (found.steps, found.said) == (true.steps, true.said)
