"""Where a store is, by what is set and what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meterward.adapters import home


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (home.HOME, home.DATABASE, home.EXAMPLE_MODE, home.HTTPS):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_a_home_is_named_or_the_usual_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home.usual_home() == tmp_path / ".local" / "share" / "meterward"
    monkeypatch.setenv(home.HOME, "")
    assert home.usual_home() == tmp_path / ".local" / "share" / "meterward"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(home.HOME, "store")
    assert home.usual_home() == tmp_path / "store"


def test_a_database_is_elsewhere_if_one_is_named_but_never_that_of_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not home.is_elsewhere()
    monkeypatch.setenv(home.DATABASE, "postgres://database/meterward")
    assert home.is_elsewhere()
    home.turn_to_home(Path("example"), example=True)
    assert not home.is_elsewhere()
    assert os.environ[home.HOME] == str(Path("example").absolute())


def test_room_is_found_where_a_home_would_be(tmp_path: Path) -> None:
    assert home.free_space(tmp_path / "not" / "there") == pytest.approx(home.free_space(tmp_path), rel=0.01)


def test_https_is_said_by_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not home.is_behind_https()
    monkeypatch.setenv(home.HTTPS, "1")
    assert home.is_behind_https()
