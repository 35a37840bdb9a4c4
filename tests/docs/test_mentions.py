"""No document mentions what does not exist: files, make targets, kinds, codes, clauses, names from the code."""

from __future__ import annotations

import re
from functools import cache

import pytest

from meterward.core.base.problem import Code
from meterward.core.records.kinds import all_kinds
from tests.docs.documents import Document, documents
from tests.docs.generate import ROOT
from tests.docs.law_page import every_pack

DOCUMENTS = documents()
SUFFIXES = (".py", ".toml", ".md", ".in", ".txt", ".png", ".html", ".css")
PLACEHOLDERS = ("NAME", "NNNN", "DIR", "FILE", "<", "…", "family_act")
PATH = re.compile(r"[\w./*-]+")
DOTTED = re.compile(r"[a-z]+\.[a-z-]+")
CLASS = re.compile(r"(?:[A-Z][a-z]+)+")
CLAUSE = re.compile(r"\bZ\.\d+(?:\([a-z]\))*")


def each() -> pytest.MarkDecorator:
    """A test for each document."""
    return pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


@cache
def file_names() -> frozenset[str]:
    """The bare names of all files that people here write."""
    folders = ("src", "tests", "docs", "requirements")
    return frozenset(path.name for folder in folders for path in (ROOT / folder).rglob("*"))


@cache
def source() -> str:
    """All of the product's code in one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))


def is_path(code: str) -> bool:
    """Whether something in backticks is meant as a file or folder of this repository."""
    if not PATH.fullmatch(code) or code.startswith(".") or any(mark in code for mark in PLACEHOLDERS):
        return False
    rooted = code.startswith(("src/", "tests/", "docs/", "requirements/", "core/", "usecases/", "cli/"))
    return code.endswith(SUFFIXES) or rooted


def is_there(document: Document, code: str) -> bool:
    """Whether a file or folder is there: from the root, the package, the document, or by its bare name."""
    places = (ROOT, ROOT / "src" / "meterward", document.path.parent)
    return any((place / code).exists() for place in places) or code in file_names()


@each()
def test_files_are_there(document: Document) -> None:
    assert [code for code in document.codes() if is_path(code) and not is_there(document, code)] == []


@each()
def test_make_targets_are_there(document: Document) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {code.split()[1] for code in document.codes() if re.fullmatch(r"make [a-z]+", code)}
    assert named - targets == set()


@each()
def test_kinds_and_codes_are_there(document: Document) -> None:
    known = {*all_kinds(), *(code.value for code in Code)}
    families = {name.partition(".")[0] for name in known}
    dotted = {code for code in document.codes() if DOTTED.fullmatch(code) and not code.endswith(SUFFIXES)}
    assert {code for code in dotted if code.partition(".")[0] in families} - known == set()


@each()
def test_clauses_are_there(document: Document) -> None:
    known = {one.clause for pack in every_pack() for one in pack.provisions}
    known |= {one.clause for pack in every_pack() for one in pack.duties}
    known |= {clause.partition("(")[0] for clause in known}
    assert set(CLAUSE.findall(document.text)) - known == set()


@each()
def test_classes_are_there(document: Document) -> None:
    named = {code for code in document.codes() if CLASS.fullmatch(code)}
    assert {name for name in named if not re.search(rf"\b(?:class|import(?: \w+,)*) {name}\b", source())} == set()
