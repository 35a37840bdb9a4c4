"""The JSON Schema of a kind and the reader of lines agree: what one takes, so does the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from meterward.catalogues import examples
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import read_object
from meterward.present.kind_schema import kind_schema

DAY = date(2026, 3, 2)
LINES: list[dict[str, Any]] = [
    {name: value for name, value in line.items() if name not in ("recorded", "id")}
    for name in examples.names()
    for line in examples.tell(name, DAY)
]
WRONG: dict[str, dict[str, Any]] = {
    "an unknown part": {"comment": "x"},
    "no facts": {"facts": None},
    "an unknown fact": {"facts": {"anything": "x"}},
    "a file without a digest": {"files": {"a.pdf": "x"}},
    "a short salt": {"salts": {"facts": "ab"}},
}


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(kind_schema(all_kinds()[kind]))


def test_every_line_of_the_examples_fits_the_schema_of_its_kind() -> None:
    validators = {kind: validator(kind) for kind in all_kinds()}
    told = set()
    for line in LINES:
        kind = line["statement"]["kind"]
        told.add(kind)
        assert validators[kind].is_valid(line), line
    assert len(told) > len(all_kinds()) / 2


@pytest.mark.parametrize("kind", sorted({line["statement"]["kind"] for line in LINES}))
@pytest.mark.parametrize("slip", WRONG)
def test_what_the_schema_refuses_the_reader_refuses(kind: str, slip: str) -> None:
    line = next(line for line in LINES if line["statement"]["kind"] == kind)
    wrong = {**line, **WRONG[slip]}
    assert isinstance(read_object({**wrong, "recorded": "2026-03-02T09:00:00Z"}), list)
    assert not validator(kind).is_valid(wrong)


@pytest.mark.parametrize("kind", all_kinds())
def test_a_statement_of_another_kind_role_or_version_does_not_fit(kind: str) -> None:
    found = kind_schema(all_kinds()[kind])["properties"]["statement"]["properties"]
    assert found["kind"] == {"const": kind}
    assert found["version"] == {"const": all_kinds()[kind].version}
    assert found["actor"]["properties"]["role"]["enum"] == [role.value for role in all_kinds()[kind].by]
