"""Lines with something wrong in them, and what tests ask of the problems that come of it."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_line
from meterward.core.records.roles import Role
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
    from meterward.core.records.admission import Admission
    from meterward.core.records.record import Record

DAY = date(2013, 9, 2)
GONE = "gone"
"""In place of a value: leave the key out."""

_OF_PYTHON = re.compile(
    r"\b(?:None|True|False|dict|str|int|bytes|NoneType)\b|<[a-z]|[\[(]['\"]|[a-z]\(\)|Traceback|Error\b|0x|  |\n|\\u"
)
_QUOTED = re.compile("“[^”]*”")
"""What was written is quoted as it was, odd or not."""
_STARTS_LOW = re.compile(r"[a-z]+[._/-]\w|\w+ did not make|(?:" + "|".join(Role) + r"|valid)\b")
_MOST_SAID = 700


def line_of(kind: str = "policy.issued", facts: Mapping[str, object] | None = None, **more: object) -> dict[str, Any]:
    """A line that fits its kind, with other facts if they are given; what else is given goes to the draft."""
    declared = all_kinds()[kind]
    about = declared.introduces or (declared.about[0] if declared.about else "")
    subject = about if about in ("", "system", "licensee") else "policy/1" if about == "any" else f"{about}/1"
    links = {declared.needs_link: bytes(32)} if declared.needs_link else {}
    given: dict[str, Any] = {"subject": subject, "links": links, **more}
    return Draft(kind, DAY, DAY, {**declared.example, **(facts or {})}, **given).line()


def changed(line: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy of a line with another value at a path (`statement.actor.role`), or without it if the value is GONE."""
    found: dict[str, Any] = copy.deepcopy(dict(line))
    *way, last = path.split(".")
    inner = found
    for step in way:
        inner = inner.setdefault(step, {})
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return found


def written(line: Mapping[str, Json]) -> bytes:
    """A line as it stands in a file."""
    return json.dumps(line).encode()


def problems_of(raw: bytes | Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a line, each said plainly."""
    found = read_line(raw if isinstance(raw, bytes) else written(raw))
    assert isinstance(found, list), "the line fits"
    assert found, "a line is refused with a reason"
    return plain(found)


def plain(problems: list[Problem]) -> list[Problem]:
    """Hold each problem to what a person can read: whole sentences, and a hint that says what would be right."""
    for problem in problems:
        for said in (problem.message, problem.hint):
            assert said, problem
            assert said == said.strip(), problem
            assert said.endswith("."), problem
            assert not said.endswith(".."), problem
            assert not _OF_PYTHON.search(_QUOTED.sub("“”", said)), problem
            assert not said[0].islower() or _STARTS_LOW.match(said), problem
            assert said.count("“") == said.count("”"), problem
            assert len(said) < _MOST_SAID, problem
        assert problem.message != problem.hint
        assert str(problem).endswith(f"{problem.message} {problem.hint} [{problem.code}]")
    return problems


def places(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """The code and the field of each problem."""
    return [(problem.code.value, problem.field) for problem in problems]


def state_of(admission: Admission) -> object:
    """All that an admission remembers, to be compared."""
    acts = admission.acts
    return (
        (admission.keeper, admission.last_recorded, admission.tree.size, tuple(admission.tree.peaks)),
        (tuple(acts.known), dict(acts.by), dict(admission.subjects)),
        (set(admission.licences), dict(admission.counters)),
    )


def admitted(admission: Admission, line: Mapping[str, Any]) -> Record[Any] | list[Problem]:
    """What comes of a line that fits; a refusal is plain, and leaves no trace."""
    sealed = read_line(written(line))
    assert isinstance(sealed, Sealed), sealed
    before = state_of(admission)
    found = admission.admit(sealed)
    if isinstance(found, list):
        assert found, "a record is refused with a reason"
        assert state_of(admission) == before
        return plain(found)
    assert admission.tree.size == found.index + 1
    return found


def entered(admission: Admission, line: Mapping[str, Any]) -> str:
    """The id of a record that is admitted."""
    found = admitted(admission, line)
    assert not isinstance(found, list), found
    return found.id.hex()


def refused(admission: Admission, line: Mapping[str, Any]) -> list[Problem]:
    """The problems of a record that is not admitted."""
    found = admitted(admission, line)
    assert isinstance(found, list), "the record is admitted"
    return found
