"""The list of what does not match, and the entry in the ledger: both, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.usecases.append_record import Appended
from meterward.usecases.ports.tables import Tables
from meterward.wiring import covering
from tests.builders.premises import Device, Spell, day, write_both

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = [Problem(Code.STORE_FULL, "The store is full.", "Make room.")]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Premises without a meter."""
    paths = write_both(tmp_path, [Spell("P1", "gas", day(1))], [Device("P2", "D1", "gas", "live", day(1))])
    return Tables(*paths, as_at=day(5), fuels=("gas",), unmatched=True)


def covered(tables: Tables, out: Path, done: Appended | list[Problem] | BaseException) -> Any:  # noqa: ANN401 - what comes of it is what is asked
    """What comes of a comparison after which appending ends in some way."""

    def then(_: object) -> Appended | list[Problem]:
        assert not out.exists()
        if isinstance(done, BaseException):
            raise done
        return done

    return covering._cover(tables, out, lambda _what, _share: None, then)  # noqa: SLF001 - the one step between both


def test_an_append_that_is_refused_leaves_no_list(tables: Tables, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert covered(tables, tmp_path / "out.csv", REFUSED) == REFUSED
    assert sorted(tmp_path.iterdir()) == before


def test_so_does_one_that_is_stopped(tables: Tables, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        covered(tables, tmp_path / "out.csv", KeyboardInterrupt())
    assert sorted(tmp_path.iterdir()) == before


def test_after_the_append_the_list_is_there(tables: Tables, tmp_path: Path) -> None:
    done = covered(tables, tmp_path / "out.csv", Appended(41, 1))
    assert done.entry == 42
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == [
        "no_metering_system,gas,P1,",
        "supplies_nobody,gas,P2,D1",
    ]
