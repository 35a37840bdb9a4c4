"""A legal day is the same on every machine, whatever time zones its system has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import resources
from typing import TYPE_CHECKING

from meterward.core.base.days import london_day

if TYPE_CHECKING:
    from pathlib import Path

SUMMER_NIGHT = "2013-07-01T23:30:00Z"


def test_a_summer_night_is_the_next_day_in_london() -> None:
    assert str(london_day(SUMMER_NIGHT)) == "2013-07-02"


def test_the_zones_of_the_system_decide_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "Europe" / "London"
    wrong.parent.mkdir()
    with resources.as_file(resources.files("tzdata.zoneinfo.America").joinpath("New_York")) as elsewhere:
        shutil.copy(elsewhere, wrong)
    program = f"from meterward.core.base.days import london_day; print(london_day({SUMMER_NIGHT!r}))"
    surroundings = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "2013-07-02"
