"""What is looked up of records is held no longer than the ledgers that a process follows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.usecases.follow_ledger import Followed
from meterward.usecases.show_record import Ties
from meterward.wiring import looking
from tests.builders.kept import restore
from tests.builders.ledgers import rich_ledger

if TYPE_CHECKING:
    import pytest


def test_what_was_tied_goes_with_the_ledger_that_is_followed_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    ledgers = MemoryLedgers(lambda: "2016-01-01T00:00:00Z")
    for name in ("one", "other"):
        ledgers.open(name)
        restore(ledgers, name, rich_ledger(1, "policy", 30).lines)
    followed = Followed(ledgers, most=1)
    monkeypatch.setattr(looking, "installation", lambda: SimpleNamespace(followed=followed, follow=followed.follow))
    looking._tied.cache_clear()  # noqa: SLF001 - what other tests tied
    first = followed.follow("one")
    ties = looking.ties_of("one")
    assert isinstance(ties, Ties)
    assert ties.records
    assert looking.ties_of("one") is ties
    assert isinstance(looking.ties_of("other"), Ties)
    assert not followed.is_held(first)
    assert list(looking._tied().ties) == ["other"]  # noqa: SLF001 - nobody else can see what is held
    looking._tied.cache_clear()  # noqa: SLF001 - nothing of this for other tests
