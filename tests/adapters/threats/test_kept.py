"""What threats came to, kept as JSON: the same comes back."""

from __future__ import annotations

import json
from datetime import date

from meterward.adapters.threats.kept import Kept, read, written
from meterward.core.risk.techniques import Beside, Considered
from meterward.usecases.match_threats import Compared, Found
from meterward.usecases.ports.threats import Intelligence

EXPLOITED = True
FOUND = Found(
    "match/A-1/e",
    "A-1",
    "Title",
    "element/e",
    "b 1",
    "cpe",
    "likely",
    ("CVE-1",),
    EXPLOITED,
    "open",
    ("risk/R1", "risk/R2"),
)
BESIDE = Beside("T1", "Name", "revoked", "T2", ("risk/R1",), ("flood",))


def test_what_is_kept_comes_back_as_it_was() -> None:
    csaf = Intelligence("csaf", "ab" * 32, 2, notes=("One.",), listed="ab  a.json\n")
    attack = Intelligence("attack", "cd" * 32, 3, file="/given/ics.json")
    day = date(2026, 1, 2)
    kept = Kept(
        "n",
        7,
        (Compared(csaf, day, 5, (FOUND,)), Compared(attack, day, 5, (), Considered((BESIDE,), (), (BESIDE, BESIDE)))),
        1,
    )
    assert read(json.loads(json.dumps(written(kept)))) == kept
