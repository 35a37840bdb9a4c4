"""A preview says exactly what an append then changes, in the same words where it is refused, and leaves no trace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.present.differences import Change, differences
from meterward.present.position_json import position_json
from meterward.usecases.append_record import Appended
from meterward.wiring.answering import Answering
from meterward.wiring.appending import Preview, append, preview
from tests.builders.answers import AS_AT, LEDGER, Kept, afresh, in_use, question, unsaid
from tests.builders.ledgers import ledgers, rich_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meterward.core.base.canonical import Json
    from meterward.present.answer import Question
    from tests.builders.scribe import Scribe


def _asked(answering: Answering, asked: Question) -> dict[str, Any]:
    """What this process works out, though it may have kept an answer."""
    found = answering.ask(asked, position_json)
    assert isinstance(found, dict), found
    return found


def _size(store: Kept) -> int:
    head = store.ledgers.head(LEDGER)
    return head.size if head else 0


def _preview_and_append(store: Kept, answering: Answering, line: Mapping[str, Json], asked: Question) -> list[Change]:
    size = _size(store)
    before = _asked(answering, asked)
    shown = preview(LEDGER, line, asked)
    assert _size(store) == size
    assert _asked(answering, asked) == before
    done = append(LEDGER, [line])
    if isinstance(done, list):
        assert shown == done
        return []
    assert isinstance(shown, Preview)
    assert [one["id"] for one in store.ledgers.lines(LEDGER, size)] == [shown.id]
    after = afresh(store, asked)
    assert shown.changes == differences(before, after)
    assert _asked(answering, asked) == after
    return shown.changes


def _tell(scribe: Scribe, look: Callable[[int], bool], as_at: date) -> tuple[list[Change], int]:
    """Append a story line by line, look at some before; what changed, and how many lines were refused."""
    store, changes, refused = Kept(), list[Change](), 0
    answering = Answering(store)
    with in_use(store, answering):
        for place, line in enumerate(scribe.lines):
            store.clock.instant = str(line["recorded"])
            said = unsaid(line)
            if place and look(place):
                changes += _preview_and_append(store, answering, said, question(as_at))
            else:
                refused += not isinstance(append(LEDGER, [said]), Appended)
    return changes, refused


@settings(max_examples=15)
@given(ledgers(), st.integers(2, 7), st.sampled_from((AS_AT, date(2013, 9, 1), date(2014, 6, 1))))
def test_a_preview_says_what_the_append_then_changes_and_leaves_no_trace(
    scribe: Scribe, every: int, as_at: date
) -> None:
    _tell(scribe, lambda place: not place % every, as_at)


def test_much_changes_in_a_rich_ledger_and_some_lines_are_refused() -> None:
    changes, refused = _tell(rich_ledger(3, "policy"), lambda place: place > 20, AS_AT)
    assert len({(change.before, change.after) for change in changes}) > 5
    assert any(change.records for change in changes)
    assert refused + _tell(rich_ledger(5, "everything"), lambda _: False, AS_AT)[1]


def test_the_first_record_of_a_ledger_changes_nothing_that_anybody_could_see() -> None:
    store, line = Kept(), rich_ledger(3).lines[0]
    with in_use(store, Answering(store)):
        store.clock.instant = str(line["recorded"])
        shown = preview(LEDGER, unsaid(line), question())
        assert isinstance(shown, Preview)
        assert shown == Preview([], shown.id)
        assert isinstance(append(LEDGER, [unsaid(line)]), Appended)
        assert [one["id"] for one in store.ledgers.lines(LEDGER, 0, 1)] == [shown.id]
