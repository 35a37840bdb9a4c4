"""What tests of several adapters need: a place to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an archive is to be."""
    return tmp_path / "bundle.tar"
