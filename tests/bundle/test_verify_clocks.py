"""What the clock of a ledger said beside its tokens: an instant that does not agree with them is told as unusual."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.stamps import Stamp
from meterward.usecases.verify_time import Trusted
from tests.builders.authorities import Authority, as_of
from tests.builders.bundles import DAY, Maker
from tests.builders.stamped import LATER, clock, incident, stamp, time_of, verified

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def test_a_clock_that_is_behind_is_unusual(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    done = stamp(by, authority, tokens)
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert found.holds
    (item,) = time_of(found).items
    assert item.startswith(f"entry {done.place + 1}: said to be recorded at {DAY}T12:00:00Z or earlier, and not there")
    assert "does not agree" in time_of(found).says


def test_a_clock_that_is_ahead_is_unusual(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    clock(by, LATER)
    by.append([incident(1)])
    by.append([incident(2)])
    stamp(by, authority, tokens)
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert found.holds
    (item,) = time_of(found).items
    assert item.startswith(f"entries 26 to 27: said to be recorded at {LATER} or later, and there by ")


def test_tokens_whose_instants_run_backwards_are_told(
    by: Maker, authority: Authority, tokens: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(by, LATER)
    first = stamp(by, authority, tokens)
    usual = authority.reply
    monkeypatch.setattr(
        authority, "reply", lambda request: authority.signed(as_of(YESTERDAY, usual(request)), "-cades")
    )
    back = stamp(by, authority, tokens)
    found = verified(by, by.bundle(), Trusted(authority.roots))
    assert found.holds
    assert [one for one in time_of(found).items if "its token" in one] == [
        f"entry {back.place + 1}: its token says {back.stamp.instant}, and an earlier one {first.stamp.instant}"
    ]


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:20Z", "9999-12-31T23:59:40Z"])
def test_an_instant_at_the_end_of_all_years_is_an_instant(
    instant: str, by: Maker, authority: Authority, tokens: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(by, authority, tokens)
    stamp(by, authority, tokens)
    said = Stamp(instant, "Time-co")
    monkeypatch.setattr("meterward.usecases.verify_time._stamp", lambda *_: said)
    found = time_of(verified(by, by.bundle(), Trusted(authority.roots)))
    assert found.outcome is Outcome.PASSED
    assert found.items


def test_a_clock_that_agrees_is_not_unusual(by: Maker, authority: Authority, tokens: dict[str, bytes]) -> None:
    clock(by, LATER)
    stamp(by, authority, tokens)
    assert time_of(verified(by, by.bundle(), Trusted(authority.roots))).items == []
