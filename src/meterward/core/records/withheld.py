"""What a line of a bundle withholds: texts and facts by their digests, and files whose content is not handed over.

It is unlike what was erased: that is gone everywhere, while the licensee still has what it withholds. No ledger keeps
such a line, and none is appended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record

HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PARTS = ("text", "facts", "files")
_NONE: Mapping[str, bytes] = MappingProxyType({})
_UNREADABLE = "withheld:"


class Withheld(NamedTuple):
    """The names of what is withheld of a record."""

    texts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.texts or self.facts or self.files)


class Unknown(NamedTuple):
    """Facts of which some were withheld: nobody can tell what they say."""


class Digests(NamedTuple):
    """What a line withholds: the digest of each text and fact, and the names of files."""

    texts: Mapping[str, bytes] = _NONE
    facts: Mapping[str, bytes] = _NONE
    files: tuple[str, ...] = ()

    @property
    def names(self) -> Withheld:
        """The names alone."""
        return Withheld(tuple(sorted(self.texts)), tuple(sorted(self.facts)), self.files)


NOTHING = Digests()


def digests_of(line: Mapping[str, Json], fields: Collection[str], kind: Kind[Any], problems: list[Problem]) -> Digests:
    """What a line withholds of the texts of a kind, its facts, and its files; what is wrong joins the problems."""
    said = line["withheld"]
    if not isinstance(said, dict) or not said or not said.keys() <= set(_PARTS):
        hint = f"Write what is withheld in curly brackets, by part: {', '.join(_PARTS)}."
        problems.append(Problem(Code.FIELD_VALUE, "It does not say what is withheld.", hint, "withheld"))
        return NOTHING
    erased = line.get("erased")
    kept = _names(line.get("text")) | _names(erased)
    return Digests(
        _digests(said, "text", kind.text.keys() - kept, problems),
        _digests(said, "facts", set(fields) - _names(line.get("facts")), problems),
        tuple(_files(said, _names(line.get("files")), problems)),
    )


def without_facts(record: Record[Any]) -> Record[Any]:
    """A record of which facts are withheld, as one that no rule reads."""
    return replace(record, kind=_unreadable(record.kind), facts=Unknown())


def is_unreadable(record: Record[Any]) -> bool:
    """Whether facts of a record are withheld."""
    return isinstance(record.facts, Unknown)


def kind_of(record: Record[Any]) -> str:
    """The name of the kind of a record, whether or not its facts can be read."""
    return record.kind.name.removeprefix(_UNREADABLE)


def _unreadable(kind: Kind[Any]) -> Kind[Unknown]:
    """Stands for a kind whose facts nobody can read; no rule knows it by its name."""
    return Kind(name=f"{_UNREADABLE}{kind.name}", facts=Unknown, by=kind.by, text=kind.text, lasting=kind.lasting)


def _names(part: Json) -> set[str]:
    return set(part) if isinstance(part, dict) else set()


def _digests(
    said: Mapping[str, Json], part: str, could: Collection[str], problems: list[Problem]
) -> Mapping[str, bytes]:
    """The digests of what is withheld of a part; `could` are the names of what is not there, and might be."""
    if part not in said:
        return _NONE
    found, there = said[part], dict[str, bytes]()
    if not isinstance(found, dict) or not found:
        hint = "Write the digest of each that is withheld; or leave the part out."
        problems.append(Problem(Code.FIELD_VALUE, "These are no digests.", hint, f"withheld.{part}"))
        return _NONE
    for name, digest in found.items():
        if name in could and isinstance(digest, str) and HEX.fullmatch(digest):
            there[name] = bytes.fromhex(digest)
        else:
            message = "It is not the digest of something that this kind has and that is not shown."
            hint = "Here stand the SHA-256 of what is withheld, which is shown nowhere else."
            problems.append(Problem(Code.FIELD_VALUE, message, hint, f"withheld.{part}.{name}"))
    return there


def _files(said: Mapping[str, Json], there: set[str], problems: list[Problem]) -> Iterator[str]:
    if "files" not in said:
        return
    found = said["files"]
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    if not names or names != found or names != sorted(set(names)) or not there.issuperset(names):
        hint = "Name files that the record attaches, each once and in order; or leave the part out."
        problems.append(Problem(Code.FIELD_VALUE, "These are not files of this record.", hint, "withheld.files"))
    yield from names
