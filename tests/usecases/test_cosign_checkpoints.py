"""A witness answers as tlog-witness says, cosigns one history only, and refuses to go on once it forgot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from meterward.core.base.base64 import to_base64
from meterward.core.base.problem import Code
from meterward.core.ledger.checkpoints import Checkpoint, Verdict, attested
from meterward.core.ledger.notes import COSIGNATURE, ML_DSA_44, Note, Signature, read_note
from meterward.core.ledger.tree import EMPTY_ROOT
from meterward.core.ledger.witness import LONGEST, Refusal
from tests.builders.witnesses import ORIGIN, TIME, Log, MemoryViews, many, sent, witness

if TYPE_CHECKING:
    from meterward.core.ledger.witness import Request
    from meterward.usecases.cosign_checkpoints import Witness

LOG = Log(many(70))
OTHER = Log(many(70, "another"))
"""Another history, signed by the same keys."""


def refused(one: Witness, body: bytes) -> tuple[int, int | None]:
    """The status of a refusal, and the size that it tells."""
    answer = one.answer(body)
    assert isinstance(answer, Refusal), answer
    return int(answer.status), answer.size


def cosigned(one: Witness, request: Request) -> Note:
    """A checkpoint with what a witness adds to it, which must be right."""
    answer = one.answer(sent(request))
    assert isinstance(answer, str), answer
    note = read_note(str(request.note).encode() + answer.encode())
    assert note
    for key in one.keys:
        assert attested(note, request.checkpoint, key) == (Verdict.TRUE, TIME)
    return note


def test_a_log_that_grew_is_cosigned_by_both_keys_with_the_time() -> None:
    one = witness(*LOG.keys)
    assert [key.type for key in one.keys] == [COSIGNATURE, ML_DSA_44]
    for old, size in ((0, 1), (1, 1), (1, 8), (8, 8), (8, 33), (33, 70)):
        cosigned(one, LOG.asks(old, size))
    assert one.problem() is None


def test_an_empty_log_is_cosigned_and_grows() -> None:
    one = witness(*LOG.keys)
    cosigned(one, LOG.asks(0, 0))
    cosigned(one, LOG.asks(0, 5))


@pytest.mark.parametrize("key", [0, 1])
def test_one_key_of_the_log_is_enough(key: int) -> None:
    cosigned(witness(LOG.keys[key]), LOG.asks(0, 3))


def test_signatures_by_whom_it_does_not_know_are_ignored_and_not_kept() -> None:
    one, request = witness(*LOG.keys), LOG.asks(0, 3)
    stranger = Signature("stranger.example", b"1234", b"anything")
    note = Note(request.note.text, (stranger, *request.note.signatures))
    cosigned(one, request._replace(note=note))
    kept = one.shown(sha256(ORIGIN.encode()).hexdigest())
    assert kept
    assert b"stranger" not in kept
    found = read_note(kept)
    assert found
    for signer in (*LOG.keys, *one.keys):
        assert attested(found, request.checkpoint, signer).verdict is Verdict.TRUE


GOOD = sent(LOG.asks(0, 3))
HASH = to_base64(b"h" * 32)
MALFORMED = {
    "nothing": b"",
    "no checkpoint": b"old 0\n\n",
    "no empty line": GOOD.replace(b"old 0\n\n", b"old 0\n"),
    "no old size": GOOD.replace(b"old 0\n", b"", 1),
    "another word": GOOD.replace(b"old", b"Old", 1),
    "two spaces": GOOD.replace(b"old 0", b"old  0"),
    "leading zero": GOOD.replace(b"old 0", b"old 00"),
    "a sign": GOOD.replace(b"old 0", b"old +0"),
    "digits of another script": GOOD.replace(b"old 0", "old \u0660".encode()),
    "a number without end": GOOD.replace(b"old 0", b"old 1" + b"0" * 19),
    "a carriage return": GOOD.replace(b"old 0\n", b"old 0\r\n"),
    "a hash that is none": GOOD.replace(b"old 0\n", b"old 0\n!\n"),
    "a hash that is short": GOOD.replace(b"old 0\n", f"old 0\n{to_base64(b'h' * 31)}\n".encode()),
    "bits that no byte takes up": GOOD.replace(b"old 0\n", f"old 0\n{HASH[:-2]}h=\n".encode()),
    "64 hashes": GOOD.replace(b"old 0\n", b"old 0\n" + f"{HASH}\n".encode() * 64),
    "lines that the log adds": GOOD.replace(b"\n\n\xe2", b"\nmore\n\n\xe2"),
    "no signature": GOOD.split("\n\u2014".encode())[0] + b"\n",
    "what is no text": GOOD + b"\xff",
    "no line feed at the end": GOOD[:-1],
    "too much": GOOD + b"x" * LONGEST,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_request_is_answered_400(body: bytes) -> None:
    assert refused(witness(*LOG.keys), body) == (400, None)


def test_an_old_size_above_that_of_the_checkpoint_is_answered_400() -> None:
    assert refused(witness(*LOG.keys), sent(LOG.asks(3, 3)._replace(old=4))) == (400, None)


def test_a_log_that_it_does_not_know_is_answered_404() -> None:
    stranger = Log(many(5), origin="meterward/stranger/01234567")
    assert refused(witness(*LOG.keys), sent(stranger.asks(0, 3))) == (404, None)


def test_what_the_log_did_not_sign_is_answered_403() -> None:
    one, request = witness(*LOG.keys), LOG.asks(0, 3)
    assert refused(one, sent(Log(many(5), "impostor").asks(0, 3))) == (403, None)
    first, second = request.note.signatures
    false = first._replace(value=bytes(64))
    # Beside a false signature by a key that is known, a true one by another does not help.
    for signatures in ((false,), (false, second), (first, false)):
        assert refused(one, sent(request._replace(note=Note(request.note.text, signatures)))) == (403, None)
    cosigned(one, request)


def test_another_old_size_is_answered_409_with_the_size() -> None:
    one = witness(*LOG.keys)
    assert refused(one, sent(LOG.asks(2, 3))) == (409, 0)
    cosigned(one, LOG.asks(0, 9))
    for old, size in ((0, 3), (0, 9), (8, 20), (10, 20)):
        assert refused(one, sent(LOG.asks(old, size))) == (409, 9)


def test_what_did_not_grow_from_what_it_saw_is_answered_422() -> None:
    one = witness(*LOG.keys)
    assert refused(one, sent(LOG.asks(0, 3)._replace(proof=(b"h" * 32,)))) == (422, None)
    wrong = Checkpoint(ORIGIN, 0, b"r" * 32)
    assert refused(one, sent(LOG.asks(0, 0)._replace(note=LOG.signed(wrong), checkpoint=wrong))) == (422, None)
    cosigned(one, LOG.asks(0, 9))
    right = LOG.asks(9, 20)
    for proof in ((), right.proof[1:], (*right.proof, b"h" * 32), (b"h" * 32, *right.proof[1:])):
        assert refused(one, sent(right._replace(proof=proof))) == (422, None)
    assert refused(one, sent(LOG.asks(9, 9)._replace(proof=(b"h" * 32,)))) == (422, None)
    cosigned(one, right)


def test_a_log_that_shows_two_histories_gets_one_of_them_cosigned() -> None:
    for first, second in ((LOG, OTHER), (OTHER, LOG)):
        one = witness(*LOG.keys)
        cosigned(one, first.asks(0, 9))
        assert refused(one, sent(second.asks(0, 9))) == (409, 9)
        assert refused(one, sent(second.asks(9, 9))) == (422, None)
        assert refused(one, sent(second.asks(9, 20))) == (422, None)
        cosigned(one, first.asks(9, 20))


def test_of_many_at_once_from_the_same_size_one_is_cosigned() -> None:
    for _ in range(5):
        one, ready = witness(*LOG.keys), Barrier(8)
        bodies = [sent(log.asks(0, size)) for log in (LOG, OTHER) for size in (9, 10, 11, 12)]

        def ask(body: bytes, one: Witness = one, ready: Barrier = ready) -> str | Refusal:
            ready.wait()
            return one.answer(body)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, bodies))
        assert sum(isinstance(answer, str) for answer in answers) == 1
        assert {answer.status for answer in answers if isinstance(answer, Refusal)} == {409}


def test_the_time_of_a_cosignature_never_runs_backwards() -> None:
    one = witness(*LOG.keys)
    cosigned(one, LOG.asks(0, 9))
    one.seconds = lambda: TIME - 1_000
    cosigned(one, LOG.asks(9, 10))


@dataclass
class FullViews(MemoryViews):
    """Where there is no room."""

    def keep(self, origin: str, note: bytes) -> None:  # noqa: ARG002 - nothing is kept
        """See `Views.keep`."""
        raise OSError(28, "No space left on device")


def test_what_cannot_be_kept_is_not_cosigned() -> None:
    views = FullViews({ORIGIN: b""})
    assert refused(witness(*LOG.keys, views=views), sent(LOG.asks(0, 3))) == (503, None)


def test_what_it_cosigned_and_was_changed_or_removed_lets_it_go_on_no_more() -> None:
    one = witness(*LOG.keys)
    views = MemoryViews({ORIGIN: b""})
    one.views = views
    cosigned(one, LOG.asks(0, 9))
    kept = views.kept[ORIGIN]
    text, _, _ = kept.partition(b"\n\n")
    foreign = LOG.signed(LOG.checkpoint(9))
    for damaged in (kept[:-1], kept + b"\n", kept.replace(b"\n9\n", b"\n8\n"), text, b"x", str(foreign).encode()):
        views.kept[ORIGIN] = damaged
        assert refused(one, sent(LOG.asks(9, 20))) == (500, None)
        assert refused(one, sent(LOG.asks(0, 20))) == (500, None)
        assert one.shown(sha256(ORIGIN.encode()).hexdigest()) is None
        problem = one.problem()
        assert problem
        assert problem.code is Code.WITNESS_UNUSABLE
    del views.kept[ORIGIN]
    assert refused(one, sent(LOG.asks(0, 20))) == (500, None)
    assert one.problem()
    views.kept[ORIGIN] = kept
    assert one.problem() is None
    cosigned(one, LOG.asks(9, 20))


def test_only_what_it_cosigned_is_shown() -> None:
    one = witness(*LOG.keys)
    place = sha256(ORIGIN.encode()).hexdigest()
    assert one.shown(place) is None
    assert one.shown("0" * 64) is None
    note = cosigned(one, LOG.asks(0, 9))
    assert one.shown(place) == str(note).encode()
    assert LOG.checkpoint(0).root == EMPTY_ROOT
