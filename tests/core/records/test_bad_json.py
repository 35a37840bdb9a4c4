"""Lines that are not one JSON object with a record's parts: each is refused with a problem, never with an exception."""

from __future__ import annotations

import json

import pytest

from meterward.core.records.line import Sealed, read_line
from tests.builders.wrong import GONE, changed, line_of, places, problems_of, written

GOOD = line_of()
RAW = written(GOOD)


def test_the_line_that_all_others_are_made_of_is_good() -> None:
    assert isinstance(read_line(RAW), Sealed)
    assert isinstance(read_line(b" \t" + RAW + b"\r\n"), Sealed)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "expecting value at character 1"),
        (b" \r\n", "expecting value at character 1"),
        (b"{", "at character 2"),
        (RAW[:-1], f"at character {len(RAW):,}"),
        (RAW[:40], "at character"),
        (RAW + RAW, f"from character {len(RAW) + 1}"),
        (b"{'a': 1}", "property name enclosed in double quotes at character 2"),
        (b'{"a": 1,}', "at character"),
        (b'{"a": "\t"}', "invalid control character at character 8"),
        (b'{"a": "\\q"}', "escape at character 8"),
        (b'{"a": "x}', "unterminated string starting at character 7"),
        (b'{"a": 01}', "at character"),
        (b'{"a": 1.5}', "1.5 is not a whole number"),
        (b'{"a": 1.0}', "1.0 is not a whole number"),
        (b'{"a": 1e3}', "1e3 is not a whole number"),
        (b'{"a": NaN}', "NaN is not a whole number"),
        (b'{"a": [Infinity]}', "Infinity is not a whole number"),
        (b'{"a": -Infinity}', "-Infinity is not a whole number"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "a number in it has 10,000 digits"),
        (b'{"a": 0.' + b"9" * 10_000 + b"}", "is not a whole number"),
        (b"[" * 100_000, "brackets are too deep"),
        (b'{"a":' * 100_000, "brackets are too deep"),
        (b"\xef\xbb\xbf" + RAW, "expecting value at character 1"),
        (b"\x00", "expecting value at character 1"),
        (b"[]", "but not an object"),
        (b"null", "but not an object"),
        (b"17", "but not an object"),
        (b'"text"', "but not an object"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "",
)
def test_what_is_not_one_object_is_refused_with_the_place(raw: bytes, says: str) -> None:
    (problem,) = problems_of(raw)
    assert (problem.code.value, problem.field) == ("line.not-json", "")
    assert says in problem.message
    assert "line 1" not in problem.message


@pytest.mark.parametrize(("raw", "byte"), [(b"\xff{}", 1), (b'{"a": "\xe9"}', 8), (b'{"a": "\xed\xa0\x80"}', 8)])
def test_what_is_not_utf8_is_refused_with_the_byte(raw: bytes, byte: int) -> None:
    (problem,) = problems_of(raw)
    assert (problem.code.value, problem.field) == ("line.not-utf8", "")
    assert f"Byte {byte} " in problem.message


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'{"id": 1, "id": 1}', "id"),
        (RAW.replace(b'"recorded"', b'"text": {}, "recorded"', 1), "text"),
        (RAW.replace(b'"kind"', b'"kind": "x", "kind"', 1), "kind"),
        (RAW.replace(b'"role"', b'"r\\u006fle": "operator", "role"', 1), "role"),
        (RAW.replace(b'"effective"', b'"effective": 1, "effective"', 1), "effective"),
        (b'{"a": [[{"b": {"deep": 1, "deep": 2}}]]}', "deep"),
        (b'{"' + b"k" * 200 + b'": 1, "' + b"k" * 200 + b'": 2}', "k" * 40 + "…"),
        (b'{"\\ud800\\n": 1, "\\ud800\\n": 2}', "\ufffd\ufffd"),
    ],
    ids=range(8),
)
def test_a_key_twice_is_refused_however_deep_and_however_it_is_written(raw: bytes, key: str) -> None:
    (problem,) = problems_of(raw)
    assert (problem.code.value, problem.field) == ("line.duplicate-key", "")
    assert f"“{key}”" in problem.message


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        ("colour", "red", "field.unknown", "colour"),
        ("Facts", {}, "field.unknown", "Facts"),
        ("recorded", GONE, "field.value", "recorded"),
        ("recorded", None, "field.value", "recorded"),
        ("recorded", 20130902, "field.value", "recorded"),
        ("recorded", "2013-09-02", "field.value", "recorded"),
        ("recorded", "2013-09-02T09:30:00+01:00", "field.value", "recorded"),
        ("recorded", "0001-01-01T00:00:00Z", "field.value", "recorded"),
        ("statement", GONE, "field.missing", "statement"),
        ("statement", None, "field.missing", "statement"),
        ("statement", [], "field.type", "statement"),
        ("statement", "policy.issued", "field.type", "statement"),
        ("text", "words", "field.type", "text"),
        ("text", None, "field.type", "text"),
        ("files", ["proof.pdf"], "field.type", "files"),
        ("erased", [], "field.type", "erased"),
        ("erased", None, "field.type", "erased"),
        ("id", 7, "field.type", "id"),
        ("id", None, "field.type", "id"),
        ("statement.kind", GONE, "field.missing", "statement.kind"),
        ("statement.kind", "policy.burnt", "kind.unknown", "statement.kind"),
        ("statement.kind", "policy issued", "field.value", "statement.kind"),
        ("statement.kind", 3, "field.type", "statement.kind"),
        ("statement.kind", "\ud800", "field.value", "statement.kind"),
        ("statement.version", GONE, "field.missing", "statement.version"),
        ("statement.version", 0, "kind.version", "statement.version"),
        ("statement.version", 99, "kind.version", "statement.version"),
        ("statement.version", -1, "field.value", "statement.version"),
        ("statement.version", 2**53, "field.value", "statement.version"),
        ("statement.version", True, "field.type", "statement.version"),
        ("statement.version", "1", "field.type", "statement.version"),
        ("statement.licensee", "", "field.value", "statement.licensee"),
        ("statement.licensee", "x" * 65, "field.value", "statement.licensee"),
        ("statement.licensee", "a/b/c/d/e", "field.value", "statement.licensee"),
        ("statement.licensee", "north\nlight", "field.value", "statement.licensee"),
        ("statement.licensee", {"name": "northlight"}, "field.type", "statement.licensee"),
        ("statement.licences", [], "field.value", "statement.licences"),
        ("statement.licences", ["gas", "gas"], "field.value", "statement.licences"),
        ("statement.licences", "gas", "field.type", "statement.licences"),
        ("statement.licences", ["gas", 2], "field.type", "statement.licences[1]"),
        ("statement.licences", ["gas", None], "field.type", "statement.licences[1]"),
        ("statement.licences", [f"l{n}" for n in range(10_001)], "field.value", "statement.licences"),
        ("statement.occurred", "2013-02-29", "field.value", "statement.occurred"),
        ("statement.occurred", "yesterday", "field.value", "statement.occurred"),
        ("statement.occurred", 20130902, "field.type", "statement.occurred"),
        ("statement.actor", "p-07", "field.type", "statement.actor"),
        ("statement.actor", [], "field.type", "statement.actor"),
        ("statement.actor.person", GONE, "field.missing", "statement.actor.person"),
        ("statement.actor.person", ["p-07"], "field.type", "statement.actor.person"),
        ("statement.actor.name", "p-07", "field.unknown", "statement.actor.name"),
        ("statement.actor.role", "king", "field.value", "statement.actor.role"),
        ("statement.actor.role", None, "field.type", "statement.actor.role"),
        ("statement.actor.role", "contributor", "role.not-entitled", "statement.actor.role"),
        ("statement.subject", None, "field.type", "statement.subject"),
        ("statement.subject", "policy 1", "field.value", "statement.subject"),
        ("statement.mood", "good", "field.unknown", "statement.mood"),
        ("statement.corrects", "ab", "field.value", "statement.corrects"),
        ("statement.corrects", "AB" * 32, "field.value", "statement.corrects"),
        ("statement.corrects", "g" * 64, "field.value", "statement.corrects"),
        ("statement.ends", "00" * 32, "link.kind", "statement.ends"),
        ("statement.withdraws", "00" * 32, "link.kind", "statement.withdraws"),
    ],
)
def test_one_wrong_thing_is_one_problem_in_its_place(path: str, value: object, code: str, field: str) -> None:
    assert places(problems_of(changed(GOOD, path, value))) == [(code, field)]


@pytest.mark.parametrize(
    ("value", "code"), [(GONE, "field.missing"), (None, "field.type"), ([], "field.type"), ("x", "field.type")]
)
def test_without_facts_it_is_told_which_are_needed(value: object, code: str) -> None:
    line = changed(GOOD, "facts", value)
    assert places(problems_of(line)) == [(code, "facts"), ("field.missing", "facts.effective")]


def test_a_record_acts_on_one_record_only() -> None:
    both = changed(changed(GOOD, "statement.corrects", "00" * 32), "statement.replaces", "11" * 32)
    (problem,) = problems_of(both)
    assert (problem.code.value, problem.field) == ("link.kind", "statement.corrects")
    assert "corrects, replaces" in problem.message


@pytest.mark.parametrize("kind", ["record.withdrawn", "record.ended"])
def test_an_end_needs_something_to_end(kind: str) -> None:
    link = "withdraws" if kind == "record.withdrawn" else "ends"
    assert places(problems_of(line_of(kind, links={}))) == [("link.kind", f"statement.{link}")]


def test_everything_wrong_with_a_line_is_told_at_once() -> None:
    line = line_of(facts={"effective": "soon", "provisions": ["luck"], "statements": "S1", "colour": 1})
    for path, value in (
        ("mood", 1),
        ("recorded", "now"),
        ("id", 1),
        ("statement.licences", []),
        ("statement.actor.role", "contributor"),
        ("statement.ends", "00" * 32),
        ("text.title", 5),
        ("text.motto", "x"),
        ("files.no/slash", "00" * 32),
        ("salts.text", "short"),
    ):
        line = changed(line, path, value)
    assert sorted(places(problems_of(line))) == [
        ("field.type", "facts.statements"),
        ("field.type", "id"),
        ("field.type", "text.title"),
        ("field.unknown", "facts.colour"),
        ("field.unknown", "mood"),
        ("field.unknown", "text.motto"),
        ("field.value", "facts.effective"),
        ("field.value", "facts.provisions[0]"),
        ("field.value", "files.no/slash"),
        ("field.value", "recorded"),
        ("field.value", "salts.text"),
        ("field.value", "statement.licences"),
        ("link.kind", "statement.ends"),
        ("role.not-entitled", "statement.actor.role"),
    ]


def test_everything_wrong_with_a_statement_is_told_at_once() -> None:
    line = changed(GOOD, "statement", {"kind": 1, "version": "1", "licences": [], "actor": {"role": "king"}, "x": 1})
    assert sorted(places(problems_of(line))) == [
        ("field.missing", "statement.actor.organisation"),
        ("field.missing", "statement.actor.person"),
        ("field.missing", "statement.licensee"),
        ("field.missing", "statement.occurred"),
        ("field.type", "statement.kind"),
        ("field.type", "statement.version"),
        ("field.unknown", "statement.x"),
        ("field.value", "statement.actor.role"),
    ]


def test_a_line_is_read_the_same_from_bytes_with_escapes() -> None:
    line = changed(GOOD, "text.title", "“Politik”")
    escaped, plain = read_line(json.dumps(line).encode()), read_line(json.dumps(line, ensure_ascii=False).encode())
    assert isinstance(escaped, Sealed)
    assert isinstance(plain, Sealed)
    assert escaped.statement.digest() == plain.statement.digest()
