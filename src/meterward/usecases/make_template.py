"""Make a line of a ledger to fill in: complete, so that it passes once its files are named and the ledger fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.body import NO_DIGEST
from meterward.core.records.story import usual_organisation
from meterward.core.records.terms import LICENSEE, SYSTEM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind

ANY_ID = "0" * 64
"""Stands where the id of another record belongs."""
LICENSEE_NAME = "northlight"


def make_template(kind: Kind[Any], day: date, instant: str, salts: Sequence[str]) -> dict[str, Json]:
    """A line of a kind that occurred on `day` and was recorded at `instant`; `salts` are two fresh ones, in hex."""
    line: dict[str, Json] = {"recorded": instant, "statement": _statement(kind, day), "facts": dict(kind.example)}
    if kind.text:
        line["text"] = {name: f"({says})" for name, says in kind.text.items()}
    if kind.document:
        line["files"] = {f"{kind.name}.pdf": NO_DIGEST}
    elif kind.example.get("strength", "claimed") != "claimed":
        line["files"] = {"proof.pdf": NO_DIGEST}
    parts = ("facts", *(("text",) if kind.text else ()))
    line["salts"] = dict(zip(parts, salts, strict=False))
    return line


def _statement(kind: Kind[Any], day: date) -> dict[str, Json]:
    statement: dict[str, Json] = {
        "kind": kind.name,
        "version": kind.version,
        "licensee": LICENSEE_NAME,
        "licences": ["electricity"],
        "occurred": day.isoformat(),
    }
    if subject := subject_of(kind):
        statement["subject"] = subject
    role = kind.usual_role
    organisation = usual_organisation(role, kind.example, LICENSEE_NAME)
    statement["actor"] = {"person": "p-01", "role": role.value, "organisation": organisation}
    if kind.needs_link:
        statement[kind.needs_link] = ANY_ID
    return statement


def subject_of(kind: Kind[Any]) -> str:
    """A subject that fits a kind; empty where it has none."""
    if kind.introduces == "licence":
        return "licence/electricity"
    if kind.introduces:
        return f"{kind.introduces}/1"
    space = next(iter(kind.about), "")
    if space == "any":
        return "element/1"
    return space if space in ("", SYSTEM, LICENSEE) else f"{space}/1"
