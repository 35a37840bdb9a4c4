"""Describe the system anew: how what a file says differs from what is told so far, and the lines that tell it."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from meterward.core.base.circles import MEND, in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.kinds import system_described
from meterward.core.records.kinds.system_described import ELEMENT, ElementRow
from meterward.core.system.difference import SPACES, Difference, differ, laid_over, row_of
from meterward.usecases.collect_problems import first
from meterward.usecases.say_lines import as_json, said_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.system.model import Drawn, System
    from meterward.usecases.append_record import Line
    from meterward.usecases.say_lines import Saying

MOST_BYTES = 900_000
"""A line of a ledger has at most a mebibyte; what signatures and the ledger add has room in what is left."""
_FRAME: Mapping[str, Json] = {
    **{name: [] for name in ("elements", "links", "populations", "gone")},
    "part": 999_999,
    "parts": 999_999,
    "telling": 999_999,
}
"""What stands in a line around its rows, at most."""
_LISTS = {"element": "elements", "link": "links", "population": "populations"}


def compare_system(
    systems: Mapping[str, System], day: date, file: Drawn, spaces: Collection[str] = SPACES
) -> Difference | list[Problem]:
    """What would change on a day if what a file says were told; or all that stands against it.

    `systems` has what each licence tells so far of which the file would be told: they must tell the same of what the
    file tells of, since one act says one difference. `spaces` are those that the file tells of: what is told so far in
    the others stays. What is not in service yet, or hidden because an element is gone, was told all the same, so that
    it is no difference where the file has it too. Where something else was told for the very day, the difference is
    the next telling of it.
    """
    told = {licence: one.told(day) for licence, one in systems.items()}
    if apart := _apart(told, spaces):
        return [apart]
    before = next(iter(told.values()))
    now = laid_over(before, file, spaces)
    found = differ(before, now)
    against = first(chain(_circles(now), _hanging(now, spaces)))
    return against or found._replace(telling=max(_telling(one, day, found) for one in systems.values()))


def lines_of(difference: Difference, saying: Saying) -> list[Line]:
    """The lines that tell a difference, to be appended together, in this order; none if there is nothing to tell.

    An element comes before what refers to it: what it is part of before it, links and populations after all elements.
    """
    named = [*difference.added, *(one.name for one in difference.changed)]
    names = _in_order(difference.now, named)
    rows = ((_LISTS[_space(name)], _row(difference.now, name)) for name in names)
    room = MOST_BYTES - len(json.dumps(_line(_FRAME, saying)))
    parts = list(_parts(chain(rows, (("gone", name) for name in difference.gone)), room))
    telling: dict[str, Json] = {"telling": difference.telling} if difference.telling > 1 else {}
    numbers: list[dict[str, Json]] = [{"part": place, "parts": len(parts)} for place in range(1, len(parts) + 1)]
    said = [of if len(parts) > 1 else {} for of in numbers]
    return [_line({**part, **of, **telling}, saying) for part, of in zip(parts, said, strict=True)]


def _apart(told: Mapping[str, Drawn], spaces: Collection[str]) -> Problem | None:
    """Why what is told of several licences cannot be compared at once: they do not tell the same of it."""
    licence, before = next(iter(told.items()))
    # Whatever a file tells of refers to elements.
    compared = [place for place, space in enumerate(SPACES) if space in (ELEMENT, *spaces)]
    for other, there in told.items():
        if any(before[place] != there[place] for place in compared):
            what = f"What is told so far of {licence} is not what is told of {other}."
            return Problem(Code.SYSTEM_APART, what, "Import the file for each licence by itself.")
    return None


def _circles(now: Drawn) -> Iterator[Problem]:
    for circle in now.circles():
        yield Problem(Code.SYSTEM_CIRCLE, in_words(circle), MEND, f"{circle[0]}.within")


def _hanging(now: Drawn, spaces: Collection[str]) -> Iterator[Problem]:
    """What is told of an element that would not be there."""
    for name, field, element in now.references():
        if _space(name) in spaces and element not in now.elements:
            hint = f"Add {element} to the elements, or correct the name."
            yield Problem(Code.REFERENCE_UNKNOWN, f"There is no {element}.", hint, f"{name}.{field}")


def _telling(system: System, day: date, found: Difference) -> int:
    """Which telling of the day a difference is: the one after all that told something of the same things for it."""
    names = set(found.names)
    told = (said.telling for name, said in system.last_said(day) if said.on == day and name in names)
    return 1 + max(told, default=0)


def _in_order(now: Drawn, names: Iterable[str]) -> list[str]:
    """Elements, each after what it is part of; then links and populations."""
    depths = _depths({name: told.within for name, told in now.elements.items()})
    return sorted(names, key=lambda name: (SPACES.index(_space(name)), depths.get(name, 0), name))


def _depths(around: Mapping[str, str | None]) -> Mapping[str, int]:
    """In how many others each thing lies; each is walked once."""
    found: dict[str, int] = {}
    for name in around:
        way: dict[str, None] = {}
        step: str | None = name
        while step is not None and step in around and step not in found and step not in way:
            way[step] = None
            step = around[step]
        above = found.get(step or "", -1)
        found.update((one, above + steps) for steps, one in enumerate(reversed(way), 1))
    return found


def _space(name: str) -> str:
    return name.partition("/")[0]


def _row(now: Drawn, name: str) -> Json:
    told = row_of(now, name)
    return as_json(ElementRow(name, told) if _space(name) == ELEMENT else told)


def _parts(rows: Iterable[tuple[str, Json]], room: int) -> Iterator[dict[str, Json]]:
    part: dict[str, list[Json]] = {}
    size = 0
    for place, row in rows:
        more = len(json.dumps(row)) + 2
        if part and (size + more > room or len(part.get(place, ())) == MOST_ITEMS):
            yield {**part}
            part, size = {}, 0
        part.setdefault(place, []).append(row)
        size += more
    if part:
        yield {**part}


def _line(facts: Mapping[str, Json], saying: Saying) -> dict[str, Json]:
    text = {"note": saying.note} if saying.note else {}
    return said_line(system_described.KIND, {"source": saying.source, **facts}, saying, text=text)
