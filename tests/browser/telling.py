"""Tells the ledger of an example home more: `python -m tests.browser.telling HOME STORY`, a process of its own."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date


def main(home: Path, story: str) -> None:
    """Tell one of the stories as of today."""
    os.environ |= {
        "METERWARD_HOME": str(home),
        "METERWARD_EXAMPLE": "1",
        "DJANGO_SETTINGS_MODULE": "meterward.settings",
    }
    import django  # noqa: PLC0415 - settings are read once, from what was set above

    django.setup()
    from meterward.wiring import today  # noqa: PLC0415 - Django must be set up

    STORIES[story](today())


def system(day: date) -> None:
    """A whole system, with its coverage, contracts and roll-out."""
    from tests.builders.surveys import tell_surveys  # noqa: PLC0415 - Django must be set up
    from tests.builders.systems import describe_system  # noqa: PLC0415 - the same

    describe_system(day - timedelta(390), day - timedelta(390))
    tell_surveys(day)


def risks(day: date) -> None:
    """A register with risks of every standing."""
    from tests.builders.risk_lines import tell_risks  # noqa: PLC0415 - Django must be set up

    tell_risks(day)


def work(day: date) -> None:
    """A register that was assessed, and three incidents since."""
    from meterward.wiring.appending import append  # noqa: PLC0415 - Django must be set up
    from meterward.wiring.example_store import LEDGER  # noqa: PLC0415 - the same
    from tests.builders.risk_lines import incidents, work_risks  # noqa: PLC0415 - the same
    from tests.builders.systems import describe_system  # noqa: PLC0415 - the same

    describe_system(day - timedelta(390), day - timedelta(390))
    work_risks(day)
    assert not isinstance(append(LEDGER, incidents(day, "x-1", "x-2", "x-3")), list)


STORIES: Mapping[str, Callable[[date], None]] = {"system": system, "risks": risks, "work": work}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
