"""The first key of a ledger is introduced once, also where two processes come to it at the same time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.kinds import key_introduced
from meterward.usecases.append_record import Appended
from meterward.usecases.introduce_key import key_line
from meterward.wiring import appending, entering
from meterward.wiring.installed import installation
from tests.builders.kept import LEDGER, append, incident, opening

if TYPE_CHECKING:
    from pathlib import Path


DAY = date(2013, 4, 8)


@pytest.fixture
def opened(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """An installation with a ledger that tells of no key yet."""
    installation().ledgers.open(LEDGER)
    assert append(installation().ledgers, LEDGER, opening(DAY)) == Appended(0, 1)


@pytest.mark.usefixtures("opened")
def test_who_comes_second_goes_on_with_the_key_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one introduces it after this one saw that there is none, and before this one says its name."""

    def late(*said: Any) -> Any:  # noqa: ANN401 - handed on as it is
        monkeypatch.setattr(entering, "key_line", key_line)
        assert entering.introduce_first_key(LEDGER) is None
        return key_line(*said)

    monkeypatch.setattr(entering, "key_line", late)
    line = {name: part for name, part in incident(1, DAY).items() if name not in ("id", "recorded")}
    assert appending.append(LEDGER, [line]) == Appended(2, 1)
    introduced = list(installation().ledgers.records_of(LEDGER, [key_introduced.KIND.name]))
    assert [one.index for one in introduced] == [1]
