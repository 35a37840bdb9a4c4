"""A home that may not be looked into is said, and is no fault of Meterward."""

from __future__ import annotations

from errno import EACCES
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.wiring import serving
from meterward.wiring.store import within

if TYPE_CHECKING:
    from collections.abc import Callable

AT = "http://localhost:8000"


def closed(*_: object, **__: object) -> None:
    """What Python does of a folder that belongs to somebody else; the tests may be run by who may see everything."""
    raise PermissionError(EACCES, strerror(EACCES))


@pytest.mark.parametrize(
    "turn",
    [
        lambda home: serving.cannot_serve(home, "localhost", 8000, example=False),
        lambda home: serving.make_example(home, AT),
        lambda home: within(home, lambda _: None),
    ],
    ids=("serve", "example", "command"),
)
def test_a_home_that_may_not_be_looked_into(
    turn: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", closed)
        found = turn(tmp_path)
    assert isinstance(found, Problem)
    assert found.code is Code.STORE_UNAVAILABLE
    assert found.message == f"The store in “{tmp_path}” cannot be used: Permission denied."
    assert list(tmp_path.iterdir()) == []
