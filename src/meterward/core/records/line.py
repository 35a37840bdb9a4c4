"""One line of a ledger file: from bytes to a statement that fits its kind, or everything that is wrong with it.

`docs/formats.md` describes the line. Reading guesses nothing: no coercion, no unknown key, no key twice, no fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward.core.base.days import london_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.body import body_of
from meterward.core.records.fields import fields_of, reader, unfits
from meterward.core.records.kind import Actor, Kind, Seen
from meterward.core.records.kinds import all_kinds
from meterward.core.records.record import LINKS, NO_LINKS, Links
from meterward.core.records.signatures import NONE, signatures_of
from meterward.core.records.statement import Statement
from meterward.core.records.strict_json import parse_json
from meterward.core.records.unfit import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.signatures import Vouched
    from meterward.core.records.withheld import Withheld

_ENVELOPE = ("recorded", "statement", "facts", "text", "files", "salts", "erased", "signatures", "id")
_SHOWN = (*_ENVELOPE, "withheld")
"""The parts of a line of a bundle."""
_DIGEST_LENGTH = 64


class Header(NamedTuple):
    """What is signed in clear: all of a statement but its body."""

    kind: str
    version: int
    licensee: str
    licences: tuple[str, ...]
    occurred: date
    actor: Actor
    subject: str | None = None
    corrects: str | None = None
    withdraws: str | None = None
    replaces: str | None = None
    ends: str | None = None


_HEADER_FIELDS = fields_of(Header)
_read_header = reader(Header, _HEADER_FIELDS)


@dataclass(slots=True)
class Sealed:
    """A statement that fits its kind, ready for admission to a ledger."""

    statement: Statement
    header: Header
    kind: Kind[Any]
    facts: Any
    """None where some are withheld, so that nobody can tell what the rest says."""
    links: Links
    recorded: str
    recorded_day: date
    claimed_id: str | None
    signatures: Mapping[str, bytes]
    vouched: Vouched | None = None
    """What is known of the signatures, once somebody who knows keys has looked."""
    withheld: Withheld | None = None
    """What is withheld, in a line of a bundle."""

    def record_at(self, instant: str) -> None:
        """Say when it is recorded: an instant as a ledger writes it."""
        self.recorded, self.recorded_day = instant, cast("date", london_day(instant))


def read_line(raw: bytes, *, in_bundle: bool = False) -> Sealed | list[Problem]:
    """Read one line; on failure, every problem that can be told without the rest of the ledger."""
    line = parse_json(raw)
    return [line] if isinstance(line, Problem) else read_object(line, in_bundle=in_bundle)


def read_object(line: Mapping[str, Json], *, in_bundle: bool = False) -> Sealed | list[Problem]:
    """Read a line that is decoded already. Nothing is withheld but in a bundle."""
    parts = _SHOWN if in_bundle else _ENVELOPE
    problems = [
        Problem(Code.FIELD_UNKNOWN, "This is not a part of a line.", f"The parts are: {', '.join(parts)}.", key)
        for key in line
        if key not in parts
    ]
    recorded = line.get("recorded")
    day = london_day(recorded) if isinstance(recorded, str) else None
    if day is None or not isinstance(recorded, str):
        problems.append(
            Problem(
                Code.FIELD_VALUE, "It is missing or not an instant.", "Write 2013-03-04T09:30:00Z, in UTC.", "recorded"
            )
        )
    claimed = _claimed_id(line, problems)
    signatures = signatures_of(line["signatures"], problems) if "signatures" in line else NONE
    header = _header(line.get("statement"), problems)
    kind = _kind(header, problems) if header else None
    if header is None or kind is None:
        problems.extend(_of_body(line) if header is None else ())
        return problems
    body = body_of(line, kind, header.version, problems)
    links = _links(header, kind, problems)
    if problems or body is None or links is None or day is None:
        return problems
    if body.facts is not None:
        problems.extend(_constraints(kind, header, body.facts, body.texts, len(body.files)))
    if problems:
        return problems
    statement = Statement(cast("dict[str, Json]", line["statement"]), body.facts_part, body.text_part, body.files)
    sealed = Sealed(statement, header, kind, body.facts, links, cast("str", recorded), day, claimed, signatures)
    sealed.withheld = body.withheld
    return sealed


def read_header(found: Json) -> Header | None:
    """What a statement says in clear; None if that is not what every statement has to say."""
    problems = list[Problem]()
    header = _header(found, problems)
    return None if problems else header


def _of_body(line: Mapping[str, Json]) -> list[Problem]:
    """What is wrong with the body, though the statement does not fit either, as far as it names a kind."""
    statement, problems = line.get("statement"), list[Problem]()
    name, version = (statement.get("kind"), statement.get("version")) if isinstance(statement, dict) else ("", 0)
    kind = all_kinds().get(name) if isinstance(name, str) else None
    if kind:
        known = isinstance(version, int) and 1 <= version <= kind.version
        body_of(line, kind, cast("int", version) if known else kind.version, problems)
    return problems


def _claimed_id(line: Mapping[str, Json], problems: list[Problem]) -> str | None:
    claimed = line.get("id")
    if isinstance(claimed, str) or "id" not in line:
        return cast("str | None", claimed)
    problems.append(Problem(Code.FIELD_TYPE, "It is not a text.", "Write the id in quotes, or leave it out.", "id"))
    return None


def _header(value: Json, problems: list[Problem]) -> Header | None:
    if not isinstance(value, dict):
        code, message = (
            (Code.FIELD_MISSING, "It is missing.") if value is None else (Code.FIELD_TYPE, "It is not an object.")
        )
        problems.append(Problem(code, message, "A line has a statement in curly brackets.", "statement"))
        return None
    try:
        header: Header = _read_header(value)
    except UnfitError:
        problems.extend(unfit.problem("statement") for unfit in unfits(_HEADER_FIELDS, value))
        return None
    if not header.licences or len(set(header.licences)) != len(header.licences):
        problems.append(
            Problem(
                Code.FIELD_VALUE, "It is empty or names one twice.", "Name each licence once.", "statement.licences"
            )
        )
    return header


def _kind(header: Header, problems: list[Problem]) -> Kind[Any] | None:
    kind = all_kinds().get(header.kind)
    if kind is None:
        hint = "“meterward records kinds” lists them."
        problems.append(Problem(Code.KIND_UNKNOWN, f"No kind is called “{header.kind}”.", hint, "statement.kind"))
        return None
    if not 1 <= header.version <= kind.version:
        hint = f"This version of Meterward knows 1 to {kind.version}; a newer one may know more."
        message = f"{kind.name} has no version {header.version}."
        problems.append(Problem(Code.KIND_VERSION, message, hint, "statement.version"))
        return None
    if header.actor.role not in kind.by:
        hint = f"Those who may: {', '.join(kind.by)}."
        message = f"{header.actor.role} may not append {kind.name}."
        problems.append(Problem(Code.ROLE_NOT_ENTITLED, message, hint, "statement.actor.role"))
    return kind


def _links(header: Header, kind: Kind[Any], problems: list[Problem]) -> Links | None:
    found = {name: digest for name in LINKS if (digest := getattr(header, name)) is not None}
    if not found and not kind.needs_link:
        return NO_LINKS
    if not found or len(found) > 1 or not set(found) <= set(kind.links):
        allowed = " or ".join(kind.links) or "none"
        problems.append(
            Problem(
                Code.LINK_KIND,
                f"It acts on another record by {', '.join(found) or 'nothing'}.",
                f"{kind.name} acts on {'one record' if kind.needs_link else 'one record at most'}, by: {allowed}.",
                f"statement.{next(iter(found), kind.needs_link)}",
            )
        )
        return None
    ((name, digest),) = found.items()
    if len(digest) != _DIGEST_LENGTH or digest.strip("0123456789abcdef"):
        problems.append(
            Problem(Code.FIELD_VALUE, "It is not an id.", "Write the record's id: 64 hex digits.", f"statement.{name}")
        )
        return None
    return Links(**{name: bytes.fromhex(digest)})


def _constraints(
    kind: Kind[Any], header: Header, facts: object, texts: frozenset[str], files: int
) -> Iterator[Problem]:
    if not kind.constraints:
        return
    seen = Seen(facts, header.actor, header.subject or "", header.occurred, texts, files)
    for constraint in kind.constraints:
        for unmet in constraint(seen):
            yield Problem(Code.KIND_CONSTRAINT, unmet.message, unmet.hint, unmet.field)
