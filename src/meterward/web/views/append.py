"""Append a record: choose its kind, fill in its form, see what it would change, and append it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.base.canonical import canonical
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.records.by_hand import not_by_hand
from meterward.core.records.keeper import EVERY_KEEPER, Keeper
from meterward.core.records.kinds import all_kinds, key_introduced, ledger_opened
from meterward.core.records.roles import Role, named
from meterward.present.kind_words import domains, says_of, title_of, words
from meterward.present.reach_words import reach_says
from meterward.usecases.append_record import Appended
from meterward.usecases.exchange_records import reach_of
from meterward.web.forms import typed as reading
from meterward.web.forms.desk import Desk, desk_of, show_form, supplying
from meterward.web.forms.layouts import BY_HAND
from meterward.web.forms.telling import told, turns
from meterward.web.moments import Moment
from meterward.web.own_ways import PASSKEYS
from meterward.web.passkeys import signs, to_sign, unmarked
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.waiting import show_underway
from meterward.wiring import drafting
from meterward.wiring.appending import append as append_lines
from meterward.wiring.appending import preview as preview_line
from meterward.wiring.filing import clean_name, take
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway, installation
from meterward.wiring.passkeys import signed
from meterward.wiring.weighing import said_weakly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Duty
    from meterward.core.records.kind import Kind
    from meterward.usecases.compose_line import Typed
    from meterward.usecases.ports import UploadKept


@needs(Action.APPEND, EVERY_KEEPER)
@require_safe
def choose(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every kind of record, by where it belongs; those that the caller may not append say why."""
    caller = caller_in(request)
    shown = [(domain.title, list(_choices(domain.kinds, caller))) for domain in domains()]
    here = (one for name, one in BY_HAND.items() if all_kinds()[name].is_said_by(caller.keeper))
    often = [one for one in here if caller.acts(all_kinds()[one.kind])]
    page = {"domains": shown, "often": often, "query": request.GET.urlencode()}
    return render(request, "append_choose.html", {**shell(request, ledger, Moment(wiring.today()), "append"), **page})


def _choices(names: tuple[str, ...], caller: Caller) -> Iterator[dict[str, Any]]:
    for name in names:
        kind: Kind[Any] = all_kinds()[name]
        if kind is not ledger_opened.KIND and not kind.worked_out and kind.is_said_by(caller.keeper):
            may = bool(caller.acts(kind))
            why = f"appended by: {named(kind.by)}"
            yield {"name": name, "title": title_of(name), "says": says_of(kind), "may": may, "why": why}


@needs(Action.APPEND, EVERY_KEEPER)
@require_safe
def begin(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """A new form, under an id of its own: what is written there is a draft from the first time that it is sent."""
    if kind == key_introduced.KIND.name and Role.OPERATOR not in caller_in(request).roles:
        return HttpResponseRedirect(f"{PASSKEYS}?ledger={ledger}")
    if problems := not_by_hand({"kind": kind}):
        return show_problems(request, problems)
    desk = desk_of(request, ledger, kind, str(uuid4()))
    return show_form(request, desk, None) if desk else refuse(request, HIDDEN)


@needs(Action.DRAFT, EVERY_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, ledger: str, kind: str, draft: UUID) -> HttpResponse:
    """The form of a draft; what is sent is kept first, whatever else was asked for."""
    desk = desk_of(request, ledger, kind, str(draft))
    if desk is None:
        return refuse(request, HIDDEN)
    if not desk.is_kept and (number := drafting.appended_as(ledger, str(draft))):
        return _landed(request, ledger, number, desk.supplies)
    if request.method == "POST":
        return _sent(request, desk)
    return show_form(request, desk, drafting.typed_in(desk.draft) if desk.is_kept else None)


def _landed(request: HttpRequest, ledger: str, number: int, supplies: Duty | None) -> HttpResponse:
    if request.POST.get("do") == "autosave":
        return HttpResponse("This was appended already.")
    query = urlencode({"appended": "1", **supplying(supplies)})
    return HttpResponseRedirect(f"/{ledger}/records/{number}?{query}")


def _sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    do = request.POST.get("do", "save")
    if do == "append-seen":
        return _append(request, desk)
    if do == "append-signed":
        return _append_signed(request, desk)
    typed = reading.from_form(desk.kind, request.POST.lists())
    files = reading.group(typed.get("files"))
    problems = list(_uploaded(request, desk, files))
    typed["files"] = files
    place = request.POST.get("add") or request.POST.get("remove") or ""
    if place:
        typed = (reading.add_row if "add" in request.POST else reading.drop_row)(typed, place)
    kept = drafting.keep(desk.draft, typed, desk.supplies.id if desk.supplies else "")
    if isinstance(kept, Problem) or problems:
        return show_form(request, desk, typed, [kept] if isinstance(kept, Problem) else problems)
    return _next(request, replace(desk, draft=kept, is_kept=True), "" if place else do, place)


def _next(request: HttpRequest, desk: Desk, do: str, place: str) -> HttpResponse:
    """Where somebody goes once what they wrote is kept."""
    if do == "autosave":
        return _autosaved(desk)
    if do == "append" and not signs(request, desk.draft.ledger, desk.kind):
        return _append(request, desk)
    ways = {"preview": desk.at("/preview"), "append": desk.at("/preview"), "save": desk.at(saved="1")}
    return HttpResponseRedirect(ways.get(do, f"{desk.at()}#{place.replace('.', '-')}"))


def _autosaved(desk: Desk) -> HttpResponse:
    """What a page says while one writes. What was appended in the meantime does not come back as a draft."""
    if drafting.appended_as(desk.draft.ledger, desk.draft.id):
        installation().drafts.discard(desk.draft.id)
        return HttpResponse("This was appended already.")
    return HttpResponse("Saved as a draft that only you see.")


def _uploaded(request: HttpRequest, desk: Desk, files: dict[str, Typed]) -> Iterator[Problem]:
    """Keep the files that came along; what cannot be kept is said, and the others are."""
    for upload in request.FILES.getlist("upload"):
        name = clean_name(upload.name or "")
        kept = name if isinstance(name, Problem) else _kept(desk, upload)
        if isinstance(kept, Problem):
            yield kept
        elif isinstance(name, str) and files.get(name, kept.digest) != kept.digest:
            hint = "Remove the one that is there, or give this one another name."
            yield Problem(Code.FIELD_VALUE, f"Another file of the name “{name}” is attached already.", hint, "files")
        elif isinstance(name, str):
            files[name] = kept.digest


def _kept(desk: Desk, upload: UploadedFile[Any]) -> UploadKept | Problem:
    return take(desk.draft.ledger, desk.draft.owner, upload.chunks(), upload.size)


def _append(request: HttpRequest, desk: Desk) -> HttpResponse:
    line = drafting.line_of(desk.draft, desk.kind, desk.roles) if desk.is_kept else None
    if line is None:
        return HttpResponseRedirect(desk.at())
    if not isinstance(line, Problem) and _is_stale(request, line):
        return HttpResponseRedirect(desk.at("/preview", changed="1"))
    return _appended(request, desk, line)


def _append_signed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Append a line with its author's signature, made in the browser over what the preview showed."""
    line = drafting.line_of(desk.draft, desk.kind, desk.roles) if desk.is_kept else None
    if line is None or isinstance(line, Problem):
        return HttpResponseRedirect(desk.at())
    seen = unmarked(request, request.POST.get("mark", ""))
    if seen != seen_as(line):
        return HttpResponseRedirect(desk.at("/preview", **({"changed": "1"} if seen else {"late": "1"})))
    found = signed(desk.draft.ledger, caller_in(request), line, request.POST.dict())
    return _preview(request, desk, line, found) if isinstance(found, Problem) else _appended(request, desk, found)


def _appended(request: HttpRequest, desk: Desk, line: dict[str, Json] | Problem) -> HttpResponse:
    weakly = [line] if isinstance(line, Problem) else said_weakly(desk.draft.ledger, [line], caller_in(request))
    done = weakly if weakly or isinstance(line, Problem) else append_lines(desk.draft.ledger, [line], desk.draft.id)
    if not isinstance(done, Appended):
        return show_form(request, desk, drafting.typed_in(desk.draft), done)
    installation().drafts.discard(desk.draft.id)
    return _landed(request, desk.draft.ledger, done.first + 1, desk.supplies)


def _is_stale(request: HttpRequest, line: dict[str, Json]) -> bool:
    """Whether the draft became another since it was shown in a preview, in another window for instance."""
    seen = request.POST.get("seen")
    return seen is not None and seen != seen_as(line)


def seen_as(line: dict[str, Json]) -> str:
    """The mark of what a preview showed."""
    return sha256(canonical({name: part for name, part in line.items() if name != "salts"})).hexdigest()


@needs(Action.DRAFT, EVERY_KEEPER)
@require_safe
def preview(request: HttpRequest, ledger: str, kind: str, draft: UUID) -> HttpResponse:
    """What a draft would change in the position if it were appended now."""
    desk = desk_of(request, ledger, kind, str(draft))
    if desk is None:
        return refuse(request, HIDDEN)
    if not desk.is_kept:
        return HttpResponseRedirect(desk.at())
    line = drafting.line_of(desk.draft, desk.kind, desk.roles)
    if isinstance(line, Problem):
        return show_form(request, desk, drafting.typed_in(desk.draft), [line])
    return _preview(request, desk, line)


def _preview(request: HttpRequest, desk: Desk, line: dict[str, Json], refused: Problem | None = None) -> HttpResponse:
    ledger, moment = desk.draft.ledger, Moment(wiring.today())
    has_duties = caller_in(request).keeper is Keeper.LICENSEE
    found = preview_line(ledger, line, moment.question(ledger) if has_duties else None)
    if isinstance(found, Underway):
        return show_underway(request, found)
    if isinstance(found, list):
        return show_form(request, desk, drafting.typed_in(desk.draft), found)
    shown = {
        **shell(request, ledger, moment, "append"),
        "desk": desk,
        "turns": turns(found.changes),
        "reach": [*reach_says(reach_of(installation().ledgers, ledger, [line]))],
        "title": title_of(desk.kind.name),
        "said": told(desk.kind, line, None),
        "seen": seen_as(line),
        "signing": to_sign(request, ledger, desk.kind, line, seen_as(line)),
        "refused": refused,
        "changed_since": "changed" in request.GET,
        "late": "late" in request.GET,
        **_header(line),
    }
    return render(request, "preview.html", shown, status=422 if refused else 200)


def _header(line: dict[str, Json]) -> dict[str, Any]:
    """What a line says beside its facts, in words."""
    statement = cast("dict[str, Any]", line["statement"])
    texts = cast("dict[str, str]", line.get("text") or {})
    return {
        "subject": statement.get("subject", ""),
        "occurred": in_words(date.fromisoformat(statement["occurred"])),
        "role": named([statement["actor"]["role"]]),
        "licences": statement["licences"],
        "texts": [(words(name).capitalize(), text) for name, text in texts.items()],
        "files": list(cast("dict[str, str]", line.get("files") or {})),
    }
