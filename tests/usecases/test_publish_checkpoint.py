"""A checkpoint is published that follows from the last one and from the entries, or none is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from meterward.adapters.in_memory.checkpoints import MemoryCheckpoints
from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Verdict, attested
from meterward.usecases.list_entries import entries_of
from meterward.usecases.name_log import log_keys
from meterward.usecases.ports import Published
from meterward.usecases.prove_record import Proving
from meterward.usecases.publish_checkpoint import HandedOn, Publisher, unlike_published
from tests.builders.bundles import Maker
from tests.builders.publishing import LEDGER, Desk, lines, sizes
from tests.builders.witnesses import TIME

if TYPE_CHECKING:
    from meterward.usecases.ports import Ledgers


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
