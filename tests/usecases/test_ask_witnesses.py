"""Witnesses are asked about what is published: what they cosign is added to it, anything else is told."""

from __future__ import annotations

import pytest

from meterward.adapters.in_memory.checkpoints import MemoryCheckpoints
from meterward.core.ledger.checkpoints import attest
from meterward.core.ledger.notes import COSIGNATURE, read_note
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.ledger.witness import Refusal
from meterward.usecases.ask_witnesses import Asked, Reply, asked_in
from meterward.usecases.publish_checkpoint import Publication
from meterward.wiring.witnessing import policy_lines
from tests.builders.publishing import LEDGER, Desk, cosigners, lines, sizes
from tests.builders.witnesses import answered_by, asked, reaching


def test_witnesses_cosign_what_they_are_shown_and_are_asked_once() -> None:
    desk = Desk()
    first, second = desk.witness(1), desk.witness(2)
    done = desk.ask(first, second)
    assert [one.problem for one in done.heard] == ["", ""]
    assert cosigners(done.said) == ["witness.example/w1", "witness.example/w2"]
    assert len(done.said.note.signatures) == 6
    again = desk.ask(first, second)
    assert again.heard == ()
    assert again.said == done.said
    assert sizes(desk) == [21, 21]


def test_cosignatures_that_come_later_are_added() -> None:
    desk = Desk()
    first, second = desk.witness(1), desk.witness(2)
    found = desk.publisher.ask(LEDGER, [asked(first), asked(second)], reaching(first))
    assert isinstance(found, Publication)
    assert [one.problem for one in found.heard] == ["", "It cannot be asked: there is nobody."]
    done = desk.ask(first, second)
    assert [one.asked.name for one in done.heard] == ["witness.example/w2"]
    assert cosigners(done.said) == ["witness.example/w1", "witness.example/w2"]


def test_a_witness_that_saw_another_size_is_asked_once_more_from_there() -> None:
    desk, seen = Desk(), []
    one = desk.witness()

    def post(url: str, body: bytes) -> Reply | str:
        seen.append(body.split(b"\n")[0])
        return answered_by([one], url, body)

    desk.ask(one)
    desk.kept = MemoryCheckpoints()
    desk.grow(3)
    done = desk.publisher.ask(LEDGER, [asked(one)], post)
    assert isinstance(done, Publication)
    assert seen == [b"old 0", b"old 21"]
    desk.grow(3)
    done = desk.publisher.ask(LEDGER, [asked(one)], post)
    assert seen[2:] == [b"old 24"]


def test_a_witness_that_saw_more_or_another_history_is_told_of() -> None:
    desk, other = Desk(), Desk()
    other.maker.keys = desk.maker.keys
    one = desk.witness()
    desk.grow(4)
    desk.ask(one)
    other.grow(2)
    assert "It has seen 25 entries of this log" in other.ask(one).heard[0].problem
    other.left = lines()[25:]
    other.grow(3)
    assert "another history" in other.ask(one).heard[0].problem
    assert cosigners(other.publish()) == []


ANSWERS: list[tuple[Reply | str, str]] = [
    (Reply(404, b"no\x1b[2J"), "It does not know this log."),
    (Reply(403, b""), "It knows this log by other keys."),
    (Reply(500, b"x" * 10_000), "It does not cosign."),
    (Reply(409, b"12"), "It cannot be asked: its answer says no size."),
    (Reply(409, b"0\n"), "Somebody else had this log cosigned"),
    (Reply(200, b""), "Its answer has no cosignatures."),
    (Reply(200, b"\xff\n"), "Its answer has no cosignatures."),
    (Reply(200, b"another text\n\n\xe2\x80\x94 a AAAAAAA=\n"), "Its answer has no cosignatures."),
    (Reply(200, b"\xe2\x80\x94 stranger AAAAAAA=\n"), "It does not sign by the keys of the policy."),
]


@pytest.mark.parametrize(("answer", "says"), ANSWERS)
def test_what_a_witness_says_instead_is_told(answer: Reply | str, says: str) -> None:
    desk = Desk()
    done = desk.publisher.ask(LEDGER, [asked(desk.witness())], lambda _url, _body: answer)
    assert isinstance(done, Publication)
    assert says in done.heard[0].problem
    assert len(done.heard[0].problem) < 300
    assert cosigners(done.said) == []


def test_a_false_cosignature_and_one_of_another_checkpoint_are_not_added() -> None:
    desk = Desk()
    one = desk.witness()
    before = "".join(made.line() for made in desk.ask(one).heard[0].cosignatures).encode()
    desk.grow()
    done = desk.publisher.ask(LEDGER, [asked(one)], lambda _url, _body: Reply(200, before))
    assert isinstance(done, Publication)
    assert done.heard[0].problem == "What it answers is no cosignature of this checkpoint."
    assert cosigners(done.said) == []
    assert cosigners(desk.publish()) == [], "nor is it kept"


def test_unknown_lines_in_an_answer_are_ignored() -> None:
    desk = Desk()
    one, two = desk.witness(1), desk.witness(2)

    def post(_url: str, body: bytes) -> Reply:
        answers = [each.answer(body) for each in (one, two)]
        assert not any(isinstance(answer, Refusal) for answer in answers)
        return Reply(200, "".join(map(str, answers)).encode())

    done = desk.publisher.ask(LEDGER, [asked(one)], post)
    assert isinstance(done, Publication)
    assert cosigners(done.said) == ["witness.example/w1"]


def test_only_what_the_log_signed_is_handed_on_to_a_witness() -> None:
    desk, bodies = Desk(), []
    one, two = desk.witness(1), desk.witness(2)
    desk.ask(one)

    def post(url: str, body: bytes) -> Reply | str:
        bodies.append(body)
        return answered_by([two], url, body)

    desk.publisher.ask(LEDGER, [asked(two)], post)
    (body,) = bodies
    note = read_note(body.partition(b"\n\n")[2])
    assert note
    assert {one.name for one in note.signatures} == {desk.maker.origin}


def test_witnesses_are_asked_where_the_policy_says() -> None:
    desk = Desk()
    one, two = desk.witness(1), desk.witness(2)
    said = [*policy_lines(one, "https://a.example/"), *policy_lines(two), "quorum none", ""]
    policy = read_policy("\n".join(said).encode())
    assert isinstance(policy, Policy)
    assert asked_in(policy) == [Asked("https://a.example/", one.keys)]


def test_cosignatures_of_a_checkpoint_are_not_added_to_a_later_one() -> None:
    desk = Desk()
    one = desk.witness()

    def post(url: str, body: bytes) -> Reply | str:
        desk.grow()
        desk.publish()
        return answered_by([one], url, body)

    done = desk.publisher.ask(LEDGER, [asked(one)], post)
    assert isinstance(done, Publication)
    assert (done.said.checkpoint.size, cosigners(done.said)) == (21, [one.name])
    assert sizes(desk) == [21, 22]
    assert cosigners(desk.publish()) == []


def test_a_cosignature_that_does_not_say_when_is_none() -> None:
    desk = Desk()
    one = desk.witness()
    checkpoint = desk.publish().checkpoint
    made = attest(checkpoint, one.name, COSIGNATURE, one.signers.ed25519, 0)
    done = desk.publisher.ask(LEDGER, [asked(one)], lambda _url, _body: Reply(200, made.line().encode()))
    assert isinstance(done, Publication)
    assert done.heard[0].problem == "What it answers is no cosignature of this checkpoint."
    assert cosigners(done.said) == []
