"""Ids never change by accident: salts, digests, commitments, payloads and ids are frozen in `tests/vectors`.

The vectors were made apart from the product, with hashlib and json as `docs/formats.md` says. Whoever must change one
makes a new version of the format instead.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meterward.core.ledger.commitment import SALT_BYTES, Part
from meterward.core.records.erase import erase_texts
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.statement import Entry

if TYPE_CHECKING:
    from meterward.core.records.statement import Statement

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "commitments.json").read_text(encoding="utf-8")
)
PARTS = ("facts", "text")
NAMES = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SALTS = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)

every_vector = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])


def statement_of(line: dict[str, Any]) -> Statement:
    """The statement of a line that fits."""
    sealed = read_object(line)
    assert isinstance(sealed, Sealed), sealed
    return sealed.statement


def part_of(statement: Statement, name: str) -> Part:
    """One part of a body."""
    return statement.facts if name == "facts" else statement.text


@every_vector
def test_every_field_has_the_salt_and_the_digest_of_the_vector(vector: dict[str, Any]) -> None:
    statement = statement_of(vector["line"])
    for name in PARTS:
        part = part_of(statement, name)
        digests = {head.removesuffix(b"\0").decode(): digest.hex() for head, digest in part.digests()}
        assert digests == vector["digests"][name]
        assert {field: salt.hex() for field, salt in part.single_salts().items()} == vector["salts"][name]
        assert part.commitment().hex() == vector["commitments"][name]


@every_vector
def test_the_payload_and_the_id_are_those_of_the_vector(vector: dict[str, Any]) -> None:
    statement = statement_of(vector["line"])
    assert statement.payload().decode() == vector["payload"]
    assert statement.digest().hex() == vector["id"]


@every_vector
def test_erasing_any_of_the_texts_leaves_payload_and_id(vector: dict[str, Any]) -> None:
    names = list(vector["line"].get("text", {}))
    for count in range(len(names) + 1):
        for gone in combinations(names, count):
            erased = erase_texts(vector["line"], gone)
            assert isinstance(erased, dict)
            assert not set(gone) & set(erased["text"] if isinstance(erased["text"], dict) else gone)
            statement = statement_of(erased)
            assert statement.payload().decode() == vector["payload"]
            assert statement.digest().hex() == vector["id"]


@every_vector
def test_the_order_of_keys_in_a_line_does_not_matter(vector: dict[str, Any]) -> None:
    line = json.loads(json.dumps(vector["line"]), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert list(line) == list(reversed(vector["line"]))
    assert statement_of(line).digest().hex() == vector["id"]


@every_vector
def test_the_payload_is_an_in_toto_statement(vector: dict[str, Any]) -> None:
    line = vector["line"]
    statement = json.loads(statement_of(line).payload())
    assert set(statement) == {"_type", "subject", "predicateType", "predicate"}
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "urn:meterward:record:1"
    assert statement["predicate"] == line["statement"]
    files = line.get("files", {})
    assert [subject["name"] for subject in statement["subject"]] == [
        *PARTS,
        *(f"files/{name}" for name in sorted(files)),
    ]
    for subject in statement["subject"]:
        assert set(subject) == {"name", "digest"}
        assert set(subject["digest"]) == {"sha256"}
        assert len(bytes.fromhex(subject["digest"]["sha256"])) == 32
    assert {
        subject["name"].removeprefix("files/"): subject["digest"]["sha256"] for subject in statement["subject"][2:]
    } == files


@every_vector
def test_whatever_is_said_otherwise_has_another_id(vector: dict[str, Any]) -> None:
    line = vector["line"]
    others = [
        {**line, "statement": {**line["statement"], "occurred": "2012-11-30"}},
        {**line, "statement": {**line["statement"], "licences": ["another"]}},
        {**line, "files": {**line.get("files", {}), "more.pdf": "01" * 32}},
        {**line, "salts": {**line["salts"], "facts": "ff" * SALT_BYTES}},
    ]
    ids = [statement_of(other).digest().hex() for other in others]
    assert len({vector["id"], *ids}) == 1 + len(others)


@every_vector
def test_when_it_was_recorded_is_no_part_of_the_id(vector: dict[str, Any]) -> None:
    assert statement_of({**vector["line"], "recorded": "2020-01-01T00:00:00Z"}).digest().hex() == vector["id"]


def test_an_entry_is_the_leaf_of_the_tree() -> None:
    entry = Entry(3, "2013-03-04T09:30:00Z", "northlight/policy", 1, bytes(range(32)))
    assert entry.leaf() == (
        b'{"counter":1,"index":3,"recorded":"2013-03-04T09:30:00Z",'
        b'"statement":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","stream":"northlight/policy"}'
    )


@given(st.dictionaries(NAMES, VALUES, max_size=6), SALTS, st.data())
def test_erasing_step_by_step_keeps_the_commitment(values: dict[str, str], salt: bytes, data: st.DataObject) -> None:
    whole = part = Part(values, salt)
    for name in data.draw(st.permutations(sorted(values))):
        part = part.erase([name])
        assert name not in part.values
        assert name in part.erased
        assert salt not in part.salts.values()
        assert not part.salt
        assert part.commitment() == whole.commitment()


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=6), SALTS, st.data())
def test_another_value_or_another_name_gives_another_commitment(
    values: dict[str, str], salt: bytes, data: st.DataObject
) -> None:
    name, value, new = data.draw(st.sampled_from(sorted(values))), data.draw(VALUES), data.draw(NAMES)
    assume(value != values[name])
    assume(new not in values)
    others = ({**values, name: value}, {**values, new: ""}, {one: values[one] for one in values if one != name})
    assert Part(values, salt).commitment() not in {Part(other, salt).commitment() for other in others}


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=6), SALTS)
def test_equal_values_of_two_fields_cannot_be_told(values: dict[str, str], salt: bytes) -> None:
    digests = [digest for _, digest in Part(dict.fromkeys(values, "same"), salt).digests()]
    assert len(set(digests)) == len(values)
    assert len(set(Part(values, salt).single_salts().values())) == len(values)
