"""A checkpoint is published that follows from the last one and from the entries, and witnesses are asked about it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import pytest

from meterward.adapters.in_memory.checkpoints import MemoryCheckpoints
from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Said, Verdict, attest, attested
from meterward.core.ledger.notes import COSIGNATURE, read_note
from meterward.core.ledger.witness import Refusal
from meterward.usecases.ask_witnesses import Asked, Reply, asked_in
from meterward.usecases.list_entries import entries_of
from meterward.usecases.name_log import log_keys
from meterward.usecases.ports import Published
from meterward.usecases.prove_record import Proving
from meterward.usecases.publish_checkpoint import HandedOn, Publication, Publisher, unlike_published
from meterward.wiring import example
from meterward.wiring.witnessing import policy_lines
from tests.builders.bundles import DAY, Maker
from tests.builders.witnesses import TIME, answered_by, asked, reaching, witness

if TYPE_CHECKING:
    from meterward.usecases.cosign_checkpoints import Witness
    from meterward.usecases.ports import Ledgers

LEDGER = "northlight"


@cache
def lines() -> list[dict[str, Any]]:
    """The first lines of the example."""
    told = [json.loads(line) for line in example(LEDGER, DAY).splitlines()[:30]]
    return [{name: part for name, part in line.items() if name != "id"} for line in told]


@dataclass
class Desk:
    """A licensee that publishes, and the witnesses that it asks."""

    maker: Maker = field(default_factory=lambda: Maker(lines()[:20]))
    kept: MemoryCheckpoints = field(default_factory=MemoryCheckpoints)
    left: list[dict[str, Any]] = field(default_factory=lambda: lines()[20:])

    @property
    def publisher(self) -> Publisher:
        """What publishes."""
        return Publisher(self.maker.ledgers, self.maker.keys, self.kept, Proving(self.maker.ledgers), lambda: TIME)

    def grow(self, count: int = 1) -> None:
        """Append more."""
        for _ in range(count):
            line = self.left.pop(0)
            self.maker.append([{name: part for name, part in line.items() if name != "recorded"}])

    def publish(self) -> Said:
        """Publish."""
        found = self.publisher.publish(LEDGER)
        assert isinstance(found, Said), found
        return found

    def ask(self, *witnesses: Witness) -> Publication:
        """Publish, and ask."""
        found = self.publisher.ask(LEDGER, [asked(one) for one in witnesses], reaching(*witnesses))
        assert isinstance(found, Publication), found
        return found

    def witness(self, number: int = 1) -> Witness:
        """A witness that knows the log."""
        return witness(*log_keys(self.maker.origin, self.maker.keys.of_log(LEDGER)), name=f"witness.example/w{number}")


def sizes(desk: Desk) -> list[int]:
    """The sizes of what was published."""
    return [one.size for one in desk.kept.all(LEDGER)]


def cosigners(said: Said) -> list[str]:
    """Who cosigned a checkpoint, once for each."""
    return sorted({one.name for one in said.note.signatures} - {said.checkpoint.origin})


def test_it_is_signed_by_both_keys_of_the_log() -> None:
    desk = Desk()
    said = desk.publish()
    for key in log_keys(desk.maker.origin, desk.maker.keys.of_log(LEDGER)):
        assert attested(said.note, said.checkpoint, key).verdict is Verdict.TRUE
    head = desk.maker.ledgers.head(LEDGER)
    assert head
    assert said.checkpoint.size == head.size
    assert said.checkpoint.root.hex() == desk.maker.ledgers.root(LEDGER, head.size)
    last = desk.kept.last(LEDGER)
    assert last
    assert (last.note, last.made) == (str(said.note).encode(), "2023-11-14T22:13:20Z")


def test_what_did_not_move_is_published_once() -> None:
    desk = Desk()
    assert desk.publish() == desk.publish()
    assert sizes(desk) == [21]
    desk.grow(2)
    desk.publish()
    assert sizes(desk) == [21, 23]


def test_the_last_one_is_told_as_it_was_published() -> None:
    desk = Desk()
    assert desk.publisher.newest(LEDGER) is None
    said = desk.publish()
    desk.grow()
    found = desk.publisher.newest(LEDGER)
    assert isinstance(found, HandedOn)
    assert (found.note, found.checkpoint, found.day) == (*said, "14 November 2023")


def test_what_the_log_did_not_sign_is_not_told_as_published_and_no_key_is_made() -> None:
    desk = Desk()
    note = str(desk.publish().note).encode()
    empty = MemoryKeys()
    for keys, kept in (
        (desk.maker.keys, note.replace(b"\n21\n", b"\n22\n")),
        (empty, note),
        (desk.maker.keys, b"no note"),
    ):
        published = MemoryCheckpoints()
        assert published.keep(LEDGER, Published(21, kept, ""), None)
        proving = Proving(desk.maker.ledgers)
        found = Publisher(desk.maker.ledgers, keys, published, proving, lambda: TIME).newest(LEDGER)
        assert isinstance(found, Problem)
        assert "damaged, or its log has other keys now" in found.message
    assert not empty.has_log(LEDGER)


def test_a_ledger_is_compared_with_what_was_published_of_it() -> None:
    desk = Desk()
    checkpoint = desk.publish().checkpoint
    desk.grow()
    ledgers, head = desk.maker.ledgers, desk.maker.ledgers.head(LEDGER)
    assert head
    assert unlike_published(ledgers, head, checkpoint) is None
    assert unlike_published(ledgers, head, replace(checkpoint, size=0)) is None
    shrunk = unlike_published(ledgers, replace(head, size=20), checkpoint)
    assert shrunk
    assert "over 21 entries was published of it, and it has 20 here" in shrunk.message
    other = unlike_published(ledgers, head, replace(checkpoint, root=bytes(32)))
    assert other
    assert "are not those of the checkpoint" in other.message


class Changed:
    """A ledger that somebody changed behind our back."""

    def __init__(self, desk: Desk, **said: Any) -> None:  # noqa: ANN401 - whatever is changed of a line
        self._ledgers, self._said = desk.maker.ledgers, said

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is as it was
        return getattr(self._ledgers, name)

    def leaves(self, ledger: str, start: int, until: int) -> list[bytes]:
        """The leaves, of which one was changed."""
        lines = enumerate(self._ledgers.lines(ledger))
        changed = [{**line, **self._said} if index == 4 else line for index, line in lines]
        return [entry.leaf() for entry in entries_of(changed)][start:until]


@pytest.mark.parametrize("said", [{"recorded": "2012-11-30T00:00:00Z"}, {"id": "0" * 64}])
@pytest.mark.parametrize("before", [True, False])
def test_what_is_not_consistent_is_not_published(said: dict[str, str], *, before: bool) -> None:
    desk = Desk()
    if before:
        desk.publish()
        desk.grow()
    changed = cast("Ledgers", Changed(desk, **said))
    publisher = Publisher(changed, desk.maker.keys, desk.kept, Proving(changed), lambda: TIME)
    found = publisher.publish(LEDGER)
    assert isinstance(found, Problem)
    assert found.code is Code.CHECKPOINT_INCONSISTENT
    assert sizes(desk) == [21] * before


def test_a_ledger_of_fewer_or_of_other_entries_is_not_published() -> None:
    desk, other = Desk(), Desk(maker=Maker(lines()[:10]))
    desk.grow()
    other.maker.keys = desk.maker.keys
    desk.publish()
    other.kept, other.left = desk.kept, lines()[10:]
    for more in (0, 11, 1):
        other.grow(more)
        found = other.publisher.publish(LEDGER)
        assert isinstance(found, Problem)
        assert found.code is Code.CHECKPOINT_INCONSISTENT
    assert sizes(desk) == [22]


def test_a_checkpoint_that_the_log_did_not_sign_is_not_gone_on_from() -> None:
    desk = Desk()
    desk.publish()
    last = desk.kept.last(LEDGER)
    assert last
    desk.kept = MemoryCheckpoints()
    desk.kept.keep(LEDGER, last._replace(note=last.note.replace(b"\n21\n", b"\n20\n")), None)
    found = desk.publisher.publish(LEDGER)
    assert isinstance(found, Problem)
    assert found.code is Code.CHECKPOINT_INCONSISTENT


class Hasty(MemoryCheckpoints):
    """Where somebody else publishes in between."""

    desk: Desk

    def keep(self, ledger: str, published: Published, last: Published | None) -> bool:
        """See `Checkpoints.keep`."""
        if last is None and not self.all(ledger):
            super().keep(ledger, published._replace(made="before"), None)
        return super().keep(ledger, published, last)


def test_whoever_was_overtaken_goes_on_from_what_is_there() -> None:
    desk = Desk(kept=Hasty())
    assert desk.publish().checkpoint.size == 21
    assert sizes(desk) == [21]


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
    desk, earlier = Desk(), Desk()
    one = desk.witness()
    before = "".join(made.line() for made in desk.ask(one).heard[0].cosignatures).encode()
    desk.grow()
    done = desk.publisher.ask(LEDGER, [asked(one)], lambda _url, _body: Reply(200, before))
    assert isinstance(done, Publication)
    assert done.heard[0].problem == "What it answers is no cosignature of this checkpoint."
    assert cosigners(done.said) == []
    assert sizes(earlier) == []


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
    from meterward.core.ledger.policy import Policy, read_policy  # noqa: PLC0415 - of this test alone

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
