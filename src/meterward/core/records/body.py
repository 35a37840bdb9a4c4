"""A record's body as it stands in a line: facts, text, files, salts, and the digests of what is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.commitment import SALT_BYTES, Part
from meterward.core.records.fields import unfits
from meterward.core.records.unfit import MISSING, PLACEHOLDER, UnfitError, placeholder
from meterward.core.records.withheld import HEX, NOTHING, digests_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind
    from meterward.core.records.withheld import Withheld

LONGEST_TEXT = 100_000
MOST_FILES = 1_000
NO_DIGEST = "0" * 64
"""Stands in a template where the digest of a file belongs. It proves nothing, so no record may keep it."""
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}", re.ASCII)


@dataclass(slots=True)
class Body:
    """A body that fits its kind."""

    facts: Any
    """None where facts are withheld."""
    facts_part: Part
    text_part: Part
    texts: frozenset[str]
    files: tuple[tuple[str, str], ...]
    withheld: Withheld | None = None


_NO_SALTS: tuple[bytes, dict[str, bytes]] = (b"", {})
_NONE_GONE: dict[str, bytes] = {}
_SALTED = {"facts", "text"}


def body_of(line: Mapping[str, Json], kind: Kind[Any], version: int, problems: list[Problem]) -> Body | None:
    """Read the body of a line; None if something does not fit, which is then among the problems."""
    before = len(problems)
    values, text = _mapping(line, "facts", problems), _mapping(line, "text", problems)
    salts, files = _mapping(line, "salts", problems), _files(_mapping(line, "files", problems), problems)
    gone = _digests(_mapping(line, "erased", problems), text, kind, problems) if "erased" in line else _NONE_GONE
    kept, away = NOTHING, gone
    if "withheld" in line:
        kept = digests_of(line, [field.name for field in kind.fields_at(version)], kind, problems)
        away = {**gone, **kept.texts}
    if text or kind.needs_text:
        _check_text(text, away, kind, problems)
    facts = _facts(kind, version, values, kept.facts, problems)
    if away or kept.facts or not salts.keys() <= _SALTED:
        problems.extend(_wrong_salts(salts, {"text": away, "facts": kept.facts}))
    fact_salts, text_salts = _salts(salts, "facts", values, problems), _salts(salts, "text", text, problems)
    if len(problems) > before or fact_salts is None or text_salts is None:
        return None
    return Body(
        facts,
        Part(values, *fact_salts, kept.facts),
        Part(text, *text_salts, away),
        frozenset((*text, *away)),
        files,
        kept.names if kept is not NOTHING else None,
    )


def _mapping(line: Mapping[str, Json], name: str, problems: list[Problem]) -> dict[str, Json]:
    value = line.get(name)
    if isinstance(value, dict):
        return value
    if value is not None or name in line:
        problems.append(Problem(Code.FIELD_TYPE, "It is not an object.", "Write it in curly brackets.", name))
    elif name == "facts":
        problems.append(Problem(Code.FIELD_MISSING, "It is missing.", "A line has facts, if only {}.", name))
    return {}


def _facts(
    kind: Kind[Any], version: int, values: dict[str, Json], away: Mapping[str, bytes], problems: list[Problem]
) -> object:
    """The facts; None where some are not there, so that nobody can tell what the rest says."""
    if version < kind.version or away:
        misfits = [
            one for one in unfits(kind.fields_at(version), values) if one.found != MISSING or one.path not in away
        ]
        if misfits:
            problems.extend(misfit.problem("facts") for misfit in misfits)
        if misfits or away:
            return None
        values = kind.lift(version, values)
    try:
        return kind.read(values)
    except UnfitError:
        problems.extend(misfit.problem("facts") for misfit in unfits(kind.fields, values))
        return None


def _check_text(text: Mapping[str, Json], away: Mapping[str, bytes], kind: Kind[Any], problems: list[Problem]) -> None:
    for name, value in text.items():
        where = f"text.{name}"
        if name not in kind.text:
            hint = f"The texts of {kind.name} are: {', '.join(kind.text) or 'none'}."
            problems.append(Problem(Code.FIELD_UNKNOWN, "It is not a text of this kind.", hint, where))
        elif not isinstance(value, str):
            problems.append(Problem(Code.FIELD_TYPE, "It is not a text.", "Write it in quotes.", where))
        elif value[:1] == "(" and value == placeholder(kind.text[name]):
            hint = f"{kind.text[name]}{'' if name in kind.needs_text else ' Or leave it out.'}"
            problems.append(Problem(Code.FIELD_VALUE, f"It {PLACEHOLDER}.", hint, where))
        elif not value.strip():
            message = "It has nothing but spaces." if value else "It is empty."
            problems.append(Problem(Code.FIELD_VALUE, message, "Write it, or leave the text out.", where))
        elif len(value) > LONGEST_TEXT:
            hint = f"Write at most {LONGEST_TEXT:,}, or attach a file."
            problems.append(Problem(Code.FIELD_VALUE, f"It has {len(value):,} characters.", hint, where))
        elif not _encodable(value):
            hint = "Replace the half of a surrogate pair in it."
            problems.append(Problem(Code.LINE_NOT_UTF8, "It has a character that UTF-8 cannot hold.", hint, where))
    problems.extend(
        Problem(Code.FIELD_MISSING, "It is missing.", kind.text[name], f"text.{name}")
        for name in kind.needs_text
        if name not in text and name not in away
    )


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digests(
    erased: Mapping[str, Json], text: Mapping[str, Json], kind: Kind[Any], problems: list[Problem]
) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, digest in erased.items():
        if name in text:
            hint = "Leave out the digest; or the text, if it is to be erased."
            problems.append(Problem(Code.FIELD_VALUE, "The text is there as well.", hint, f"erased.{name}"))
        elif name in kind.text and isinstance(digest, str) and HEX.fullmatch(digest):
            found[name] = bytes.fromhex(digest)
        else:
            hint = "Here stand the digests of texts of this kind that were erased."
            problems.append(Problem(Code.FIELD_VALUE, "It is not an erased text.", hint, f"erased.{name}"))
    return found


def _files(files: Mapping[str, Json], problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    if not files:
        return ()
    found: list[tuple[str, str]] = []
    for name, digest in sorted(files.items()):
        if digest == NO_DIGEST:
            hint = "Write the SHA-256 of the file itself; or leave the file out, if there is none."
            message = f"It {PLACEHOLDER}, a row of zeros."
            problems.append(Problem(Code.FIELD_VALUE, message, hint, f"files.{name}"))
        elif _FILE_NAME.fullmatch(name) and isinstance(digest, str) and HEX.fullmatch(digest):
            found.append((name, digest))
        else:
            hint = "Write a plain file name and the file's SHA-256 in 64 hex digits."
            message = "The name or the digest does not fit."
            problems.append(Problem(Code.FIELD_VALUE, message, hint, f"files.{name}"))
    if len(found) > MOST_FILES:
        hint = f"A record has at most {MOST_FILES:,}; attach one archive instead."
        problems.append(Problem(Code.FIELD_VALUE, f"{len(found):,} files are attached.", hint, "files"))
    return tuple(found)


def _wrong_salts(salts: Mapping[str, Json], away: Mapping[str, Mapping[str, bytes]]) -> Iterator[Problem]:
    """Salts of what has none; and that of a whole part of which something is not there, which anybody could guess."""
    for name in salts.keys() - _SALTED:
        yield Problem(Code.FIELD_UNKNOWN, "It has no salt.", "Salts are given for: facts, text.", f"salts.{name}")
    for part, what in (("text", "text"), ("facts", "fact")):
        if away[part] and isinstance(salts.get(part), str):
            hint = f"Give a salt for each {what} that is left, or leave this out if none is."
            yield Problem(
                Code.FIELD_VALUE, f"It is the salt of all {what}s, but one is not there.", hint, f"salts.{part}"
            )


def _salts(
    salts: Mapping[str, Json], part: str, values: Mapping[str, Json], problems: list[Problem]
) -> tuple[bytes, dict[str, bytes]] | None:
    value = salts.get(part)
    if part not in salts and not values:
        return _NO_SALTS
    if isinstance(value, str) and _SALT.fullmatch(value):
        return bytes.fromhex(value), _NO_SALTS[1]
    if isinstance(value, dict) and value.keys() == values.keys():
        single = {name: salt for name, salt in value.items() if isinstance(salt, str) and _SALT.fullmatch(salt)}
        if len(single) == len(value):
            return b"", {name: bytes.fromhex(salt) for name, salt in single.items()}
    hint = f"Write {2 * SALT_BYTES} hex digits, or such a salt for each field that is there."
    problems.append(Problem(Code.FIELD_VALUE, "It is missing or not a salt.", hint, f"salts.{part}"))
    return None
