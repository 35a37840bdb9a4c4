"""The clock gives the day in London and an instant as a ledger writes it; salts are fresh; files are written whole."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest

from meterward.adapters import clock
from meterward.adapters.files import write_whole
from meterward.adapters.salts import fresh_salt
from meterward.core.base.days import london_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 30, 23, 30, tzinfo=UTC), date(2026, 12, 30)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_today_is_a_day_in_london(instant: datetime, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Stopped:
            return cls.fromtimestamp(instant.timestamp(), tz)

    monkeypatch.setattr(clock, "datetime", Stopped)
    assert clock.today() == day
    assert london_day(clock.now()) == day
    assert clock.now() == instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_salts_are_sixteen_fresh_bytes() -> None:
    salts = {fresh_salt() for _ in range(100)}
    assert len(salts) == 100
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}


def test_a_file_is_written_with_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        assert write_whole(tmp_path / "b.txt", "text\n") == ""
    finally:
        os.umask(old)
    assert (tmp_path / "b.txt").read_bytes() == b"text\n"
    assert stat.S_IMODE((tmp_path / "b.txt").stat().st_mode) == 0o640


def test_a_file_is_replaced_or_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.txt"
    path.write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert write_whole(path, "after") == "No space left on device"
    assert path.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["b.txt"]
    monkeypatch.undo()
    assert write_whole(path, "after") == ""
    assert path.read_text(encoding="utf-8") == "after"


def test_what_is_no_plain_file_is_written_to_as_it_stands() -> None:
    assert write_whole(Path("/dev/null"), "text") == ""
    assert not Path("/dev/null").is_file()
