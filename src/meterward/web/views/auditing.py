"""Auditors at work: their desk, an audit with its workings, samples that are drawn, and the report that is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.assurance import sampling
from meterward.core.assurance.engagement import Audit, audit_named, audits_of
from meterward.core.assurance.progress import Side, owed
from meterward.core.assurance.workings import workings
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds, audit_reported, sample_drawn
from meterward.present.answer import number_in
from meterward.present.audit_words import scope, stage_words
from meterward.present.kind_words import domains
from meterward.usecases.compose_report import compose_report
from meterward.usecases.ports import Wanted
from meterward.web.assessed import begin_draft
from meterward.web.audited import Held, around, held, told
from meterward.web.letting_in import licensees_of
from meterward.web.refusing import refuse, show_problems
from meterward.wiring.auditing import Population, population
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import installation
from meterward.wiring.risk_charting import texts_of

if TYPE_CHECKING:
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
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    named = _named(found, audit)
    if named is None:
        return refuse(request, HIDDEN)
    done = workings(found.shelf.read, named, found.moment.day)
    shown = {
        **told(found, named, Side.AUDITOR),
        "scope": scope(named, done),
        "done": done,
        "made": texts_of(ledger, done.ids()),
        "due": [],
    }
    return render(request, "audit.html", {**around(request, found), **shown})


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
    there = population(request.who, drawn.about, facts.kind, facts.ledger_size)  # type: ignore[attr-defined] # the gate's
    shown: dict[str, Any] = {"sample": drawn, "there": there, "again": None, "numbers": {}}
    if isinstance(there, Population):
        shown |= {
            "again": sampling.redraw(facts, there.items),
            "same_root": there.root == facts.ledger_root,
            "numbers": there.numbers,
        }
    return render(request, "sample.html", {**around(request, found), **shown})


@needs(Action.READ, _OWN)
@require_safe
def drawing(request: HttpRequest, ledger: str, audit: str) -> HttpResponse:
    """The form in which a sample is drawn."""
    found = held(request, ledger)
    named = _named(found, audit) if isinstance(found, Held) else None
    if not isinstance(found, Held):
        return found
    if named is None:
        return refuse(request, HIDDEN)
    shown = {"audit": named, "domains": list(domains()), "most": MOST_DRAWN, "clause": request.GET.get("clause", "")}
    return render(request, "sample_draw.html", {**around(request, found), **shown})


@needs(Action.APPEND, _OWN)
@require_POST
def draw(request: HttpRequest, ledger: str, audit: str, kind: str) -> HttpResponse:
    """Draw a sample of a licensee's records, and write down how: a draft that can be looked at before it is kept."""
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    named = _named(found, audit)
    if named is None:
        return refuse(request, HIDDEN)
    of, size = request.POST.get("of", ""), number_in(request.POST.get("size", "").strip())
    if of not in all_kinds() or not size or size > MOST_DRAWN:
        what = "A sample is of a kind of record, and of 1 to 500 of them."
        return show_problems(request, [Problem(Code.FIELD_VALUE, what, "Choose a kind, and write how many.")], 422)
    there = population(request.who, named.licensee, of)  # type: ignore[attr-defined] # the gate says who asks
    if isinstance(there, Problem):
        return show_problems(request, [there], 403)
    if not there.items:
        nothing = Problem(Code.FIELD_VALUE, "There is no such record in that ledger.", "Choose another kind.")
        return show_problems(request, [nothing], 422)
    seed = request.POST.get("seed", "").strip() or wiring.salt()
    clause = request.POST.get("clause", "").strip()
    typed = _sampled(named, there, (seed, size), clause)
    drawn = len(found.shelf.read.all(sample_drawn.KIND))
    today = found.moment.today.isoformat()
    typed["statement"] = {"licensee": named.licensee, "occurred": today, "subject": f"sample/{drawn + 1}"}
    return begin_draft(request, ledger, kind, typed)


@needs(Action.APPEND, _OWN)
@require_POST
def compose(request: HttpRequest, ledger: str, audit: str, kind: str) -> HttpResponse:
    """A draft of the report, with everything in it that is known: nobody copies findings by hand."""
    found = held(request, ledger)
    if not isinstance(found, Held):
        return found
    named = _named(found, audit)
    if named is None:
        return refuse(request, HIDDEN)
    day = found.moment.today
    done = workings(found.shelf.read, named, day)
    wanted = [one.id for one in done.findings] + ([named.said.id] if named.said else [])
    earlier = audits_of(found.shelf.read, day, named.licensee)
    rests = population(request.who, named.licensee, audit_reported.KIND.name)  # type: ignore[attr-defined] # the gate's
    typed = compose_report(named, done, texts_of(ledger, wanted), earlier, request.POST.get("status", "draft"))
    if isinstance(rests, Population):
        facts: Any = typed["facts"]
        facts |= {"ledger_size": str(rests.size), "ledger_root": rests.root}
    typed["statement"] = {"licensee": named.licensee, "subject": named.name, "occurred": day.isoformat()}
    return begin_draft(request, ledger, kind, typed)


def _sampled(audit: Audit, there: Population, how: tuple[str, int], clause: str) -> dict[str, Typed]:
    """What a form of a sample has in it."""
    seed, size = how
    facts: dict[str, Typed] = {
        "audit": audit.name,
        "kind": there.kind,
        "ledger_size": str(there.size),
        "ledger_root": there.root,
        "population": str(len(there.items)),
        "digest": sampling.digest_of(there.items),
        "seed": seed,
        "size": str(size),
        "drawn": [*sampling.draw(seed, there.items, size)],
        **({"clause": clause} if clause else {}),
    }
    return {"facts": facts}


def _named(found: Held, audit: str) -> Audit | None:
    """The audit that an address names: its licensee, and its name there."""
    licensee, _, short = audit.partition("/")
    return audit_named(found.shelf.read, f"audit/{short}", found.moment.day, licensee) if short else None
