"""Compare a register with a file of it: what the file says otherwise, record by record, and the lines that tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.canonical import Json
from meterward.core.base.days import plural
from meterward.core.base.nearest import listed, nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kind import Kind
from meterward.core.records.kinds import (
    measure_planned,
    measure_progressed,
    record_ended,
    risk_estimated,
    risk_identified,
    risk_treated,
)
from meterward.usecases.append_record import Order, make_ready
from meterward.usecases.collect_problems import Problems
from meterward.usecases.compare_estimate import compare_estimate
from meterward.usecases.register_columns import ENDED, MEASURE, RISK, STATES, TREATMENT
from meterward.usecases.register_rows import RowTold, written
from meterward.usecases.say_lines import as_json, said_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from meterward.usecases.append_record import Line
    from meterward.usecases.read_register import RegisterRead, RowGiven
    from meterward.usecases.register_rows import Told
    from meterward.usecases.say_lines import Saying

_NOTHING = RowTold({})
_STRENGTH_HINT = "Import it as claimed, and append what shows it with its proof: “meterward append”, or its page."


class Part(NamedTuple):
    """What one record tells of a row: its columns by the names of facts and of texts."""

    kind: Kind[Any]
    facts: Mapping[str, str]
    texts: Mapping[str, str]


def _part(kind: Kind[Any], texts: Mapping[str, str], **renamed: str) -> Part:
    return Part(kind, {renamed.get(one.name, one.name): one.name for one in kind.fields}, texts)


IDENTITY = _part(risk_identified.KIND, {"story": "story", "basis": "sources"})
PLAN = _part(measure_planned.KIND, {"description": "description"})
PROGRESS = _part(measure_progressed.KIND, {"note": "note"}, state="progress")
TREATED = _part(risk_treated.KIND, {"measures": "measures"})


class Change(NamedTuple):
    """One record that a row asks for: what it does to which subject, the columns that differ, and the row's place."""

    what: str
    kind: Kind[Any]
    subject: str
    fields: tuple[str, ...]
    facts: Mapping[str, Json]
    text: Mapping[str, Json]
    place: Problem
    link: tuple[str, str] | None = None
    called: str = ""
    before: Mapping[str, str] = {}
    """What the columns that differ said before, as cells have it."""
    after: Mapping[str, str] = {}


class RegisterDifference(NamedTuple):
    """Everything that a file says otherwise, in the order in which it is told; and what is to be known of it."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


def compare_register(told: Told, read: RegisterRead, elements: Collection[str]) -> RegisterDifference | list[Problem]:
    """How a file differs from the register of a day, or everything that is wrong with it. Nothing left out is ended."""
    comparing = _Comparing(told, elements)
    comparing.risks |= {row.name for row in read.rows if row.space == RISK}
    order = (RISK, MEASURE, TREATMENT)
    for row in sorted(read.rows, key=lambda one: order.index(one.space)):
        comparing.take(row)
    notes = (*comparing.notes, *_left_out(told, read))
    return comparing.problems.told() or RegisterDifference(tuple(comparing.changes), notes)


def lines_of(found: RegisterDifference, saying: Sequence[Saying]) -> list[Line]:
    """The lines that tell a difference, to be appended together; each is said as its `saying` has it."""
    return [_line(change, one) for change, one in zip(found.changes, saying, strict=True)]


def against(found: RegisterDifference, lines: Sequence[Line]) -> list[Problem]:
    """What stands against the lines by themselves, each problem at the row that asks for it."""
    return placed(found, [one for one in make_ready(Order(lines)) if isinstance(one, Problem)])


def placed(found: RegisterDifference, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of lines, each at the row that asks for it."""
    kept = Problems()
    for problem in problems:
        if not 0 <= problem.line <= len(found.changes) or not problem.field:
            kept.add(problem)
            continue
        change = found.changes[max(problem.line, 1) - 1]
        where = f"{change.place.field}, {problem.field.removeprefix('facts.')}"
        kept.add(replace(problem, field=where, line=change.place.line))
    return kept.told()


def _line(change: Change, saying: Saying) -> Line:
    about: dict[str, Json] = {"subject": change.subject, **(dict([change.link]) if change.link else {})}
    return said_line(change.kind, change.facts, saying, about, change.text)


def _left_out(told: Told, read: RegisterRead) -> Iterator[str]:
    """What stays because a file says nothing of it: a part of a register ends nothing."""
    named = {row.name for row in read.rows}
    for space in (RISK, MEASURE):
        missing = [name for name in told.rows[space] if name not in named]
        if missing and space in read.spaces:
            how = f" To end a risk, say why in the column “{ENDED}”." if space == RISK else ""
            few = listed(missing[:5]) + (" …" if len(missing) > 5 else "")  # noqa: PLR2004 - enough to see which
            yield f"Not in the file, and as told before: {plural(len(missing), space)} ({few}).{how}"


class _Comparing:
    """What differs so far."""

    def __init__(self, told: Told, elements: Collection[str]) -> None:
        self.told, self.elements = told, elements
        self.risks = {*told.known}
        self.changes: list[Change] = []
        self.notes: list[str] = []
        self.problems = Problems()
        self.treatments = [*told.rows[TREATMENT].values()]

    def take(self, row: RowGiven) -> None:
        """Compare one row."""
        {RISK: self._risk, MEASURE: self._measure, TREATMENT: self._treatment}[row.space](row)

    def _risk(self, row: RowGiven) -> None:
        before = self.told.rows[RISK].get(row.name, _NOTHING)
        if why := row.values.get(ENDED):
            self._end(row, before, str(why))
            return
        self._refers(row, "elements", row.values.get("elements", ()), self._elements(before))
        self._told(row, IDENTITY, before, ("identified", "changed"))
        for state in STATES:
            found = compare_estimate(row, before.values, self.told, state)
            for column, message, hint in found.wrong if found else ():
                self._wrong(row, f"{state} {column}", message, hint)
            if found and found.facts:
                facts, fields = as_json(found.facts), tuple(f"{state} {name}" for name in found.fields)
                text = {"rationale": found.rationale}
                self._add("estimated", risk_estimated.KIND, row, fields, facts, text, self._of_the_day(before, state))
            elif found is None and state in before.records and not self._says(row, state):
                self.notes.append(
                    f"{row.place.where}: the {state} estimate of {row.name} is empty, and stays as it is."
                )

    def _of_the_day(self, before: RowTold, state: str) -> tuple[str, str] | None:
        """The link to an estimate of the same day, which is corrected: two of one day would both be there."""
        last = before.records.get(state)
        return ("corrects", last.id.hex()) if last and last.occurred == self.told.day else None

    def _says(self, row: RowGiven, state: str) -> bool:
        """Whether a row says anything of a state, or has no column for it."""
        columns = [name for name in row.given if name.startswith(f"{state} ")]
        return not columns or any(row.values.get(name) is not None for name in columns)

    def _end(self, row: RowGiven, before: RowTold, why: str) -> None:
        if record := before.records.get(RISK):
            link = ("ends", record.id.hex())
            self._add("ended", record_ended.KIND, row, (ENDED,), {"because": "gone"}, {"reason": why}, link)
        elif row.name not in self.told.known:
            self._wrong(row, ENDED, f"{row.name} was never in the register.", "Leave the row out, or the reason.")

    def _measure(self, row: RowGiven) -> None:
        before = self.told.rows[MEASURE].get(row.name, _NOTHING)
        self._refers(row, "elements", row.values.get("elements", ()), self._elements(before))
        self._refers(row, "effects", (one.risk for one in row.values.get("effects", ())), self.risks)
        self._told(row, PLAN, before, ("planned", "changed"))
        known, had = row.given & {*PROGRESS.facts, *PROGRESS.texts}, before.records.get("progress")
        if not known or (not row.values.get("progress") and not had and not self._any(row, known)):
            return
        if not row.values.get("progress") and "progress" in row.given:
            if had or self._any(row, known):
                self._stays(row, "progress")
            return
        self._told(row, PROGRESS, before, ("progressed", "progressed"), carried=False)

    def _stays(self, row: RowGiven, what: str) -> None:
        self.notes.append(f"{row.place.where}: the {what} of {row.name} is empty, and stays as it is.")

    def _elements(self, before: RowTold) -> frozenset[str]:
        """Those that there are, and those that a row named already: it may name what is gone."""
        return frozenset((*self.elements, *before.values.get("elements", ())))

    def _any(self, row: RowGiven, fields: Collection[str]) -> bool:
        return any(row.values.get(name) for name in fields)

    def _treatment(self, row: RowGiven) -> None:
        self._refers(row, RISK, (row.name,), self.risks)
        columns = [name for name in (*TREATED.facts, *TREATED.texts, "about") if name in row.given]
        for place, before in enumerate(self.treatments):
            if all(row.values.get(name) == before.values.get(name) for name in columns):
                del self.treatments[place]
                return
        facts = {**_facts(TREATED, row, _NOTHING), RISK: row.name.partition("/")[2]}
        about = row._replace(name=str(row.values.get("about") or row.name))
        fields = tuple(name for name in columns if row.values.get(name))
        self._add("treated", TREATED.kind, about, fields, facts, _texts(TREATED, row, _NOTHING))

    def _told(self, row: RowGiven, part: Part, before: RowTold, what: tuple[str, str], *, carried: bool = True) -> None:
        """Compare what one record of a row tells; what is new introduces, what differs replaces where it lasts."""
        record = next((one for one in before.records.values() if one.kind is part.kind), None)
        fields = tuple(_differing(part, row, before))
        if record is not None and not fields:
            return
        if part is PROGRESS and row.values.get("strength", "claimed") != "claimed":
            shown = f"It is {row.values['strength']}, and a register shows nothing by itself."
            self._wrong(row, "strength", shown, _STRENGTH_HINT)
            return
        link = ("replaces", record.id.hex()) if record is not None and part.kind.introduces else None
        text = _texts(part, row, before if carried else _NOTHING)
        self._add(what[record is not None], part.kind, row, fields, _facts(part, row, before), text, link)

    def _add(  # noqa: PLR0913, PLR0917 - a change has so many parts
        self,
        what: str,
        kind: Kind[Any],
        row: RowGiven,
        fields: tuple[str, ...],
        facts: Json,
        text: Mapping[str, Json],
        link: tuple[str, str] | None = None,
    ) -> None:
        said = facts if isinstance(facts, dict) else {}
        told = self.told.rows[row.space].get(row.name, _NOTHING).values
        of = self.told.rows[RISK].get(f"{RISK}/{said.get('risk')}", _NOTHING).values
        called = str(row.values.get("label") or (told or of).get("label") or row.name.partition("/")[2])
        cells = ({name: written(values.get(name)) for name in fields} for values in (told, row.values))
        self.changes.append(Change(what, kind, row.name, fields, said, text, row.place, link, called, *cells))

    def _refers(self, row: RowGiven, column: str, names: Iterable[str], known: Collection[str]) -> None:
        for name in names:
            if name not in known:
                near = "" if self.problems.is_full else nearest(name, known)
                self._wrong(row, column, f"There is no {name}.", f"{near}Name one that is there, or add it first.")

    def _wrong(self, row: RowGiven, column: str, message: str, hint: str) -> None:
        where = f"{row.place.field}, column “{column}”"
        self.problems.add(Problem(Code.INVENTORY_VALUE, message, hint, where, row.place.line))


def _differing(part: Part, row: RowGiven, before: RowTold) -> Iterator[str]:
    """The columns that say otherwise. A text that is empty says nothing: it may have been erased."""
    for name in part.facts:
        if name in row.given and (row.values.get(name) or None) != (before.values.get(name) or None):
            yield name
    for name in part.texts:
        if name in row.given and row.values.get(name) and row.values[name] != before.values.get(name):
            yield name


def _facts(part: Part, row: RowGiven, before: RowTold) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for column, name in part.facts.items():
        value = row.values.get(column) if column in row.given else before.values.get(column)
        if value is not None:
            found[name] = as_json(value)
    return found


def _texts(part: Part, row: RowGiven, before: RowTold) -> dict[str, Json]:
    said = {
        name: row.values.get(column) if column in row.given else before.values.get(column)
        for column, name in part.texts.items()
    }
    return {name: str(value) for name, value in said.items() if value}
