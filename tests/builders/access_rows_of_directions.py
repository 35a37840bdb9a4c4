"""What each route of directions and requests answers to whom."""

from __future__ import annotations

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.web.directed import DIRECTED_KEEPERS
from meterward.wiring.example_store import LEDGER
from tests.builders.access_rows import PAGE, WRONG, Expected, Reach, Row

ELSEWHERE = Expected(404, 404, 404, 302)
"""A page of regulators: in a licensee's ledger it is not there."""
ELSEWHERE_TOLD = Expected(403, 403, 404, 302)
"""The same where a kind is appended that the licensee's people may not."""

OF_DIRECTIONS = (
    Row("GET", f"/{LEDGER}/directions", PAGE, kept_by=DIRECTED_KEEPERS),
    Row("GET", f"/{LEDGER}/directions/new", ELSEWHERE_TOLD, kept_by=REGULATOR_KEEPERS, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/directions/new", ELSEWHERE_TOLD, kept_by=REGULATOR_KEEPERS, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/directions/drafts/1", ELSEWHERE, kept_by=REGULATOR_KEEPERS),
    Row("POST", f"/{LEDGER}/directions/issue/1", ELSEWHERE, kept_by=REGULATOR_KEEPERS, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/directions/given/2", PAGE, kept_by=DIRECTED_KEEPERS),
    Row("GET", f"/{LEDGER}/directions/given/none", Expected(404, 404, 404, 302), kept_by=DIRECTED_KEEPERS),
    Row("GET", f"/{LEDGER}/requests", PAGE, kept_by=DIRECTED_KEEPERS),
    Row("GET", f"/{LEDGER}/requests/made/1", PAGE, kept_by=DIRECTED_KEEPERS),
    Row("POST", f"/{LEDGER}/requests/answer/1", WRONG, {"clause": "x"}, kept_by=DIRECTED_KEEPERS, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/receipts/{{record}}/{LEDGER}", PAGE, reach=Reach.RECORD, everywhere=True),
    Row(
        "GET",
        f"/{LEDGER}/receipts/{{record}}/authority",
        Expected(404, 404, 404, 302),
        reach=Reach.RECORD,
        everywhere=True,
    ),
)
