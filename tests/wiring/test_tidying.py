"""What a kill left beside keys and checkpoints is tidied up after a day, and nothing else there is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from meterward.adapters.home import CHECKPOINTS, KEYS
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.tidying import tidy_now

STRAYS = (f".secret.{'0' * 16}", f".statements-northlight-1.pem.{'a1' * 8}", f".{LEDGER}.{'b' * 16}")
OTHERS = ("statements-northlight-9.pem", f".secret.{'0' * 15}", f".secret.{'z' * 16}", f"secret.{'0' * 16}", ".profile")


@pytest.fixture(params=[KEYS, CHECKPOINTS])
def folder(request: pytest.FixtureRequest, example_store: object) -> Path:  # noqa: ARG001 - it is in use
    """A folder of the home, with a key that is in use."""
    store = installation()
    store.keys.of_log(LEDGER)
    found = Path(settings.HOME) / str(request.param)
    found.mkdir(exist_ok=True)
    return found


def test_what_broke_off_goes_after_a_day_and_all_else_stays(folder: Path) -> None:
    usual = {path.name for path in folder.iterdir()}
    for name in (*STRAYS, *OTHERS):
        (folder / name).write_bytes(b"half")
    assert tidy_now(installation()).strays == 0
    for name in (*STRAYS, *OTHERS):
        os.utime(folder / name, (0, 0))
    assert tidy_now(installation(), dry=True).strays == len(STRAYS)
    assert {path.name for path in folder.iterdir()} == usual | {*STRAYS, *OTHERS}
    assert tidy_now(installation()).strays == len(STRAYS)
    assert {path.name for path in folder.iterdir()} == usual | {*OTHERS}


def test_a_secret_that_was_named_and_not_yet_parted_from_its_first_name_stays(folder: Path) -> None:
    (folder / "there").write_bytes(b"named")
    stray = folder / STRAYS[0]
    stray.hardlink_to(folder / "there")
    os.utime(stray, (0, 0))
    assert tidy_now(installation()).strays == 1
    assert (folder / "there").read_bytes() == b"named"
    assert not stray.exists()
