"""Import of a file: choose it, say how it is read, look at what it changes, and tell that as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from meterward import wiring
from meterward.core.access import HIDDEN, Action
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.body import LONGEST_TEXT
from meterward.present.import_rows import MARKS, WAYS, counts_of, rows_of, sought_in
from meterward.present.kind_words import words
from meterward.usecases.append_record import Appended
from meterward.usecases.operator_statement import licences_of
from meterward.usecases.ports import DraftKept
from meterward.web.acting import acting_in, acting_roles, role_choices
from meterward.web.forms.columns import asked_of, mapping_from, saying
from meterward.web.forms.telling import turns
from meterward.web.moments import Moment
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.waiting import Doing, show_underway
from meterward.wiring import drafting
from meterward.wiring.appending import preview as preview_line
from meterward.wiring.filing import clean_name, take
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.importers import IMPORTERS
from meterward.wiring.importers.importer import Importing
from meterward.wiring.importing import LARGEST, act_of, heard, importer_of, look, tell, telling
from meterward.wiring.imports_kept import columns_kept, importing_in, keep_columns, keep_import
from meterward.wiring.installed import Underway, installation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from meterward.wiring.importers.importer import Importer
    from meterward.wiring.importing import Looked

CSRF = "csrfmiddlewaretoken"
TELLING = Doing("Telling the ledger", "What differs is being appended: all of it, or nothing", can_stop=False)


@needs(Action.APPEND)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """Choose a file, and say of which day it tells."""
    importer = IMPORTERS[kind]
    if request.method != "POST":
        return _beginning(request, ledger, importer)
    wanted = _wanted(request, ledger, importer)
    if isinstance(wanted, list):
        return _beginning(request, ledger, importer, wanted)
    kept = keep_import(DraftKept(str(uuid4()), ledger, person_in(request), kind, {}), wanted)
    if isinstance(kept, Problem):
        return _beginning(request, ledger, importer, [kept])
    return HttpResponseRedirect(import_at(kept))


def import_at(kept: DraftKept) -> str:
    """Where somebody goes on with an import."""
    return f"/{kept.ledger}/{importer_of(kept).says.section}/import/{kept.id}"


def _beginning(
    request: HttpRequest, ledger: str, importer: Importer, problems: list[Problem] | None = None
) -> HttpResponse:
    said = request.POST
    page = {
        **_frame(request, ledger, importer),
        "problems": problems or [],
        "day": said.get("day") or wiring.today().isoformat(),
        "licences": _licences(ledger),
        "chosen": said.getlist("licences") if said else _licences(ledger),
        "choose_role": role_choices(request, importer.kind),
        "most": LARGEST // 2**20,
        "saved": len(columns_kept(ledger, importer.kind.name).tables),
    }
    return render(request, "import_begin.html", page, status=422 if problems else 200)


def _frame(request: HttpRequest, ledger: str, importer: Importer) -> dict[str, Any]:
    around = shell(request, ledger, Moment(wiring.today()), importer.says.section)
    return {**around, "held": None, "tab": "import", "says": importer.says}


def _licences(ledger: str) -> list[str]:
    head = installation().ledgers.head(ledger)
    return list(licences_of(installation().ledgers, head)) if head else []


def _wanted(request: HttpRequest, ledger: str, importer: Importer) -> Importing | list[Problem]:
    """What somebody wants to import; the file is kept only when all else is right."""
    day = parse_day(request.POST.get("day", ""))
    licences = tuple(one for one in request.POST.getlist("licences") if one in _licences(ledger))
    upload = request.FILES.get("file")
    problems = []
    if wrong := _day_wrong(day):
        problems.append(wrong)
    if not licences:
        problems.append(Problem(Code.FIELD_MISSING, "No licence is chosen.", "Choose at least one.", "licences"))
    if upload is None:
        problems.append(Problem(Code.FILE_EMPTY, "No file is chosen.", "Choose the file that tells of it.", "file"))
    if day is None or upload is None or problems:
        return problems
    name, digest = _taken(request, ledger, upload)
    if isinstance(digest, Problem):
        return [digest]
    return Importing(
        digest,
        name,
        day,
        licences,
        str(acting_in(request, importer.kind)),
        kept=columns_kept(ledger, importer.kind.name),
    )


def _day_wrong(day: date | None) -> Problem | None:
    if day is None:
        return Problem(Code.DAY_INVALID, "The day is missing.", "Say since when it is as the file says.", "day")
    hint = "Choose today, or the day on which the file was right."
    return Problem(Code.OCCURRED_LATER, "The day lies ahead.", hint, "day") if day > wiring.today() else None


def _taken(request: HttpRequest, ledger: str, upload: UploadedFile[Any]) -> tuple[str, str | Problem]:
    name = clean_name(upload.name or "")
    if isinstance(name, Problem):
        return "", name
    if (upload.size or 0) > LARGEST:
        what = f"It has {(upload.size or 0) / 2**20:,.0f} MiB; a file that is imported has at most {LARGEST // 2**20}."
        return "", Problem(Code.FILE_TOO_LARGE, what, "Take out what does not belong there, or split it.", "file")
    kept = take(ledger, person_in(request), upload.chunks(), upload.size)
    return name, kept if isinstance(kept, Problem) else kept.digest


@needs(Action.DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def look_at(request: HttpRequest, ledger: str, kind: str, draft: UUID) -> HttpResponse:
    """What a file comes to: how it is read, what is wrong with it, what it changes; and the button that tells it."""
    if number := drafting.appended_as(ledger, str(draft)):
        return _landed(request, ledger, number)
    kept = installation().drafts.get(str(draft))
    wanted = importing_in(kept) if kept and (kept.ledger, kept.kind) == (ledger, kind) else None
    if kept is None or wanted is None:
        return refuse(request, HIDDEN)
    if request.method == "POST" and request.POST.get("do") == "tell":
        return _tell(request, kept, wanted)
    job = telling(kept.id)
    return _told(request, kept, wanted, job) if job else _looked(request, kept, wanted)


def _looked(request: HttpRequest, kept: DraftKept, wanted: Importing) -> HttpResponse:
    found = look(kept, wanted)
    said = {name: str(value) for name, value in request.POST.items()} or wanted.typed
    if isinstance(found, Underway):
        waits = _wait(kept, wanted, said) if request.method == "POST" else None
        return show_problems(request, [waits]) if waits else show_underway(request, found, _reading(kept))
    if isinstance(found, list):
        return show_problems(request, found)
    if said:
        return _read_anew(request, kept, wanted._replace(typed={}), found, said)
    return _effect(request, kept, wanted, found) if "effect" in request.GET else _page(request, kept, wanted, found)


def _reading(kept: DraftKept) -> Doing:
    beside = importer_of(kept).says.compared
    return Doing("Reading the file", f"The file is being read and compared with {beside}")


def _wait(kept: DraftKept, wanted: Importing, said: Mapping[str, str]) -> Problem | None:
    """What was typed is about columns that are known once the file was read: until then it waits with the draft."""
    typed = {name: value for name, value in said.items() if name != CSRF}
    done = keep_import(kept, wanted._replace(typed=typed))
    return done if isinstance(done, Problem) else None


def _landed(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    heard(str(request.resolver_match.kwargs["draft"]) if request.resolver_match else "")
    address = f"/{ledger}/records/{number}?appended=1"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _read_anew(
    request: HttpRequest, kept: DraftKept, wanted: Importing, found: Looked, said: Mapping[str, str]
) -> HttpResponse:
    """Keep what was said of how the file is read, and read it once more."""
    day = parse_day(said.get("day", wanted.day.isoformat()))
    if wrong := _day_wrong(day):
        return show_problems(request, [wrong], 422)
    anew = wanted._replace(
        day=day or wanted.day,
        leaves=said.get("missing", "leaves" if wanted.leaves else "") == "leaves",
        element=said.get("element", wanted.element).strip(),
    )
    if said.get("do") == "columns":
        anew = anew._replace(mapping=mapping_from(found.tables, said))
    problem = (
        keep_columns(kept.ledger, kept.kind, saying(anew.mapping.tables)) if "save" in said and anew.mapping else None
    )
    done = problem or keep_import(kept, anew)
    if isinstance(done, Problem):
        return show_problems(request, [done])
    return HttpResponseRedirect(f"{request.path}{'?saved=1' if 'save' in said else ''}")


def _tell(request: HttpRequest, kept: DraftKept, wanted: Importing) -> HttpResponse:
    if wanted.role not in acting_roles(request, importer_of(kept).kind):
        return refuse(request, HIDDEN)
    noted = wanted._replace(note=request.POST.get("note", "").strip()[:LONGEST_TEXT])
    done = keep_import(kept, noted)
    if isinstance(done, Problem):
        return show_problems(request, [done])
    return _told(request, done, noted, tell(done, noted, request.POST.get("seen", ""), caller_in(request)))


def _told(request: HttpRequest, kept: DraftKept, wanted: Importing, job: Underway) -> HttpResponse:
    """What came of the telling, or how far it is."""
    if not job.ended.is_set():
        return show_underway(request, job, TELLING)
    heard(kept.id)
    if isinstance(job.result, Appended):
        return _landed(request, kept.ledger, job.result.first + 1)
    if job.fault:
        raise job.fault
    found = look(kept, wanted)
    if isinstance(found, Underway | list):
        return show_problems(request, job.result)
    return _page(request, kept, wanted, found, job.result)


def _page(
    request: HttpRequest, kept: DraftKept, wanted: Importing, found: Looked, refused: list[Problem] | None = None
) -> HttpResponse:
    differs = found.compared.differs if found.compared else None
    sought = sought_in(request.GET.dict(), differs.sorts if differs else {})
    counts = counts_of(differs) if differs else {}
    page = {
        **_frame(request, kept.ledger, importer_of(kept)),
        "at": import_at(kept),
        "draft": kept,
        "wanted": wanted,
        "found": found,
        "refused": refused or [],
        "asked": asked_of(found.tables),
        "sought": sought,
        "ways": WAYS,
        "marks": MARKS,
        "sorts": differs.sorts if differs else {},
        "counts": counts,
        "total": sum(count for of in counts.values() for count in of.values()),
        "rows": rows_of(differs, sought) if differs else None,
        "also": lambda **more: f"?{urlencode({k: v for k, v in {**sought._asdict(), **more}.items() if v})}",
        "saved": "saved" in request.GET,
        "used": bool(wanted.kept.tables) and wanted.mapping is None and not found.is_bill,
        "role": words(wanted.role),
        "today": wiring.today().isoformat(),
    }
    return render(request, "import.html", page, status=422 if found.problems or refused else 200)


def _effect(request: HttpRequest, kept: DraftKept, wanted: Importing, found: Looked) -> HttpResponse:
    """What the act would change in the position. Of an act in several parts nothing is computed before."""
    act = act_of(kept, wanted, found)
    if isinstance(act, list):
        return _page(request, kept, wanted, found, act)
    page = {**_frame(request, kept.ledger, importer_of(kept)), "at": import_at(kept), "wanted": wanted}
    if len(act.lines) != 1:
        return render(request, "import_effect.html", {**page, "parts": len(act.lines), "turns": []})
    effect = preview_line(kept.ledger, act.lines[0], Moment(wiring.today()).question(kept.ledger))
    if isinstance(effect, Underway):
        return show_underway(request, effect)
    if isinstance(effect, list):
        return _page(request, kept, wanted, found, act.placed(effect))
    return render(request, "import_effect.html", {**page, "parts": 1, "turns": turns(effect.changes)})
