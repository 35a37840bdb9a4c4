"""Northlight, the example licensee: its ledger in memory, its bundles, and what is said of one that is verified."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from meterward.core.base.canonical import canonical
from meterward.core.bundle.manifest import MANIFEST, NOTE, RECORDS
from meterward.core.bundle.steps import Outcome
from meterward.wiring import example
from tests.builders.bundles import CONTENT, DAY, Maker, MemoryBundle, resigned

if TYPE_CHECKING:
    from meterward.usecases.verify_bundle import Verification

SMALL, LARGE = 24, 420


@cache
def maker(count: int) -> Maker:
    """The example licensee's ledger as far as it had come with so many records; the last one has a file."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in example("northlight", DAY).splitlines()[:count]]
    lines[-1] = {**lines[-1], "files": {"word.txt": sha256(CONTENT).hexdigest()}}
    return Maker([{name: part for name, part in line.items() if name != "id"} for line in lines])


@cache
def whole(count: int) -> MemoryBundle:
    """All of it, as a bundle."""
    return maker(count).bundle()


def failed(found: Verification) -> list[int]:
    """The steps that failed."""
    return [step.number for step in found.steps if step.found.outcome is Outcome.FAILED]


def named(found: Verification) -> str:
    """Everything that is said to be wrong."""
    return " ".join(" ".join((step.found.says, *step.found.items)) for step in found.steps)


def lines_of(bundle: MemoryBundle) -> list[dict[str, Any]]:
    """The records of a bundle."""
    return [json.loads(line) for line in bundle.files[RECORDS].splitlines()]


def with_lines(bundle: MemoryBundle, lines: list[dict[str, Any]], by: Maker) -> MemoryBundle:
    """A bundle with other records, signed again."""
    return resigned(bundle.changed(RECORDS, b"".join(canonical(line) + b"\n" for line in lines)), by)


def said(bundle: MemoryBundle) -> dict[str, Any]:
    """The manifest of a bundle."""
    found: dict[str, Any] = json.loads(bundle.files[MANIFEST])
    return found


def saying(bundle: MemoryBundle, by: Maker, **parts: object) -> MemoryBundle:
    """A bundle whose manifest says something else, and is signed again."""
    written = canonical(said(bundle) | parts) + b"\n"
    return bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode())
