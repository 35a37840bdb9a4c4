"""What somebody writes at a desk: one draft of one kind, with the roles in which its author may append it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.http import urlencode

from meterward import wiring
from meterward.catalogues.starting import starting
from meterward.core.base.problem import Problem
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import titled
from meterward.web.acting import acting_roles
from meterward.web.forms import typed as reading
from meterward.web.forms.known import Known, Option
from meterward.web.forms.layouts import layout_of
from meterward.web.forms.rows import form_of
from meterward.web.forms.starting import Begun, started
from meterward.web.forms.starting import likely as as_likely
from meterward.web.moments import Moment
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.web.waiting import show_underway
from meterward.wiring import drafting
from meterward.wiring.gating import caller_in, person_in
from meterward.wiring.imports_kept import importing_in
from meterward.wiring.installed import Underway, installation
from meterward.wiring.looking import number_of, ties_of
from meterward.wiring.noting import note_record
from meterward.wiring.parties import about_whom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Duty
    from meterward.core.records.kind import Kind
    from meterward.core.records.roles import Role
    from meterward.usecases.compose_line import Typed
    from meterward.usecases.ports import DraftKept
    from meterward.usecases.show_record import Ties
    from meterward.web.forms.layout import Layout


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft, its kind, and the roles in which it may be appended."""

    draft: DraftKept
    kind: Kind[Any]
    roles: tuple[Role, ...]
    is_kept: bool
    supplies: Duty | None = None
    """The duty that it is written for, where somebody came from its page; the draft remembers it."""

    @property
    def address(self) -> str:
        """Where the draft is written."""
        return f"/{self.draft.ledger}/append/{self.kind.name}/{self.draft.id}"

    def at(self, step: str = "", **said: str) -> str:
        """A step of writing it: the duty that it is written for stays in the address."""
        query = urlencode({**said, **supplying(self.supplies)})
        return f"{self.address}{step}{f'?{query}' if query else ''}"


def desk_of(request: HttpRequest, ledger: str, kind: str, identity: str) -> Desk | None:
    """The desk of whoever asks; None if nobody writes such a kind, or the draft is for something else."""
    declared = all_kinds().get(kind)
    if declared is None or declared.worked_out:
        return None
    kept = installation().drafts.get(identity)
    if kept and ((kept.ledger, kept.kind) != (ledger, kind) or importing_in(kept)):
        return None
    draft = kept or drafting.new(ledger, kind, identity, person_in(request))
    supplies = supplied_in(request) or duty_named(drafting.supplied_by(draft))
    return Desk(draft, declared, acting_roles(request, declared), kept is not None, supplies)


def supplied_in(request: HttpRequest) -> Duty | None:
    """The duty that an address says a record is written for; None if it says none, or there is none such."""
    return duty_named(request.GET.get("supplies", ""))


def duty_named(named: str) -> Duty | None:
    """The duty of an id; None if there is none such."""
    return next((duty for duty in wiring.usual_pack().duties if duty.id == named), None) if named else None


def supplying(duty: Duty | None) -> dict[str, str]:
    """What an address says of it."""
    return {"supplies": duty.id} if duty else {}


def begun(request: HttpRequest, desk: Desk, ties: Ties) -> Begun | list[Problem]:
    """What a new form has in it: what the address says, over the record that it acts on, over what is usual.

    Whoever is shown what that record says has read it.
    """
    said = reading.from_address(desk.kind, request.GET.lists())
    verb, number = _acted_on(desk, said)
    ledger = desk.draft.ledger
    line = installation().ledgers.line(ledger, number - 1) if number else None
    if line and (problems := note_record(caller_in(request), ledger, str(line["id"]), number - 1)):
        return problems
    start = started(request, desk.kind, _usual(desk, layout_of(desk.kind), ties))
    found = reading.merged(start.typed, _kept(desk, verb, line) if line else {})
    if any(verb in reading.group(said.get("statement")) for verb in desk.kind.links):
        for verb in desk.kind.links:
            if verb not in reading.group(said["statement"]):
                reading.group(found["statement"]).pop(verb, None)
    filled = _about(reading.merged(found, said), ties)
    likely = as_likely(ledger, desk.kind, filled, _known(desk, ties, filled))
    return likely._replace(says=likely.says or start.says)


def _about(found: dict[str, Typed], ties: Ties) -> dict[str, Typed]:
    """What a form has in it, with whom it is about where nobody said: whoever its subject is about."""
    header = reading.group(found.get("statement"))
    index = ties.introduced.get(reading.text(header.get("subject")))
    if "licensee" in header or index is None:
        return found
    return {**found, "statement": {**header, "licensee": ties.records[index].about}}


def _usual(desk: Desk, layout: Layout, ties: Ties) -> dict[str, Typed]:
    known = _known(desk, ties, {})
    header: dict[str, Typed] = {"licences": [one.value for one in known.licences()]}
    if desk.kind.introduces:
        header["subject"] = known.next_name(desk.kind.introduces)
    if layout.replaces and (last := known.last_of(desk.kind)):
        header["replaces"] = last
    facts: dict[str, Typed] = {}
    for path in layout.today:
        part, _, name = path.partition(".")
        (header if part == "statement" else facts)[name] = known.today.isoformat()
    return {"statement": header, "facts": facts, "acting": str(desk.roles[0]) if desk.roles else ""}


def _acted_on(desk: Desk, said: dict[str, Typed]) -> tuple[str, int]:
    """What is to be done to another record, and its entry from 1; nought if the address names none that is here."""
    header = reading.group(said.get("statement"))
    verb = next((verb for verb in desk.kind.links if verb in header), "")
    number = number_of(desk.draft.ledger, reading.text(header[verb])) if verb else 0
    return verb, number if isinstance(number, int) else 0


def _kept(desk: Desk, verb: str, line: Mapping[str, Json]) -> dict[str, Typed]:
    """What a record says that another acts on, as far as it stays the same."""
    before = reading.from_line(desk.kind, line)
    old = reading.group(before["statement"])
    if verb == "corrects":
        return before
    kept: dict[str, Typed] = {name: old[name] for name in ("licences", "subject", "licensee") if name in old}
    if verb == "withdraws" or (verb == "replaces" and desk.kind.introduces and not desk.kind.renewed):
        kept.pop("subject", None)
    if verb == "replaces":
        return {"statement": kept, "facts": before["facts"]}
    return {"statement": kept}


def _known(desk: Desk, ties: Ties, typed: Mapping[str, Typed]) -> Known:
    context = reading.text(reading.group(typed.get("facts")).get("context"))
    about = about_whom(installation(), desk.draft.ledger, ties.records)
    return Known(ties, wiring.usual_pack(), desk.roles, wiring.today(), about, context)


def show_form(
    request: HttpRequest, desk: Desk, typed: dict[str, Typed] | None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    """The page of a form: with what was typed, or as it is begun, and with what is wrong beside each field."""
    ties = ties_of(desk.draft.ledger)
    if isinstance(ties, Underway):
        return show_underway(request, ties) if not problems else show_problems(request, problems)
    if isinstance(ties, Problem):
        return show_problems(request, [ties])
    start = begun(request, desk, ties) if typed is None else Begun(typed)
    if not isinstance(start, Begun):
        return show_problems(request, start, 503)
    filled = start.typed
    layout = layout_of(desk.kind)
    moment = Moment(wiring.today())
    shown = {
        **shell(request, desk.draft.ledger, moment, "append"),
        "desk": desk,
        "layout": layout,
        "form": form_of(layout, desk.kind, filled, _known(desk, ties, filled), problems),
        "acting": reading.text(filled.get("acting")),
        "choose_role": [Option(str(role), titled(role)) for role in desk.roles],
        "links": _links(desk, filled, ties),
        "begins": start.says,
        "starting": starting(desk.kind.name) if typed is None and not start.says else None,
        "saved": "saved" in request.GET,
        "resumed": "resumed" in request.GET,
    }
    return render(request, "append.html", shown, status=422 if problems else 200)


def _links(desk: Desk, typed: dict[str, Typed], ties: Ties) -> list[tuple[str, str, int]]:
    """What the record is to act on: the verb, the id, and the entry if there is one of that id."""
    header = reading.group(typed.get("statement"))
    found = []
    for verb in desk.kind.links:
        identity = reading.text(header.get(verb))
        if identity or verb == desk.kind.needs_link:
            whole = bytes.fromhex(identity) if len(identity) == 64 and not identity.strip("0123456789abcdef") else b""  # noqa: PLR2004 - an id in hex
            found.append((verb, identity, ties.by_id.get(whole, -1) + 1))
    return found
