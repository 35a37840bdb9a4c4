"""What a signed statement says in clear, read from the bytes that were signed."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from meterward.core.base.canonical import canonical
from meterward.core.base.problem import Problem
from meterward.core.records.line import Header, read_header
from meterward.core.records.statement import PREDICATE_TYPE, STATEMENT_TYPE
from meterward.core.records.strict_json import parse_json

_PARTS = {"_type", "predicate", "predicateType", "subject"}


class Stated(NamedTuple):
    """The header of a statement, and the statement's id."""

    header: Header
    id: bytes

    @property
    def family(self) -> str:
        """The family of kinds that it belongs to."""
        return self.header.kind.partition(".")[0]


def read_payload(payload: bytes) -> Stated | None:
    """What a payload says in clear; None if it is no statement, or is not written as one is."""
    found = parse_json(payload)
    if isinstance(found, Problem) or set(found) != _PARTS or canonical(found) != payload:
        return None
    header = read_header(found["predicate"])
    if header is None or (found["_type"], found["predicateType"]) != (STATEMENT_TYPE, PREDICATE_TYPE):
        return None
    return Stated(header, sha256(payload).digest())
