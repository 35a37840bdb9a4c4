"""A disk that is full is said; what the process holds is what is on the disk; with room made, it goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.failures.kills import checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.failures.forking import Nursery
    from tests.failures.kills import Campaign

LIMIT = 100_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of four megabytes, where one may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def filled(forks: Nursery, home: Path, limit: int) -> list[str]:
    """Fill the disk of a home, and free it; the codes of what was said meanwhile."""
    found = forks.fork("filling", home, limit=limit).result()
    assert found["here"] == found["there"] == found["next"], found
    assert "Nothing was appended" in found["said"][0] or "is not known" in found["said"][0]
    checked(forks, home, more=2_000_000)
    codes: list[str] = found["codes"]
    return codes


def test_no_file_may_grow(campaign: Campaign, forks: Nursery, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(campaign.begun(), home)
    assert filled(forks, home, LIMIT) in (["store.full"], ["store.unavailable"])


def test_the_disk_is_full(campaign: Campaign, forks: Nursery, small: Path | None, tmp_path: Path) -> None:
    home = (small or tmp_path) / "home"
    shutil.copytree(campaign.begun(), home)
    if small:
        (home / "ballast").write_bytes(bytes(shutil.disk_usage(home).free - LIMIT))
    codes = filled(forks, home, 0 if small else LIMIT)
    assert codes == ["store.full"] or not small
