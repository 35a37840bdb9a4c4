"""What was carried through signing in becomes a draft of whoever signed in, if it can be theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from meterward.core.access import Action, Subject, may
from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.web.carrying import WRITING
from meterward.web.forms import typed as reading
from meterward.web.forms.desk import duty_named
from meterward.wiring import drafting
from meterward.wiring.gating import Who, caller_of
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from meterward.usecases.ports import DraftKept, PersonKept


def resume(kept: str, sign_in: str) -> str:
    """Make what was carried a draft of whoever signed in: where it is written; empty if it cannot be theirs."""
    try:
        found = json.loads(kept)
        path, pairs = str(found["path"]), [(str(name), [str(one) for one in values]) for name, values in found["pairs"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    place, person = WRITING.fullmatch(path), installation().people.get(sign_in)
    before = _draft(person, **place.groupdict()) if place and person else None
    if before is None:
        return ""
    supplied = duty_named(str(found.get("supplies", "")))
    typed = reading.from_form(all_kinds()[before.kind], pairs)
    failed = isinstance(drafting.keep(before, typed, supplied.id if supplied else ""), Problem)
    return "" if failed else f"{path}?{urlencode({'resumed': 1})}"


def _draft(person: PersonKept, ledger: str, kind: str, draft: str) -> DraftKept | None:
    """The draft that an address names, or a new one under its id, if the person may write it."""
    kept, declared = installation().drafts.get(draft), all_kinds().get(kind)
    if declared is None or (kept and (kept.ledger, kept.kind) != (ledger, kind)):
        return None
    # Writing is no act yet: whoever lacks a second factor is asked for it when they open the draft.
    caller = replace(caller_of(installation(), Who(person), installation().ledgers.head(ledger)), strong=True)
    owner = kept.owner if kept else person
    subject = Subject(ledger, declared, (owner.pseudonym, owner.organisation))
    if not may(caller, Action.DRAFT, subject).allowed or drafting.appended_as(ledger, draft):
        return None
    return kept or drafting.new(ledger, kind, draft, person)
