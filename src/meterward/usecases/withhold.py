"""Withhold parts of records from a bundle: texts and facts by their digests, and what is attached.

Everything signed and hashed stays as it was, so that what is shown can be verified. The salt of a part of which
something is withheld never goes with it: only those of what is shown do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward.core.base.nearest import listed
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import LONGEST_REASON, Withholding, is_reason
from meterward.core.records.kinds import all_kinds, checkpoint_stamped, key_introduced, ledger_opened
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind

_PARTS = ("text", "facts", "files")
_ID = re.compile(r"[0-9a-f]{8,64}", re.ASCII)
_SHOWN = (ledger_opened.KIND.name, key_introduced.KIND.name, checkpoint_stamped.KIND.name)
"""The kinds whose facts are always shown: without them nobody could tell whose ledger it is, who signed, and when."""


class Asked(NamedTuple):
    """What is to be withheld: a part of a record, or one name in it; of all records, of a kind, or of one by its id."""

    part: str
    name: str = ""
    of: str = ""

    def names(self, line: Mapping[str, Json]) -> list[str]:
        """The names in a line that are meant."""
        kind = cast("Mapping[str, str]", line["statement"])["kind"]
        if self.of and self.of != kind and not cast("str", line["id"]).startswith(self.of):
            return []
        if self.part == "files" and not self.of and kind == checkpoint_stamped.KIND.name:
            return []  # a token tells nothing but the time
        there = cast("Mapping[str, Json]", line.get(self.part, {}))
        return sorted(name for name in there if self.name in ("", name))

    def __str__(self) -> str:
        """As it is written on a command line."""
        return f"{self.of or 'every record'}:{self.part}{'.' if self.name else ''}{self.name}"


def read_asked(text: str) -> Asked | Problem:
    """What somebody asks to withhold, such as `incident.recorded:facts.severity`."""
    of, _, rest = text.partition(":")
    part, _, name = rest.partition(".")
    if part not in _PARTS:
        hint = "Write a kind or the first digits of a record's id, and a part: policy.issued:facts.provisions."
        return Problem(Code.FIELD_VALUE, f"“{text}” does not say what to withhold.", hint)
    kind = all_kinds().get(of)
    if kind is None and not _ID.fullmatch(of):
        hint = f"The kinds are: {listed(all_kinds())}. Of a record's id, write at least 8 digits."
        return Problem(Code.KIND_UNKNOWN, f"“{of}” is no kind, and not the beginning of an id.", hint)
    known = _names(kind, part) if kind else None
    if name and known is not None and name not in known:
        hint = f"It has: {listed(sorted(known))}."
        return Problem(Code.FIELD_UNKNOWN, f"A record of {of} has no {part}.{name}.", hint)
    return Asked(part, name, of)


def withhold(line: Mapping[str, Json], names: Withheld) -> dict[str, Json]:
    """A line of a ledger without some of its parts, as a bundle has it."""
    sealed = read_object(line)
    if not isinstance(sealed, Sealed):
        raise TypeError(f"this is no line of a ledger: {sealed[0]}")
    found = dict(line)
    said: dict[str, Json] = {}
    salts = dict(cast("Mapping[str, Json]", line.get("salts", {})))
    for name, part, gone in (
        ("text", sealed.statement.text, names.texts),
        ("facts", sealed.statement.facts, names.facts),
    ):
        if gone:
            left = part.erase(gone)
            found[name] = dict(left.values)
            salts[name] = {one: salt.hex() for one, salt in sorted(left.salts.items())}
            said[name] = {one: left.erased[one].hex() for one in sorted(gone)}
    if names.files:
        said["files"] = list(names.files)
    return {**found, "salts": salts, "withheld": said} if said else found


def as_erased(line: Mapping[str, Json]) -> dict[str, Json]:
    """A line of a bundle of which no fact is withheld, as a ledger could keep it: id and signatures are the same.

    Texts that are withheld stand where erased ones do. Which is which has to be kept beside it.
    """
    found = dict(line)
    said = cast("Mapping[str, Any]", found.pop("withheld", {}))
    if "facts" in said:
        raise ValueError("no ledger keeps a record without its facts")
    erased = cast("Mapping[str, Json]", line.get("erased", {}))
    return {**found, "erased": {**erased, **said["text"]}} if "text" in said else found


def as_withheld(line: Mapping[str, Json], names: Withheld) -> dict[str, Json]:
    """The line of the bundle again, of one that `as_erased` made of it."""
    if not names:
        return dict(line)
    erased = cast("Mapping[str, Json]", line.get("erased", {}))
    said: dict[str, Json] = {"text": {name: erased[name] for name in names.texts}} if names.texts else {}
    if names.files:
        said["files"] = list(names.files)
    left = {name: digest for name, digest in erased.items() if name not in names.texts}
    found = {name: part for name, part in line.items() if name != "erased"}
    return {**found, **({"erased": left} if left else {}), "withheld": said}


def files_shown(line: Mapping[str, Json]) -> Iterator[str]:
    """The digests of the files of a line that are not withheld."""
    away = cast("Mapping[str, list[str]]", line.get("withheld", {})).get("files", [])
    for name, digest in cast("Mapping[str, str]", line.get("files", {})).items():
        if name not in away:
            yield digest


@dataclass(slots=True)
class Withholder:
    """What is withheld of which line. It looks at all of them first: a file is withheld wherever it is named."""

    asked: Sequence[Asked]
    because: str
    hidden: set[int] = field(default_factory=set)
    """The records of which facts are withheld, by their place."""
    _files: set[str] = field(default_factory=set)
    _met: set[Asked] = field(default_factory=set)
    _counts: tuple[int, int, int, int] = (0, 0, 0, 0)

    def look(self, lines: Callable[[], Iterable[Mapping[str, Json]]], chosen: Callable[[int], bool]) -> Problem | None:
        """Find what is meant among the lines that are chosen; or say why it cannot be withheld."""
        if not self.asked:
            hint = "Name it with --withhold, --withhold-texts or --withhold-files; or leave the reason out."
            return Problem(Code.FIELD_MISSING, "It is said why parts are withheld, but not which.", hint)
        if not is_reason(self.because):
            hint = f"Say it in one line of at most {LONGEST_REASON} characters, with --because."
            return Problem(Code.FIELD_MISSING, "It is not said why parts are withheld.", hint)
        for index, line in enumerate(lines()):
            if chosen(index) and (problem := self._meet(line)):
                return problem
        if missed := [str(one) for one in self.asked if one not in self._met]:
            hint = "Nothing was written. Mend what is asked, so that nothing is shown that was to be withheld."
            return Problem(Code.FIELD_VALUE, f"No record that is chosen has {listed(missed)}.", hint)
        for index, line in enumerate(lines()):
            if chosen(index):
                self._count(index, self.names(line))
        return None

    def names(self, line: Mapping[str, Json]) -> Withheld:
        """What is withheld of a line."""
        found: dict[str, set[str]] = {part: set() for part in _PARTS}
        for one in self.asked:
            found[one.part].update(one.names(line))
        files = cast("Mapping[str, str]", line.get("files", {}))
        found["files"].update(name for name, digest in files.items() if digest in self._files)
        return Withheld(*(tuple(sorted(found[part])) for part in _PARTS))

    def shown(self, line: Mapping[str, Json]) -> Mapping[str, Json]:
        """A line as the bundle has it."""
        names = self.names(line)
        return withhold(line, names) if names else line

    def told(self, by: str) -> Withholding:
        """What the manifest tells of it."""
        return Withholding(by, self.because, *self._counts)

    def _meet(self, line: Mapping[str, Json]) -> Problem | None:
        kind, files = (
            cast("Mapping[str, str]", line["statement"])["kind"],
            cast("Mapping[str, str]", line.get("files", {})),
        )
        for one in self.asked:
            names = one.names(line)
            if names and one.part == "facts" and kind in _SHOWN:
                hint = "Without them nobody could tell whose ledger it is, who signed, and when."
                return Problem(Code.FIELD_VALUE, f"The facts of {kind} are never withheld.", hint)
            if names:
                self._met.add(one)
            if one.part == "files":
                self._files.update(files[name] for name in names)
        return None

    def _count(self, index: int, names: Withheld) -> None:
        if names.facts:
            self.hidden.add(index)
        more = (int(bool(names)), len(names.texts), len(names.facts), len(names.files))
        records, texts, facts, files = (one + other for one, other in zip(self._counts, more, strict=True))
        self._counts = records, texts, facts, files


def _names(kind: Kind[Any], part: str) -> set[str] | None:
    """The names that a part of a kind may have, in any version; None if it may have any."""
    if part == "facts":
        return {one.name for version in range(1, kind.version + 1) for one in kind.fields_at(version)}
    return set(kind.text) if part == "text" else None
