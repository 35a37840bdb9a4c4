"""Lines as a request says them: read strictly, said by the caller alone, with salts where none came along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.core.access import not_own
from meterward.core.base.problem import Code, Problem
from meterward.core.records.by_hand import not_by_hand
from meterward.core.records.strict_json import parse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json

_SALTED = ("facts", "text")


def lines_of(raw: bytes, caller: Caller) -> list[dict[str, Json]] | list[Problem]:
    """The lines of a body (one object, or a list of them), or everything that stands against them so far."""
    lines = parse_lines(raw)
    if isinstance(lines, Problem):
        return [lines]
    if not lines:
        return [Problem(Code.FILE_EMPTY, "There is no line in it.", "Send one line, or a list of at least one.")]
    problems = [
        replace(problem, line=number if len(lines) > 1 else 0)
        for number, line in enumerate(lines, 1)
        for problem in _against(line, caller)
    ]
    return problems or [_salted(line) for line in lines]


def _against(line: dict[str, Json], caller: Caller) -> Iterator[Problem]:
    if "recorded" in line:
        message = "Only the store says when a record was recorded."
        yield Problem(Code.FIELD_UNKNOWN, message, "Leave it out: it is stamped as it is appended.", "recorded")
    yield from not_by_hand(line.get("statement"))
    yield from not_own(caller, line.get("statement"))


def _salted(line: dict[str, Json]) -> dict[str, Json]:
    """A line with fresh salts, where its author sent none."""
    if "salts" in line:
        return line
    salts: dict[str, Json] = {part: wiring.salt() for part in _SALTED if line.get(part)}
    return {**line, "salts": salts} if salts else line
