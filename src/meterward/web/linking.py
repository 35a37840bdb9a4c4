"""Where things lie in the workplace: the address of a record, a clause, a form with what is known of it filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django.utils.http import urlencode

from meterward.core.access import Action, Caller, Subject, may
from meterward.core.records.kinds import all_kinds, system_described
from meterward.core.records.record import LINKS
from meterward.core.records.roles import named
from meterward.web.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.facts.request import Request
    from meterward.core.records.kinds.element_declared import ElementDeclared


class Linking(NamedTuple):
    """The addresses of a ledger, for one person at one moment."""

    ledger: str
    moment: Moment
    caller: Caller
    reached: frozenset[int] | None = None
    """The entries that may be opened, by index, where not all may."""

    def opens(self, index: int) -> bool:
        """Whether the person may open the page of an entry."""
        return self.reached is None or index in self.reached

    def record(self, number: int) -> str:
        """The page of an entry, counted from one as people do."""
        return f"/{self.ledger}/records/{number}{self.moment.real.query}"

    def clause(self, name: str, licence: str = "") -> str:
        """The page of a clause or of a duty, of one licence if it is named."""
        query = self.moment.also(licence=licence or self.moment.licence)
        return f"/{self.ledger}/clauses/{quote(name, safe='/()')}{query}"

    def element(self, name: str) -> str:
        """The page of an element of the system."""
        return f"/{self.ledger}/system/elements/{quote(name.partition('/')[2], safe='/()')}{self.moment.real.query}"

    def risk(self, name: str) -> str:
        """The page of a risk."""
        return f"/{self.ledger}/risks/register/{quote(name.partition('/')[2], safe='()')}{self.moment.real.query}"

    def anew(self, name: str, told: ElementDeclared, licences: Sequence[str], telling: int = 1) -> str:
        """The form in which an element is told anew, with what is told of it filled in: of a day of its own."""
        row = "facts.elements.0"
        known = [("facts.source", "by_hand"), (f"{row}.element", name)]
        known += [("licences", one) for one in licences]
        known += [("facts.telling", str(telling))] if telling > 1 else []
        for field, value in told._asdict().items():
            several = value if isinstance(value, tuple) else (value,)
            known += [(f"{row}.told.{field}", str(one)) for one in several if one is not None]
        return f"/{self.ledger}/append/{system_described.KIND.name}?{urlencode(known)}"

    def supply(self, request: Request, duty: str) -> str:
        """The form of the record that a request of a duty asks for, with what the request knows filled in."""
        known = [("subject", request.subject)] if request.subject else []
        for name, value in request.facts:
            known += [(f"facts.{name}", one) for one in (value if isinstance(value, tuple) else (value,))]
        known += [(f"links.{name}", one.hex()) for name, one in zip(LINKS, request.links, strict=True) if one]
        return f"/{self.ledger}/append/{request.kind}?{urlencode([*known, ('supplies', duty)])}"

    def may_append(self, kind: str) -> bool:
        """Whether the person may append records of a kind."""
        return may(self.caller, Action.APPEND, Subject(self.ledger, all_kinds().get(kind))).offered

    def may_supply(self, request: Request) -> bool:
        """Whether the person may append what a request asks for."""
        return self.may_append(request.kind)

    def suppliers(self, request: Request) -> str:
        """Who may append what a request asks for, in words."""
        kind = all_kinds().get(request.kind)
        return named(kind.by) if kind else "nobody"
