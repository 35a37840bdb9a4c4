"""What a receipt confirms of the records that are here: what is new, what was known, and what is not here at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.usecases.deliver_records import Confirming, Receipt, confirmed_here
from tests.builders.stories import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.record import Record

LOST = "ee" * 32


def direction(number: int) -> dict[str, Any]:
    return {
        "kind": "direction.issued",
        "on": date(2013, 10, number),
        "subject": f"direction/{number}",
        "facts": {
            "issuers": ["authority"],
            "addressees": ["northlight"],
            "purposes": ["mitigate"],
            "requirements": [{"name": "refrain-1", "act": "refrain"}],
        },
    }


STORY = (direction(1), direction(2))
ONE, TWO = (one.id.hex() for one in told(*STORY)[-2:])


def confirmation(by: str, record: str) -> dict[str, Any]:
    return {
        "kind": "delivery.confirmed",
        "on": date(2013, 10, 5),
        "label": "confirmed",
        "facts": {
            "by": by,
            "log": "a-log",
            "size": 9,
            "root": "cd" * 32,
            "records": [{"record": record, "entry": 7}],
        },
        "files": ["proofs.json"],
    }


WITHDRAWN = {
    "kind": "record.withdrawn",
    "on": date(2013, 10, 6),
    "withdraws": "confirmed",
    "facts": {"because": "duplicate"},
}


def of(entries: Mapping[str, int], *more: dict[str, Any]) -> Confirming | Problem:
    records: list[Record[Any]] = told(*STORY, *more)
    return confirmed_here(records, Receipt("authority", "a-log", 9, "cd" * 32, entries))


def test_what_is_here_is_confirmed_and_the_rest_is_told() -> None:
    assert of({ONE: 7, TWO: 8}) == Confirming({ONE: 7, TWO: 8}, 0, {}, 0)
    assert of({ONE: 7, LOST: 8}) == Confirming({ONE: 7}, 0, {LOST: 8}, 0)


def test_what_was_confirmed_by_the_same_before_is_no_news() -> None:
    before = confirmation("authority", ONE)
    assert of({ONE: 7, TWO: 8, LOST: 9}, before) == Confirming({TWO: 8}, 1, {LOST: 9}, 1)
    assert of({ONE: 7, LOST: 9}, before) == Confirming({}, 1, {LOST: 9}, 1)
    assert of({ONE: 7}, confirmation("department", ONE)) == Confirming({ONE: 7}, 0, {}, 1)


def test_a_confirmation_that_was_taken_back_confirms_nothing() -> None:
    assert of({ONE: 7}, confirmation("authority", ONE), WITHDRAWN) == Confirming({ONE: 7}, 0, {}, 1)


def test_a_receipt_of_which_nothing_is_here_is_refused() -> None:
    found = of({LOST: 8})
    assert isinstance(found, Problem)
    assert found.code is Code.RECORD_UNKNOWN
    assert "an older copy of this ledger" in found.hint
