"""What every page of audits begins with: the moment, what the ledger says of audits, and forms with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.http import urlencode

from meterward.core.access import HIDDEN
from meterward.core.assurance.doubts import doubts, standing_checked
from meterward.core.assurance.engagement import Audit, audit_named
from meterward.core.assurance.progress import Side, owed
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import Keeper
from meterward.present import audit_words
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.wiring.auditing import Shelf, shelf_of
from meterward.wiring.gating import caller_in
from meterward.wiring.risk_charting import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.core.assurance.progress import Owed


class Held(NamedTuple):
    """What a ledger says of audits, and the moment that it is of."""

    ledger: str
    moment: Moment
    shelf: Shelf


class Meant(NamedTuple):
    """The audit that an address means."""

    held: Held
    audit: Audit


class Forms(NamedTuple):
    """The addresses of forms with what is known filled in. In another's ledger a form says whom it is about."""

    ledger: str
    about: str = ""

    def to(self, kind: str, subject: str = "", facts: Iterable[tuple[str, object]] = (), **more: str) -> str:
        """The form of a kind about a subject."""
        known = [("licensee", self.about)] if self.about else []
        known += [("subject", subject)] if subject else []
        known += [(f"facts.{name}", str(value)) for name, value in facts]
        query = urlencode([*known, *more.items()])
        return f"/{self.ledger}/append/{kind}{f'?{query}' if query else ''}"

    def owed(self, one: Owed) -> str:
        """The form of what is owed."""
        return self.to(one.kind, one.subject, one.facts)


def held(request: HttpRequest, ledger: str) -> Held | HttpResponse:
    """What an address asks for, or the page of what is wrong with it."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    return Held(ledger, moment, shelf_of(moment.question(ledger)))


def meant(request: HttpRequest, ledger: str, name: str, licensee: str = "") -> Meant | HttpResponse:
    """The audit of a name, of one licensee where a ledger knows of several, or the page that there is none."""
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    audit = audit_named(found.shelf.read, f"audit/{name}", found.moment.day, licensee)
    return Meant(found, audit) if audit else refuse(request, HIDDEN)


def around(request: HttpRequest, found: Held) -> dict[str, Any]:
    """The frame of a page about audits."""
    # To auditors their audits are the desk itself.
    here = "position" if caller_in(request).keeper is Keeper.AUDITOR else "audits"
    return {
        **shell(request, found.ledger, found.moment, here),
        "day": found.moment.day,
        "say": audit_words,
        "me": caller_in(request),
    }


def told(meant: Meant, own: Side) -> dict[str, Any]:
    """What both sides see of an audit."""
    found, audit = meant
    about = audit.licensee if own is Side.AUDITOR else ""
    read, day, ask = found.shelf.read, found.moment.day, found.shelf.ask(audit.licensee)
    return {
        "audit": audit,
        "own": own.value,
        "forms": Forms(found.ledger, about),
        "stage": audit_words.stage_words(audit, day),
        "rows_of_scope": [(f"rows.{place}.clause", one) for place, one in enumerate(audit_words.CLAUSES)],
        "course": audit_words.course(audit, day, own),
        "owed": owed(audit, day, own),
        "doubts": doubts(read, ask, audit, day),
        "checked": standing_checked(read, ask, audit, day),
        "texts": texts_of(found.ledger, _shown(audit)),
    }


def _shown(audit: Audit) -> Iterator[bytes]:
    """The records whose texts the page shows."""
    several = (*audit.drafts, *audit.comments, *(one.record for one in audit.enquiries))
    single = (audit.engaged, audit.declared, audit.plan, audit.report, audit.informed, audit.considered)
    yield from (one.id for one in (*single, *several) if one)
    yield from (answer.id for one in audit.enquiries for answer in one.answers)
    for one in audit.recommended:
        yield from (said.id for said in (one.decided, *(action.record for action in one.actions)) if said)
        yield from (said.id for action in one.actions for said in (action.completed, action.assessed) if said)
