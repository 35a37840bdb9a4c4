"""What the access matrix is made of: a request, the status for each who may come, and the rows of the API."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.web.views.bringing import DESKS
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import incident

NOTHING = b"%PDF-1.7 nothing much"


class Expected(NamedTuple):
    """The status for each."""

    owner: int
    colleague: int
    stranger: int
    nobody: int


class Reach(Enum):
    """Who comes to an address of a ledger, in words; `tests/access/test_roles.py` says which roles these are."""

    POSITION = "who reads the position"
    RECORD = "who reads one record"
    INSIDE = "who reads everything"
    WRITER = "who appends; of a kind that the address names, those who append that kind"
    SENDER = "who sends records to the API"
    MANAGER = "who sees who read what"
    INVITER = "who invites people of their organisation"
    ROLE = "whoever has a role"
    OWNER = "whose it is"


class Row(NamedTuple):
    """A request, and what comes of it.

    A new page of a licensee's ledger is one line: `Row("GET", f"/{LEDGER}/page", PAGE)`, with `reach` if not everybody
    inside comes there or others do too, and `everywhere` if ledgers of auditors and regulators have it as well.
    """

    method: str
    address: str
    expected: Expected
    said: Any = None
    """What is sent: fields of a form, JSON, or bytes."""
    reads: int = 0
    """For the API: the status with a token to read alone, and with one to append alone."""
    appends: int = 0
    reach: Reach = Reach.INSIDE
    everywhere: bool = False
    kept_by: tuple[Keeper, ...] = ()
    """In whose ledgers it is, where that is neither a licensee's alone nor everybody's."""


NOT_STAMPED = Expected(404, 404, 404, 401)
EVERYBODY = Expected(200, 200, 200, 200)
PAGE = Expected(200, 200, 404, 302)
"""A page of a ledger: nobody is sent to sign in, a stranger learns nothing."""
OWN = Expected(200, 404, 404, 302)
"""A page of the owner's alone: to colleagues, too, it looks as if it were not there."""
ANSWER = Expected(200, 200, 404, 401)
MADE = Expected(201, 403, 404, 401)
"""What is said in the owner's name."""
ELSEWHERE = Expected(404, 404, 404, 302)
"""A page that is not there in the ledger of a licensee, or that nobody of a licensee has a role for."""
WRONG = Expected(422, 422, 404, 302)
"""A form that is sent empty comes back to whoever may send it."""

AUDITORS = (Keeper.AUDITOR,)
AUDITED = (Keeper.LICENSEE, *AUDITORS)
NOT_HERE = Expected(404, 404, 404, 302)
"""What is there in the ledgers of others alone."""
OF_IMPORTS = (
    Row("GET", f"/{LEDGER}/system/import", PAGE, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/system/import", WRONG, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/system/import/{{importing}}", OWN, reach=Reach.OWNER),
    Row(
        "POST",
        f"/{LEDGER}/system/import/{{importing}}",
        Expected(302, 404, 404, 302),
        {"do": "read"},
        reach=Reach.OWNER,
    ),
    Row("GET", f"/{LEDGER}/risks/import", PAGE, reach=Reach.WRITER),
    Row("POST", f"/{LEDGER}/risks/import", WRONG, reach=Reach.WRITER),
    Row("GET", f"/{LEDGER}/risks/import/{{register}}", Expected(422, 404, 404, 302), reach=Reach.OWNER),
    Row(
        "POST", f"/{LEDGER}/risks/import/{{register}}", Expected(302, 404, 404, 302), {"do": "read"}, reach=Reach.OWNER
    ),
)
"""What is imported in the browser."""
OF_AUDITS = (
    Row("GET", f"/{LEDGER}/audits", PAGE, kept_by=AUDITED),
    Row("GET", f"/{LEDGER}/audits/{LEDGER}/2", NOT_HERE, kept_by=AUDITED),
    Row("GET", f"/{LEDGER}/auditing/draw/{LEDGER}/2", NOT_HERE, kept_by=AUDITORS),
    Row("POST", f"/{LEDGER}/auditing/drawn/{LEDGER}/2", Expected(403, 403, 404, 302), kept_by=AUDITORS),
    Row("GET", f"/{LEDGER}/auditing/samples/1", NOT_HERE, kept_by=AUDITORS),
    Row("POST", f"/{LEDGER}/auditing/compose/{LEDGER}/2", Expected(404, 403, 404, 302), kept_by=AUDITORS),
)
OF_API = (
    Row("GET", "/api/v1/openapi.json", EVERYBODY, reads=200, appends=200),
    Row("GET", "/api/v1/nothing", Expected(404, 404, 404, 404), reads=404, appends=404),
    Row("GET", "/api/v1/ledgers", Expected(200, 200, 200, 401), reads=200, appends=403),
    Row("GET", "/api/v1/kinds", Expected(200, 200, 200, 401), reads=200, appends=200),
    Row("GET", "/api/v1/kinds/policy.issued", Expected(200, 200, 200, 401), reads=200, appends=200),
    Row("GET", f"/api/v1/{LEDGER}/position", ANSWER, reads=200, appends=403, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/clauses/Z.14", ANSWER, reads=200, appends=403, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/deadlines", ANSWER, reads=200, appends=403, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/changes", ANSWER, reads=200, appends=403, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/receipt", ANSWER, reads=200, appends=403, reach=Reach.POSITION, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/records", ANSWER, reads=200, appends=403, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/records/0", ANSWER, reads=200, appends=403, reach=Reach.RECORD, everywhere=True),
    Row(
        "GET", f"/api/v1/{LEDGER}/records/0/proof", ANSWER, reads=200, appends=403, reach=Reach.RECORD, everywhere=True
    ),
    Row(
        "GET",
        f"/api/v1/{LEDGER}/records/0/statement",
        ANSWER,
        reads=200,
        appends=403,
        reach=Reach.RECORD,
        everywhere=True,
    ),
    Row(
        "GET",
        f"/api/v1/{LEDGER}/records/0/time-stamp",
        NOT_STAMPED,
        reads=404,
        appends=403,
        reach=Reach.RECORD,
        everywhere=True,
    ),
    Row(
        "GET",
        f"/api/v1/{LEDGER}/records/0/stamped-checkpoint",
        NOT_STAMPED,
        reads=404,
        appends=403,
        reach=Reach.RECORD,
        everywhere=True,
    ),
    Row("GET", f"/api/v1/{LEDGER}/log/checkpoint", ANSWER, reads=200, appends=403, everywhere=True),
    Row("GET", f"/api/v1/{LEDGER}/log/tile/entries/000", ANSWER, reads=200, appends=403, everywhere=True),
    Row(
        "POST",
        f"/api/v1/{LEDGER}/records",
        MADE,
        incident(),
        reads=403,
        appends=201,
        reach=Reach.SENDER,
        everywhere=True,
    ),
    Row(
        "POST",
        f"/api/v1/{LEDGER}/records/preview",
        Expected(200, 403, 404, 401),
        incident(),
        reads=200,
        appends=403,
        everywhere=True,
    ),
    Row(
        "POST",
        f"/api/v1/{LEDGER}/files",
        Expected(201, 201, 404, 401),
        NOTHING,
        reads=403,
        appends=201,
        reach=Reach.SENDER,
        everywhere=True,
    ),
    Row(
        "GET", f"/api/v1/{LEDGER}/files/{{digest}}", ANSWER, reads=200, appends=403, reach=Reach.RECORD, everywhere=True
    ),
)

OF_DESK = (
    Row("GET", f"/{LEDGER}/cases", ELSEWHERE, kept_by=REGULATOR_KEEPERS),
    Row("GET", f"/{LEDGER}/licensees/{LEDGER}", ELSEWHERE, kept_by=REGULATOR_KEEPERS),
    Row("GET", f"/{LEDGER}/bundles", Expected(403, 403, 404, 302), reach=Reach.WRITER, kept_by=DESKS),
    Row("POST", f"/{LEDGER}/bundles", Expected(403, 403, 404, 302), reach=Reach.WRITER, kept_by=DESKS),
)
"""A regulator's desk is nowhere but in a regulator's ledger; bundles are taken in by auditors too."""
