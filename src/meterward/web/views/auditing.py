"""Auditors at work: their desk, an audit with its workings, samples that are drawn, and the report that is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.assurance.engagement import audits_of
from meterward.core.assurance.progress import Side, owed
from meterward.core.assurance.sampling import Population, redraw
from meterward.core.assurance.workings import workings
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds, sample_drawn
from meterward.core.records.naming import next_name
from meterward.present.answer import number_in
from meterward.present.audit_words import scope, stage_words
from meterward.present.kind_words import Domain, domains
from meterward.usecases.compose_report import compose_report
from meterward.usecases.compose_sample import Wish, compose_sample
from meterward.usecases.ports import Wanted
from meterward.web.assessed import PREVIEWED, begin_draft
from meterward.web.audited import Held, Meant, around, held, meant, told
from meterward.web.letting_in import licensees_of
from meterward.web.refusing import refuse, show_problems
from meterward.wiring.auditing import population, standing_of
from meterward.wiring.gating import caller_in, needs, who_in
from meterward.wiring.installed import installation
from meterward.wiring.risk_charting import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed

_OWN = (Keeper.AUDITOR,)
_NEWEST = 8
MOST_DRAWN = 500
"""No sample is larger: a record names each item."""


@require_safe
def desk(request: HttpRequest, ledger: str) -> HttpResponse:
    """The first page of auditors: their engagements, and what is owed in each, by whom."""
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    day, store = found.moment.day, installation()
    head = store.ledgers.head(ledger)
    shown = {
        "licensees": [] if caller_in(request).visitor else licensees_of(request),
        "engagements": [
            (one, stage_words(one, day), owed(one, day, Side.AUDITOR)) for one in audits_of(found.shelf.read, day)[::-1]
        ],
        "newest": store.ledgers.search(ledger, Wanted(), head.size, limit=_NEWEST).hits if head else [],
    }
    return render(request, "auditors.html", {**around(request, found), **shown})


@require_safe
def audit(request: HttpRequest, ledger: str, audit: str) -> HttpResponse:
    """One audit with its workings. Nobody but the auditors sees these."""
    found = _meant(request, ledger, audit)
    if not isinstance(found, Meant):
        return found
    done = workings(found.held.shelf.read, found.audit, found.held.moment.day)
    shown = {
        **told(found, Side.AUDITOR),
        "scope": scope(found.audit, done),
        "done": done,
        "made": texts_of(ledger, done.ids()),
        "due": [],
    }
    return render(request, "audit.html", {**around(request, found.held), **shown})


@needs(Action.READ, _OWN)
@require_safe
def sample(request: HttpRequest, ledger: str, sample: str) -> HttpResponse:
    """A sample, drawn again from the licensee's ledger if that may be read."""
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    drawn = next((one for one in found.shelf.read.all(sample_drawn.KIND) if one.subject == f"sample/{sample}"), None)
    if drawn is None:
        return refuse(request, HIDDEN)
    facts = drawn.facts
    there = population(who_in(request), drawn.about, facts.kind, facts.ledger_size)
    shown: dict[str, Any] = {"sample": drawn, "there": there, "again": None, "numbers": {}}
    if isinstance(there, Population):
        shown |= {
            "again": redraw(facts, there.items),
            "same_root": there.root == facts.ledger_root,
            "numbers": there.numbers,
        }
    return render(request, "sample.html", {**around(request, found), **shown})


@needs(Action.READ, _OWN)
@require_safe
def drawing(request: HttpRequest, ledger: str, audit: str) -> HttpResponse:
    """The form in which a sample is drawn."""
    found = _meant(request, ledger, audit)
    if not isinstance(found, Meant):
        return found
    shown = {
        "audit": found.audit,
        "domains": list(_drawable()),
        "most": MOST_DRAWN,
        "clause": request.GET.get("clause", ""),
    }
    return render(request, "sample_draw.html", {**around(request, found.held), **shown})


@needs(Action.APPEND, _OWN)
@require_POST
def draw(request: HttpRequest, ledger: str, audit: str, kind: str) -> HttpResponse:
    """Draw a sample of a licensee's records, and write down how: a draft that can be looked at before it is kept."""
    found = _meant(request, ledger, audit)
    if not isinstance(found, Meant):
        return found
    of, size = request.POST.get("of", ""), number_in(request.POST.get("size", "").strip())
    if of not in all_kinds() or not size or size > MOST_DRAWN:
        what = f"A sample is of a kind of record, and of 1 to {MOST_DRAWN} of them."
        return show_problems(request, [Problem(Code.FIELD_VALUE, what, "Choose a kind, and write how many.")], 422)
    there = population(who_in(request), found.audit.licensee, of)
    if isinstance(there, Problem):
        return show_problems(request, [there], 403)
    if not there.items:
        nothing = Problem(Code.FIELD_VALUE, "There is no such record in that ledger.", "Choose another kind.")
        return show_problems(request, [nothing], 422)
    wanted = Wish(request.POST.get("seed", "").strip() or wiring.salt(), size, request.POST.get("clause", "").strip())
    typed = _begun(found, compose_sample(found.audit, there, wanted), _next_sample(ledger))
    return begin_draft(request, ledger, kind, typed, PREVIEWED)


@needs(Action.APPEND, _OWN)
@require_POST
def compose(request: HttpRequest, ledger: str, audit: str, kind: str) -> HttpResponse:
    """A draft of the report, with everything in it that is known: nobody copies findings by hand."""
    found = _meant(request, ledger, audit)
    if not isinstance(found, Meant):
        return found
    named, read, day = found.audit, found.held.shelf.read, found.held.moment.today
    done = workings(read, named, day)
    wanted = [one.id for one in done.findings] + ([named.said.id] if named.said else [])
    earlier = audits_of(read, day, named.licensee)
    rests = standing_of(who_in(request), named.licensee)
    typed = compose_report(named, done, texts_of(ledger, wanted), earlier, request.POST.get("status", "draft"))
    if rests:
        facts: Any = typed["facts"]
        facts |= {"ledger_size": str(rests.size), "ledger_root": rests.root}
    return begin_draft(request, ledger, kind, _begun(found, typed, named.name))


def _begun(found: Meant, typed: dict[str, Typed], subject: str) -> dict[str, Typed]:
    """What is known of a draft, as one of today about the licensee of an audit."""
    today = found.held.moment.today.isoformat()
    header: dict[str, Typed] = {"licensee": found.audit.licensee, "subject": subject, "occurred": today}
    return {**typed, "statement": header}


def _drawable() -> Iterator[Domain]:
    """The kinds of record that a licensee's ledger has, by where they belong."""
    for title, kinds in domains():
        known = (all_kinds()[name] for name in kinds)
        if there := tuple(one.name for one in known if one.shared or Keeper.LICENSEE in one.homes):
            yield Domain(title, there)


def _next_sample(ledger: str) -> str:
    """A name that no sample has had, whatever became of it."""
    head = installation().ledgers.head(ledger)
    drawn = installation().records_of(head, (sample_drawn.KIND.name,)) if head else []
    return next_name(f"{sample_drawn.KIND.introduces}/", [one.subject for one in drawn])


def _meant(request: HttpRequest, ledger: str, audit: str) -> Meant | HttpResponse:
    """The audit that an address of an auditor's ledger means: it names the licensee, and the audit there."""
    licensee, _, name = audit.partition("/")
    return meant(request, ledger, name, licensee)
