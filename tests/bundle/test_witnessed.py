"""A bundle whose checkpoint witnesses cosigned: verified by whom the reader asks for, refused where one is false."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.bundle.manifest import CHECKPOINT
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.notes import Note, Signature, read_note
from meterward.core.ledger.policy import Policy, read_policy
from meterward.usecases.ask_witnesses import Asking
from meterward.usecases.name_log import log_keys
from meterward.wiring import example
from meterward.wiring.witnessing import policy_lines
from tests.builders.bundles import DAY, Maker, MemoryBundle, resigned
from tests.builders.witnesses import answered_by, asked, witness

if TYPE_CHECKING:
    from meterward.core.bundle.steps import Found
    from meterward.usecases.cosign_checkpoints import Witness

STEP = 3


@cache
def maker() -> Maker:
    """A small ledger."""
    told: list[dict[str, Any]] = [json.loads(line) for line in example("northlight", DAY).splitlines()[:24]]
    return Maker([{name: part for name, part in line.items() if name != "id"} for line in told])


@cache
def witnesses() -> list[Witness]:
    """Three who know the log."""
    keys = log_keys(maker().origin, maker().keys.of_log(maker().ledger))
    return [witness(*keys, name=f"witness.example/w{number}") for number in (1, 2, 3)]


@cache
def plain() -> MemoryBundle:
    """A bundle that nobody cosigned."""
    return maker().bundle()


def with_note(note: Note) -> MemoryBundle:
    """The bundle with other signatures beside its checkpoint, signed again by the log."""
    return resigned(plain().changed(CHECKPOINT, str(note).encode()), maker())


def note_of(*numbers: int) -> Note:
    """The checkpoint of the bundle as some witnesses cosigned it."""
    note = read_note(plain().files[CHECKPOINT])
    assert note
    made: list[Signature] = []
    for number in numbers:
        one = witnesses()[number - 1]
        asking = Asking(note, checkpoint(), lambda _old: [], partial(answered_by, [one]))
        heard = asking.ask(asked(one), 0)
        assert not heard.problem
        made += heard.cosignatures
    return Note(note.text, (*note.signatures, *made))


def checkpoint() -> Any:  # noqa: ANN401 - what the verification found
    """What the bundle says."""
    return maker().verify(plain()).checkpoint


def policy(*rules: str) -> Policy:
    """A policy that knows the log and the three, with some rules."""
    log = (f"log {key}" for key in log_keys(maker().origin, maker().keys.of_log(maker().ledger)))
    known = [line for one in witnesses() for line in policy_lines(one)]
    found = read_policy("\n".join((*log, *known, *rules, "")).encode())
    assert isinstance(found, Policy), found
    return found


def step(bundle: MemoryBundle, *rules: str) -> tuple[bool, Found]:
    """Whether a bundle is verified, and what the step about witnesses found."""
    found = maker().verify(bundle, policy(*rules))
    return found.holds, found.steps[STEP - 1].found


ALL = " ".join(f"witness.example/w{number}" for number in (1, 2, 3))
ANY, EACH, TWO = (f"group some {word} {ALL}" for word in ("any", "all", "2"))
CASES = [
    ((), "quorum none", True),
    ((1,), "quorum witness.example/w1", True),
    ((2,), "quorum witness.example/w1", False),
    ((), f"{ANY}\nquorum some", False),
    ((3,), f"{ANY}\nquorum some", True),
    ((1,), f"{TWO}\nquorum some", False),
    ((1, 3), f"{TWO}\nquorum some", True),
    ((1, 3), f"{EACH}\nquorum some", False),
    ((1, 2, 3), f"{EACH}\nquorum some", True),
]


@pytest.mark.parametrize(("numbers", "rules", "holds"), CASES)
def test_those_must_have_seen_it_whom_the_reader_asks_for(numbers: tuple[int, ...], rules: str, *, holds: bool) -> None:
    verified, found = step(with_note(note_of(*numbers)), rules)
    assert verified is holds
    assert (found.outcome is Outcome.PASSED) is holds
    assert all(f"w{number}/ed25519" in found.says for number in numbers if holds)


def test_lines_of_signature_that_nobody_knows_change_no_verdict() -> None:
    note = note_of(1)
    stranger = Signature("stranger.example/w9", b"\0\1\2\3", b"anything at all")
    like_one = Signature(witnesses()[1].name, b"\0\1\2\3", b"another key of that name")
    for more in ((stranger,), (like_one,), (stranger, like_one)):
        for rules, holds in (("quorum witness.example/w1", True), ("quorum witness.example/w2", False)):
            for signatures in ((*more, *note.signatures), (*note.signatures, *more)):
                changed = with_note(Note(note.text, signatures))
                assert step(changed, rules) == step(with_note(note), rules)
                assert step(changed, rules)[0] is holds


def test_a_false_cosignature_by_a_witness_that_is_known_refuses_the_bundle() -> None:
    note = note_of(1, 2)
    for place, one in enumerate(note.signatures[2:], 2):
        flipped = one._replace(value=one.value[:-1] + bytes((one.value[-1] ^ 1,)))
        false = (*note.signatures[:place], flipped, *note.signatures[place + 1 :])
        for signatures in (false, (*note.signatures, flipped)):
            for rules in ("quorum none", f"{ANY}\nquorum some"):
                verified, found = step(with_note(Note(note.text, signatures)), rules)
                assert not verified
                assert found.outcome is Outcome.FAILED
                assert "is none" in found.says


def test_a_cosignature_that_was_put_there_later_shows_in_the_manifest() -> None:
    bundle = plain().changed(CHECKPOINT, str(note_of(1)).encode())
    found = maker().verify(bundle, policy("quorum none"))
    assert [one.number for one in found.steps if one.found.outcome is Outcome.FAILED] == [2]
