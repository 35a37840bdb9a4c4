"""One record: what it says, what became of it, what it is tied to, and which duties read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER, Keeper
from meterward.core.records.kinds import all_kinds, ledger_opened, record_ended, record_withdrawn
from meterward.present.differences import differences
from meterward.present.kind_words import says_of, title_of, words
from meterward.present.reach_words import reach_says
from meterward.usecases.exchange_records import reach_of
from meterward.usecases.show_record import Ties
from meterward.web.forms.desk import supplied_in, supplying
from meterward.web.forms.telling import Turn, link_to, told, turns
from meterward.web.moments import moment_of
from meterward.web.refusing import show_problems
from meterward.web.sealing import sealed
from meterward.web.shell import shell
from meterward.web.stamp import stamp_shown
from meterward.web.waiting import show_underway
from meterward.web.whole import whole_of
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway, answering, installation
from meterward.wiring.kept_back import kept_back
from meterward.wiring.looking import number_of, record_at, ties_of
from meterward.wiring.noting import note_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest

    from meterward.core.access import Caller
    from meterward.core.records.record import Record
    from meterward.usecases.find_record import Found, Link
    from meterward.web.linking import Linking
    from meterward.web.moments import Moment

SHOWN_LINKS, LOOKED_UP = 30, 20
_BECAME = {"corrects": "Corrected", "withdraws": "Withdrawn", "replaces": "Replaced", "ends": "Ended"}
_NEVER_WITHDRAWN = (record_withdrawn.KIND, ledger_opened.KIND)


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def by_id(request: HttpRequest, ledger: str, identity: str) -> HttpResponse:
    """To the page of a record that is named by its id, or by the first digits of it."""
    number = number_of(ledger, identity)
    if isinstance(number, Underway):
        return show_underway(request, number)
    if isinstance(number, Problem):
        return show_problems(request, [number], 404)
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"/{ledger}/records/{number}{f'?{query}' if query else ''}")


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def record(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """A record as it was known at the moment that is shown."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    ties = ties_of(ledger)
    if isinstance(ties, Underway):
        return show_underway(request, ties)
    found = record_at(ledger, number, moment.known_at, ties) if isinstance(ties, Ties) else ties
    if isinstance(found, Problem) or not isinstance(ties, Ties):
        return show_problems(request, [found] if isinstance(found, Problem) else [], 404)
    if problems := note_record(caller_in(request), ledger, found.record.id.hex(), found.record.index):
        return show_problems(request, problems, 503)
    around = shell(request, ledger, moment, "records")
    shown = {
        **around,
        **_said(ledger, found, ties),
        "number": number,
        "acts_on": list(_tied(found.links, around["linked"])),
        "tied": list(_tied(found.linked, around["linked"])),
        "acts": list(_acts(found, ties, caller_in(request))),
        **_came_of_it(request, ledger, found, moment),
    }
    return render(request, "record.html", shown)


def _came_of_it(request: HttpRequest, ledger: str, found: Found, moment: Moment) -> dict[str, Any]:
    """Whom a record reached, what it is a part of, and in a licensee's ledger what it changed and what rests on it."""
    caller, one = caller_in(request), found.record
    number, duties = one.index + 1, caller.keeper is Keeper.LICENSEE
    return {
        "appended": "appended" in request.GET,
        "duties": duties,
        "turns": _changed(ledger, number, moment) if duties and "appended" in request.GET else None,
        "resting": _resting(ledger, moment, one.id.hex()) if duties else None,
        "reach": [*reach_says(reach_of(installation().ledgers, ledger, [found.line]))],
        "whole": whole_of(caller.keeper, ledger, one),
        "supplied": supplied_in(request),
        "again": urlencode({"appended": "1", **supplying(supplied_in(request))}),
    }


def _said(ledger: str, found: Found, ties: Ties) -> dict[str, Any]:
    """What a record says, and what shows that it does."""
    return {
        "found": found,
        "record": found.record,
        "title": title_of(found.record.kind.name),
        "says": says_of(found.record.kind),
        "subject": link_to(found.record.subject, ties),
        "said": told(found.record.kind, found.line, ties),
        "texts": _texts(found),
        "files": _files(ledger, found),
        "became": [(_BECAME[link.verb], link.other) for link in found.linked if link.verb in _BECAME],
        "sealed": sealed(ledger, found, ties),
        "stamp": stamp_shown(ledger, found.record),
        "late": (found.record.recorded - found.record.occurred).days,
    }


class Resting(NamedTuple):
    """A duty whose standing rests on a record at the moment that is shown, as it stands for some licences."""

    duty: dict[str, Any]
    licences: list[str]


def _resting(ledger: str, moment: Moment, identity: str) -> list[Resting] | None:
    """The duties whose standing rests on a record, if the position of the moment was computed before."""
    position = answering().kept(moment.question(ledger))
    if position is None:
        return None
    found: dict[tuple[str, str], Resting] = {}
    for one in position["positions"]:
        for duty in one["duties"]:
            if any(identity in reading["records"] for reading in duty["readings"]):
                found.setdefault((duty["id"], duty["status"]), Resting(duty, [])).licences.append(one["licence"])
    return list(found.values())


class TextShown(NamedTuple):
    """A text by its title, with what it is for."""

    title: str
    help: str
    text: str
    """Empty if it is not there."""
    withheld: bool = False
    """Whether it is withheld from the bundle that is opened; else it was erased."""


def _texts(found: Found) -> list[TextShown]:
    """Each text by name, with what it is for; of one that is not there, whether it is withheld, or was erased."""
    says, away = found.record.kind.text, kept_back(found.record.index).texts
    texts = [TextShown(*_named(says, name), text) for name, text in _part(found, "text").items()]
    return texts + [TextShown(*_named(says, name), "", name in away) for name in _part(found, "erased")]


def _named(says: Mapping[str, str], name: str) -> tuple[str, str]:
    return words(name).capitalize(), says.get(name, "")


def _files(ledger: str, found: Found) -> list[dict[str, Any]]:
    """Each file by name and digest, and whether its content is here to be read (of many, that is not looked up)."""
    store, shown, away = installation(), [], kept_back(found.record.index).files
    for place, (name, digest) in enumerate(_part(found, "files").items()):
        kept = store.uploads.get(ledger, digest) if place < LOOKED_UP else None
        lost = kept and not store.blobs.has(digest)
        shown.append({"name": name, "digest": digest, "kept": kept, "lost": lost, "withheld": name in away})
    return shown


def _part(found: Found, name: str) -> dict[str, str]:
    return cast("dict[str, str]", found.line.get(name) or {})


def _tied(links: tuple[Link, ...], linked: Linking) -> Iterator[dict[str, Any]]:
    for link in [one for one in links if linked.opens(one.other.index)][:SHOWN_LINKS]:
        other: Record[Any] = link.other
        yield {"verb": link.verb, "number": other.index + 1, "title": title_of(other.kind.name), "other": other}


def _acts(found: Found, ties: Ties, caller: Caller) -> Iterator[dict[str, str]]:
    """What the caller may do to the record: only its own organisation, and only what was not done to it yet."""
    one, identity = found.record, found.record.id.hex()
    done = {verb for verb, index in ties.acting.get(one.id, ()) if not _is_withdrawn(ties, index)}
    if one.actor.organisation != caller.organisation or done & {"withdraws", "corrects"}:
        return
    ways = [
        ("corrects", "Correct", one.kind.name, "corrects" in one.kind.links),
        ("replaces", "Replace", one.kind.name, "replaces" in one.kind.links and not done & {"replaces", "ends"}),
        ("ends", "End", record_ended.KIND.name, one.kind.lasting and not done & {"replaces", "ends"}),
        ("withdraws", "Withdraw", record_withdrawn.KIND.name, one.kind not in _NEVER_WITHDRAWN),
    ]
    for verb, label, kind, fits in ways:
        if fits and not all_kinds()[kind].worked_out and caller.acts(all_kinds()[kind]):
            yield {"verb": verb, "label": label, "kind": kind, "query": f"links.{verb}={identity}"}


def _is_withdrawn(ties: Ties, index: int) -> bool:
    return any(verb == "withdraws" for verb, _ in ties.acting.get(ties.records[index].id, ()))


def _changed(ledger: str, number: int, moment: Moment) -> list[Turn] | None:
    """What the record changed in the position; None while that is being computed."""
    head = installation().ledgers.head(ledger)
    question = moment.question(ledger)
    after = None if head and head.size == number else number
    both = [answering().positions(replace(question, known_at=size)) for size in (number - 1, after)]
    was, now = both
    return turns(differences(was, now)) if isinstance(was, dict) and isinstance(now, dict) else None
