"""What every page about directions and requests begins with: what the ledger tells at a moment, and the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.http import urlencode

from meterward.core.access import HIDDEN
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import REGULATOR_KEEPERS, Keeper
from meterward.core.records.roles import ISSUING
from meterward.present import direction_words
from meterward.usecases.ports import Head
from meterward.usecases.tell_directions import View
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.web.waiting import show_underway
from meterward.wiring.directing import view_of
from meterward.wiring.installed import Underway, installation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponse


DIRECTED_KEEPERS = (Keeper.LICENSEE, *REGULATOR_KEEPERS)
"""In whose ledgers these pages are."""


class Directed(NamedTuple):
    """A ledger at a moment, with what it tells of directions."""

    ledger: str
    head: Head
    moment: Moment
    view: View

    @property
    def is_licensee(self) -> bool:
        """Whether it is the ledger of somebody who is directed, and not of one who directs."""
        return self.head.sort is Keeper.LICENSEE

    @property
    def issuer(self) -> str:
        """As what a regulator issues; empty for a licensee."""
        return next((issuer for issuer, name in ISSUING.items() if name == self.head.keeper), "")


def directed(request: HttpRequest, ledger: str) -> Directed | HttpResponse:
    """What an address asks for, or the page of why there is none yet."""
    moment, head = moment_of(request.GET), installation().ledgers.head(ledger)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    if head is None:
        return refuse(request, HIDDEN)
    view = view_of(ledger, moment.day, moment.known_at)
    if isinstance(view, Underway):
        return show_underway(request, view)
    return show_problems(request, [view]) if isinstance(view, Problem) else Directed(ledger, head, moment, view)


def around(request: HttpRequest, held: Directed, here: str) -> dict[str, Any]:
    """The frame of a page about directions or requests."""
    return {
        **shell(request, held.ledger, held.moment, here),
        "held": held,
        "day": held.moment.day,
        "said_in": direction_words,
        "issued_by": direction_words.issued_by,
        "form": lambda kind, **known: form_of(held.ledger, kind, known),
    }


def form_of(ledger: str, kind: str, known: Mapping[str, str | Iterable[str]]) -> str:
    """The form of a kind, with what is known filled in; `__` stands for the dot of a name."""
    pairs = [
        (name.replace("__", "."), one)
        for name, value in known.items()
        for one in ([value] if isinstance(value, str) else value)
        if one
    ]
    return f"/{ledger}/append/{kind}?{urlencode(pairs)}"


def files_in(line: Mapping[str, Any] | None, *others: Mapping[str, Any]) -> dict[str, Any]:
    """The files of a line, and those of other lines by their ids; and which of all of them can be read here."""
    here = dict((line or {}).get("files") or {})
    there = {str(one["id"]): dict(one.get("files") or {}) for one in others}
    digests = {digest for ones in (here, *there.values()) for digest in ones.values()}
    return {"files_here": here, "files_of": there, "readable": installation().uploads.known(digests)}
