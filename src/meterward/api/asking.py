"""What a request asks: the parameters of its query, each declared once for reading and for the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from meterward.core.base.days import parse_day
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.core.records.values import NAME
from meterward.present.answer import LONGEST_NUMBER, Question, assignment_in, known_in, no_day, number_in, tried_out
from meterward.wiring import DEFAULT_PACK, today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.http import HttpRequest

T = TypeVar("T")
_DAY = {"type": "string", "format": "date"}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 10**LONGEST_NUMBER - 1}
_TEXT = {"type": "string"}
NAMED = {"type": "string", "pattern": f"^{NAME.pattern}$"}
"""What a name looks like."""


class Parameter(NamedTuple):
    """A parameter of a query: its name, what it means, and what it looks like."""

    name: str
    says: str
    schema: Mapping[str, Any] = _TEXT
    many: bool = False

    def described(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        schema = {"type": "array", "items": self.schema} if self.many else self.schema
        return {"in": "query", "name": self.name, "required": False, "description": self.says, "schema": schema}


LICENCE = Parameter("licence", "Only this licence, such as electricity; all if left out.")
PARAM = Parameter(
    "param", "Try out another value of a parameter: NAME=VALUE. The answer says that it is a hypothesis.", many=True
)
_KNOWN = {"anyOf": [_NUMBER, _DAY]}
MOMENT = (
    Parameter("as_at", "How things stand on this day; today, in London, if left out.", _DAY),
    Parameter("known_at", "What was known then: a day, or how many entries; everything if left out.", _KNOWN),
    LICENCE,
    PARAM,
)
"""What every question about a position may say."""


class Query:
    """The query of a request that says nothing but what is declared, and nothing twice."""

    def __init__(self, given: Mapping[str, list[str]]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """What was said; empty if nothing was."""
        return next(iter(self.given.get(name, ())), "")

    def several(self, name: str) -> list[str]:
        """All that was said."""
        return list(self.given.get(name, ()))

    def day(self, name: str) -> date | None:
        """A day, if one was given."""
        return self._read(name, parse_day)

    def known(self, name: str) -> date | int | None:
        """A day or a number of entries, if one was given."""
        return self._read(name, known_in)

    def name(self, name: str) -> str:
        """A name as records have them, if one was given: what is none is in no record."""
        text = self.text(name)
        if text and not NAME.fullmatch(text):
            hint = "Use letters, digits and ._()- with slashes between."
            self.problems.append(Problem(Code.FIELD_VALUE, f"It is {short(text)}, which is not a name.", hint, name))
        return text

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        text = self.text(name)
        if not text:
            return default
        found = number_in(text)
        if found is not None and 1 <= found <= most:
            return found
        hint = f"Write a whole number from 1 to {most:,}."
        self.problems.append(Problem(Code.FIELD_VALUE, f"It is {short(text)}.", hint, name))
        return default

    def hypothesis(self) -> dict[str, str]:
        """The parameters to try out."""
        assignments = []
        for said in self.several(PARAM.name):
            if (read := assignment_in(said)) is None:
                hint = "Write NAME=VALUE, such as z8_strength=comply."
                self.problems.append(Problem(Code.PARAMETER_VALUE, f"It is {short(said)}.", hint, PARAM.name))
            else:
                assignments.append(read)
        values = tried_out(assignments)
        if isinstance(values, Problem):
            self.problems.append(values)
            return {}
        return values

    def question(self, ledger: str, prefix: str = "", other: date | None = None) -> Question:
        """What is asked of a ledger at the moment that the query names; where it names no day, at an `other`."""
        now = today()
        as_at = self.day(f"{prefix}as_at") or other or now
        known_at = self.known(f"{prefix}known_at")
        licence = self.text(LICENCE.name) or None
        return Question(ledger, licence, as_at, known_at, DEFAULT_PACK, self.hypothesis(), now)

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        text = self.text(name)
        found = read(text) if text else None
        if text and found is None:
            self.problems.append(no_day(text, name))
        return found


def query_of(request: HttpRequest, declared: Sequence[Parameter] = ()) -> Query:
    """The query of a request. What is not declared, empty, or said twice is among its problems: nothing is passed over.

    A variable that a script forgot to set would otherwise turn a question about a day into one about today.
    """
    given = dict(request.GET.lists())
    many = {one.name: one.many for one in declared}
    query = Query({name: [value for value in values if value.strip()] for name, values in given.items()})
    for name, values in given.items():
        if name not in many:
            hint = f"{nearest(name, many)}The parameters are: {', '.join(many)}." if many else "Nothing is asked here."
            query.problems.append(Problem(Code.FIELD_UNKNOWN, f"There is no parameter {short(name)}.", hint, name))
        elif len(values) > 1 and not many[name]:
            query.problems.append(Problem(Code.FIELD_VALUE, "It is given twice.", "Give it once.", name))
        elif query.given[name] != values:
            query.problems.append(Problem(Code.FIELD_VALUE, "It is empty.", "Say something, or leave it out.", name))
    return query
