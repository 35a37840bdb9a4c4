"""What the tests of time stamps need: an authority, a ledger to be stamped, and the tokens that came."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meterward.wiring import example
from tests.builders import bundles
from tests.builders.authorities import Authority
from tests.builders.bundles import DAY, Maker


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority in order."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def by() -> Maker:
    """A ledger whose clock says what it may: what is appended from here on is recorded later than any token."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in example("northlight", DAY).splitlines()[:24]]
    return Maker([{name: part for name, part in line.items() if name != "id"} for line in lines])


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that can be attached, by digest."""
    found: dict[str, bytes] = {}
    monkeypatch.setattr(bundles, "_content", lambda digest: [found[digest]] if digest in found else None)
    return found
