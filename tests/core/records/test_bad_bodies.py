"""Bodies that do not fit their kind: facts, texts, files, salts and what stands for erased texts."""

from __future__ import annotations

from typing import Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.records.body import LONGEST_TEXT, MOST_FILES
from meterward.core.records.erase import erase_texts
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_line, read_object
from tests.builders.wrong import GONE, changed, line_of, places, problems_of, written

POLICY, ASSESSMENT, DIRECTION = line_of(), line_of("assessment.completed"), line_of("direction.issued")
KINDS = sorted(all_kinds())
HEX = "ab" * 32


def erased() -> dict[str, Any]:
    """The policy with its title erased."""
    line = erase_texts(POLICY, ["title"])
    assert isinstance(line, dict)
    return line


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_kind_fits(kind: str) -> None:
    assert isinstance(read_line(written(line_of(kind))), Sealed)


@pytest.mark.parametrize("kind", [name for name in KINDS if any(one.required for one in all_kinds()[name].fields)])
def test_every_required_fact_of_every_kind_is_missed(kind: str) -> None:
    fields = [field.name for field in all_kinds()[kind].fields if field.required]
    assert sorted(places(problems_of(changed(line_of(kind), "facts", {})))) == sorted(
        ("field.missing", f"facts.{name}") for name in fields
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", [None, -1.0, 7, "", "no such thing", {"a": 1}, [None]], ids=repr)
def test_every_fact_of_every_kind_is_held_to_its_type(kind: str, wrong: object) -> None:
    for field in all_kinds()[kind].fields:
        if (field.shape, wrong) in (("count", 7), ("label", "no such thing")):
            continue
        if wrong == -1.0:
            assert [
                problem.code.value for problem in problems_of(changed(line_of(kind), f"facts.{field.name}", wrong))
            ] == ["line.not-json"]
            continue
        found = problems_of(changed(line_of(kind), f"facts.{field.name}", wrong))
        one_group = bool(field.inner) and not field.many and type(wrong) is dict
        assert len(found) == 1 or (one_group and found)
        codes = ("field.type", "field.value", "field.missing", *(("field.unknown",) if one_group else ()))
        assert {problem.code.value for problem in found} <= set(codes)
        assert all(problem.field.startswith(f"facts.{field.name}") for problem in found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_refuses_what_it_does_not_declare(kind: str) -> None:
    line = changed(changed(line_of(kind), "facts.verdict", "compliant"), "text.motto", "x")
    assert sorted(places(problems_of(line))) == [("field.unknown", "facts.verdict"), ("field.unknown", "text.motto")]


@pytest.mark.parametrize("kind", [name for name in KINDS if all_kinds()[name].needs_text])
def test_every_needed_text_is_missed(kind: str) -> None:
    line = {name: value for name, value in line_of(kind).items() if name != "text"}
    needed = [("field.missing", f"text.{name}") for name in all_kinds()[kind].needs_text]
    assert places(problems_of(line)) == needed


@pytest.mark.parametrize(
    ("line", "path", "value", "code", "field"),
    [
        (ASSESSMENT, "risks", "42", "field.type", "facts.risks"),
        (ASSESSMENT, "risks", True, "field.type", "facts.risks"),
        (ASSESSMENT, "risks", -1, "field.value", "facts.risks"),
        (ASSESSMENT, "risks", 2**53, "field.value", "facts.risks"),
        (ASSESSMENT, "scope", "network", "field.type", "facts.scope"),
        (ASSESSMENT, "scope", ["network", "moon"], "field.value", "facts.scope[1]"),
        (ASSESSMENT, "scope", ["network", 1], "field.type", "facts.scope[1]"),
        (ASSESSMENT, "above_appetite", ["R-1", "R 2"], "field.value", "facts.above_appetite[1]"),
        (ASSESSMENT, "above_appetite", [["R-1"]], "field.type", "facts.above_appetite[0]"),
        (POLICY, "effective", "4 March 2013", "field.value", "facts.effective"),
        (POLICY, "effective", "2013-03-04T00:00:00Z", "field.value", "facts.effective"),
        (POLICY, "effective", "1989-12-31", "field.value", "facts.effective"),
        (POLICY, "effective", "2200-01-01", "field.value", "facts.effective"),
        (POLICY, "effective", "\ud800", "field.value", "facts.effective"),
        (POLICY, "statements", ["S1", "\ud800"], "field.value", "facts.statements[1]"),
        (line_of("action.completed"), "effective", "yes", "field.type", "facts.effective"),
        (line_of("action.completed"), "effective", 1, "field.type", "facts.effective"),
        (DIRECTION, "requirements", {}, "field.type", "facts.requirements"),
        (DIRECTION, "requirements", ["step-1"], "field.type", "facts.requirements[0]"),
        (DIRECTION, "requirements", [{"name": "a"}], "field.missing", "facts.requirements[0].act"),
        (DIRECTION, "requirements", [{"name": "a", "act": "sing"}], "field.value", "facts.requirements[0].act"),
        (DIRECTION, "requirements", [{"name": "a", "act": "do", "x": 1}], "field.unknown", "facts.requirements[0].x"),
        (
            DIRECTION,
            "requirements",
            [{"name": "a", "act": "do", "due": None}],
            "field.type",
            "facts.requirements[0].due",
        ),
        (
            DIRECTION,
            "requirements",
            [{"name": "a", "act": "do", "to": ["authority", "court"]}],
            "field.value",
            "facts.requirements[0].to[1]",
        ),
    ],
)
def test_a_fact_that_does_not_fit_is_found_in_its_depth(
    line: dict[str, Any], path: str, value: object, code: str, field: str
) -> None:
    assert places(problems_of(changed(line, f"facts.{path}", value))) == [(code, field)]


def test_a_list_is_as_long_as_is_said_and_no_longer() -> None:
    names = [f"S{place}" for place in range(MOST_ITEMS + 1)]
    assert isinstance(read_object(changed(POLICY, "facts.statements", names[:-1])), Sealed)
    (problem,) = problems_of(changed(POLICY, "facts.statements", names))
    assert (problem.code.value, problem.field) == ("field.value", "facts.statements")
    assert "10,001 items" in problem.message


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "field.type"),
        (None, "field.type"),
        (["a"], "field.type"),
        ("", "field.value"),
        (" \n\t", "field.value"),
        ("x" * (LONGEST_TEXT + 1), "field.value"),
        ("half \ud83d", "line.not-utf8"),
        ("\udc00", "line.not-utf8"),
    ],
    ids=range(8),
)
def test_a_text_is_words_that_can_be_kept(value: object, code: str) -> None:
    assert places(problems_of(changed(POLICY, "text.title", value))) == [(code, "text.title")]


def test_a_text_is_as_long_as_is_said() -> None:
    assert isinstance(read_object(changed(POLICY, "text.title", "é" * LONGEST_TEXT)), Sealed)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("proof.pdf", "ab"),
        ("proof.pdf", HEX.upper()),
        ("proof.pdf", HEX + "\n"),
        ("proof.pdf", 5),
        ("proof.pdf", None),
        ("", HEX),
        (".hidden", HEX),
        ("a/b.pdf", HEX),
        ("../b.pdf", HEX),
        ("a b.pdf", HEX),
        ('a"b.pdf', HEX),
        ("é.pdf", HEX),
        ("a.pdf\n", HEX),
        ("x" * 101, HEX),
        ("\ud800", HEX),
    ],
)
def test_a_file_is_a_plain_name_and_a_digest(name: str, digest: object) -> None:
    line = {**POLICY, "files": {"good.pdf": HEX, name: digest}}
    assert places(problems_of(line)) == [("field.value", Problem(Code.FIELD_VALUE, "", "", f"files.{name}").field)]


def test_the_zeros_of_a_template_are_no_digest() -> None:
    (problem,) = problems_of({**POLICY, "files": {"good.pdf": HEX, "policy.pdf": "0" * 64}})
    assert (problem.code.value, problem.field) == ("field.value", "files.policy.pdf")
    assert "template" in problem.message


def test_a_record_has_a_thousand_files_at_most() -> None:
    files = {f"proof-{place}.pdf": HEX for place in range(MOST_FILES + 1)}
    assert isinstance(read_object({**POLICY, "files": dict(list(files.items())[:-1])}), Sealed)
    (problem,) = problems_of({**POLICY, "files": files})
    assert (problem.code.value, problem.field) == ("field.value", "files")
    assert "1,001 files" in problem.message


@pytest.mark.parametrize(
    ("salts", "fields"),
    [
        ({}, ["salts.facts", "salts.text"]),
        ({"facts": "00" * 16}, ["salts.text"]),
        ({"facts": "00" * 15, "text": "00" * 16}, ["salts.facts"]),
        ({"facts": "00" * 17, "text": "00" * 16}, ["salts.facts"]),
        ({"facts": "AB" * 16, "text": "00" * 16}, ["salts.facts"]),
        ({"facts": 5, "text": "00" * 16}, ["salts.facts"]),
        ({"facts": None, "text": "00" * 16}, ["salts.facts"]),
        ({"facts": "00" * 16, "text": {"title": "00" * 16}}, ["salts.text"]),
        ({"facts": "00" * 16, "text": {"title": "00" * 16, "change": "00"}}, ["salts.text"]),
        ({"facts": "00" * 16, "text": {"title": "00" * 16, "change": None}}, ["salts.text"]),
        ({"facts": "00" * 16, "text": {"title": "00" * 16, "change": "00" * 16, "x": "00" * 16}}, ["salts.text"]),
    ],
)
def test_each_part_needs_its_salt(salts: dict[str, object], fields: list[str]) -> None:
    assert places(problems_of({**POLICY, "salts": salts})) == [("field.value", field) for field in fields]


def test_a_salt_that_is_not_there_is_left_out_not_null() -> None:
    line = {**POLICY, "text": {}}
    assert isinstance(read_object({**line, "salts": {"facts": "00" * 16}}), Sealed)
    assert places(problems_of({**line, "salts": {"facts": "00" * 16, "text": None}})) == [("field.value", "salts.text")]


def test_only_parts_have_salts() -> None:
    assert places(problems_of(changed(POLICY, "salts.files", "00" * 16))) == [("field.unknown", "salts.files")]


def test_salts_are_an_object() -> None:
    assert places(problems_of({**POLICY, "salts": "00" * 16})) == [
        ("field.type", "salts"),
        ("field.value", "salts.facts"),
        ("field.value", "salts.text"),
    ]


def test_the_erased_line_that_the_next_are_made_of_is_good() -> None:
    assert isinstance(read_object(erased()), Sealed)


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        ("erased.title", "ab", "field.value", "erased.title"),
        ("erased.title", HEX.upper(), "field.value", "erased.title"),
        ("erased.title", None, "field.value", "erased.title"),
        ("erased.motto", HEX, "field.value", "erased.motto"),
        ("erased.effective", HEX, "field.value", "erased.effective"),
        ("erased.change", HEX, "field.value", "erased.change"),
        ("salts.text", "00" * 16, "field.value", "salts.text"),
    ],
)
def test_what_stands_for_an_erased_text_is_its_digest(path: str, value: object, code: str, field: str) -> None:
    assert places(problems_of(changed(erased(), path, value))) == [(code, field)]


def test_an_erased_text_without_its_digest_is_another_record() -> None:
    """Without the digest the line says less; it reads, and admission refuses it by its id."""
    whole, less = read_object(POLICY), read_object(changed(erased(), "erased.title", GONE))
    assert isinstance(whole, Sealed)
    assert isinstance(less, Sealed)
    assert whole.statement.digest() != less.statement.digest()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "It is empty."),
        (" \t ", "It has nothing but spaces."),
        (f"({all_kinds()['policy.issued'].text['title']})", "It is still the placeholder of the template."),
    ],
)
def test_a_text_of_nothing_is_told_as_that(text: str, says: str) -> None:
    (problem,) = problems_of(changed(POLICY, "text.title", text))
    assert (problem.code.value, problem.field, problem.message) == ("field.value", "text.title", says)


def test_a_text_in_parentheses_of_its_own_is_a_text() -> None:
    assert isinstance(read_object(changed(POLICY, "text.title", "(see the minutes)")), Sealed)


def test_each_of_several_groups_is_told_of_at_once() -> None:
    requirements = [{"name": 1, "act": "jump"}, {"name": "b", "act": "do", "due": "(when)"}, "c"]
    assert places(problems_of(changed(DIRECTION, "facts.requirements", requirements))) == [
        ("field.type", "facts.requirements[0].name"),
        ("field.value", "facts.requirements[0].act"),
        ("field.value", "facts.requirements[1].due"),
    ]


def test_a_body_is_looked_at_though_its_statement_does_not_fit() -> None:
    line = changed(changed(POLICY, "statement.licensee", 7), "facts.effective", "soon")
    assert sorted(places(problems_of(line))) == [
        ("field.type", "statement.licensee"),
        ("field.value", "facts.effective"),
    ]
    for path, value in (("kind", "policy"), ("kind", []), ("version", "one"), ("version", 99)):
        found = places(problems_of(changed(line, f"statement.{path}", value)))
        assert (("field.value", "facts.effective") in found) is (path == "version")
