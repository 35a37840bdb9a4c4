"""Threat intelligence from any of the sources that are read here: what a file is, its content says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from meterward.adapters.inventories.decoded import decode
from meterward.adapters.inventories.json_tree import read_json
from meterward.adapters.threats.attack import is_stix, read_attack
from meterward.adapters.threats.csaf import is_csaf, read_csaf
from meterward.adapters.threats.given import Given, given
from meterward.adapters.threats.kev import is_kev, read_kev
from meterward.core.base.problem import Code, Problem
from meterward.usecases.ports.threats import Intelligence, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from meterward.adapters.threats.kev import Catalogue
    from meterward.adapters.threats.shape import Group
    from meterward.core.risk.matching import Advisory
    from meterward.core.risk.techniques import Technique

T = TypeVar("T")
MOST_TOLD = 100
"""So many problems are told of all files together."""
_CODES = {
    Code.INVENTORY_DAMAGED: Code.THREATS_DAMAGED,
    Code.INVENTORY_BOUNDS: Code.THREATS_BOUNDS,
}
_KINDS = "CISA's KEV catalogue, CSAF 2.0 advisories, or ATT&CK for ICS as STIX 2.1, all as JSON"
_ONE = {"kev": "KEV catalogue", "attack": "ATT&CK bundle"}


@dataclass(slots=True)
class _Sorted:
    """What was read so far, by source, each with the file that it came from."""

    csaf: list[tuple[Given, Advisory]] = field(default_factory=list)
    kev: list[tuple[Given, Catalogue]] = field(default_factory=list)
    attack: list[tuple[Given, tuple[Technique, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class AnySource:
    """Reads threat intelligence of any source."""

    def read(
        self, paths: Sequence[Path], hear: Callable[[str], object] = lambda _: None
    ) -> tuple[Intelligence, ...] | list[Problem]:
        """What files, folders and archives come to, a value for each source; or every problem, and nothing else.

        `hear` hears of each file before it is read, by its name.
        """
        found = _Sorted()
        for path in paths:
            for one in given(path):
                if isinstance(one, Problem):
                    found.problems.append(one)
                else:
                    hear(one.name)
                    _sort(found, one._replace(raw=b""), _tree(one))
                if len(found.problems) >= MOST_TOLD:
                    return found.problems[:MOST_TOLD]
        _alone(found)
        return found.problems or tuple(_told(found))


def _tree(one: Given) -> Group | Problem:
    """The values of a file, or why it has none."""
    text = decode(one.raw, one.name)
    tree = text if isinstance(text, Problem) else read_json(text.text, one.name)
    if isinstance(tree, Problem):
        return replace(tree, code=_CODES.get(tree.code, tree.code), hint="Give the file as it was published.")
    if isinstance(tree, dict):
        return tree
    return Problem(Code.THREATS_UNKNOWN, "It is none of what is read here.", f"Give {_KINDS}.", one.name)


def _sort(found: _Sorted, one: Given, tree: Group | Problem) -> None:
    problems: list[Problem] = []
    if isinstance(tree, Problem):
        problems = [tree]
    elif is_csaf(tree):
        problems = _keep(found.csaf, one, read_csaf(tree, one.name))
    elif is_kev(tree):
        problems = _keep(found.kev, one, read_kev(tree, one.name))
    elif is_stix(tree):
        problems = _keep(found.attack, one, read_attack(tree, one.name))
    else:
        what = "It is none of what is read here: neither a KEV catalogue, nor a CSAF advisory, nor a STIX bundle."
        problems = [Problem(Code.THREATS_UNKNOWN, what, f"Give {_KINDS}.", one.name)]
    found.problems += problems


def _keep(kept: list[tuple[Given, T]], one: Given, read: T | list[Problem]) -> list[Problem]:
    if isinstance(read, list):
        return read
    kept.append((one, read))
    return []


def _alone(found: _Sorted) -> None:
    """A catalogue comes once; an advisory as well, unless the very same file lies there twice."""
    for source, files in (("kev", found.kev), ("attack", found.attack)):
        for one, _ in files[1:]:
            what = f"It is a second {_ONE[source]} beside {files[0][0].name}."
            found.problems.append(Problem(Code.THREATS_VALUE, what, "Give the newer one alone.", one.name))
    first: dict[str, Given] = {}
    for one, advisory in found.csaf:
        before = first.setdefault(advisory.name, one)
        if before.digest != one.digest:
            what = f"The advisory {advisory.name[:60]} stands in {before.name} as well, and says something else there."
            found.problems.append(Problem(Code.THREATS_VALUE, what, "Give the newer one alone.", one.name))


def _told(found: _Sorted) -> Iterator[Intelligence]:
    for one, catalogue in found.kev:
        exploited = frozenset(entry.name for entry in catalogue.advisories)
        what = f"{catalogue.nameless:,} of its entries name no single product, and cannot be matched."
        notes = (what,) if catalogue.nameless else ()
        whole = _of_files("kev", [one], len(catalogue.advisories))
        yield whole._replace(advisories=catalogue.advisories, exploited=exploited, notes=notes)
    if found.csaf:
        advisories = {advisory.name: advisory for _, advisory in found.csaf}
        whole = _of_files("csaf", [one for one, _ in found.csaf], len(advisories))
        yield whole._replace(advisories=tuple(advisories.values()))
    for one, techniques in found.attack:
        yield _of_files("attack", [one], len(techniques))._replace(techniques=techniques)


def _of_files(source: Source, files: list[Given], entries: int) -> Intelligence:
    """What came from some files: of one, its digest; of several or of an archive, that of the list of them."""
    if len(files) == 1 and files[0].path:
        return Intelligence(source, files[0].digest, entries, file=files[0].path)
    listed = "".join(sorted({f"{one.digest}  {one.name}\n" for one in files}))
    return Intelligence(source, sha256(listed.encode()).hexdigest(), entries, listed=listed)
