"""The page of what a record is a part of: an audit, a direction or its draft, a case, a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from django.utils.http import urlencode

from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper

if TYPE_CHECKING:
    from meterward.core.records.record import Record


class Whole(NamedTuple):
    """Where it lies, and what a button that leads there says."""

    address: str
    says: str


def whole_of(keeper: Keeper, ledger: str, record: Record[Any]) -> Whole | None:
    """What a record of a ledger is a part of, if that has a page there."""
    space, _, name = _named(record).partition("/")
    kept, regulator = quote(name, safe="/()"), keeper in REGULATOR_KEEPERS
    about = f"?{urlencode({'about': record.about})}" if record.about != ledger else ""
    if space == "audit" and keeper in (Keeper.LICENSEE, Keeper.AUDITOR):
        of = f"{quote(record.about)}/" if keeper is Keeper.AUDITOR else ""
        return Whole(f"/{ledger}/audits/{of}{kept}", "To the audit")
    if space == "direction" and (regulator or keeper is Keeper.LICENSEE):
        return Whole(f"/{ledger}/directions/given/{kept}{about}", "To the direction")
    if space == "request" and (regulator or keeper is Keeper.LICENSEE):
        return Whole(f"/{ledger}/requests/made/{kept}{about}", "To the request")
    if space == "draft" and regulator:
        return Whole(f"/{ledger}/directions/drafts/{kept}", "To the draft")
    return None


def _named(record: Record[Any]) -> str:
    """The audit that a record says it is for, or else what it is about."""
    return getattr(record.facts, "audit", None) or record.subject
