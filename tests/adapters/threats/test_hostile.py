"""Files that are not what they say, or that mean harm: each is told with its place, and nothing is taken of any."""

from __future__ import annotations

import json
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meterward.adapters.threats import given as bounds
from meterward.adapters.threats.any_source import AnySource
from meterward.core.base.problem import Code, Problem
from tests.builders.advisories import (
    advisory,
    branch,
    bundle,
    catalogue,
    entry,
    named,
    refused,
    related,
    technique,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

HEAD = {"csaf_version": "2.0", "title": "T", "tracking": {"id": "A"}}
DEEP: dict[str, Any] = {"category": "vendor", "name": "x"}
for _ in range(30):
    DEEP = branch("product_family", "x", DEEP)


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("", Code.FILE_EMPTY, "empty"),
        ("<html>", Code.THREATS_DAMAGED, "not sound JSON"),
        ('{"document": {"csaf_version"', Code.THREATS_DAMAGED, "not sound JSON"),
        ('{"a": 1, "a": 2}', Code.THREATS_DAMAGED, "stands twice"),
        ("[" * 100_000, Code.THREATS_BOUNDS, "too deep"),
        ("[]", Code.THREATS_UNKNOWN, "none of what is read here"),
        ({"document": {"title": "not CSAF"}}, Code.THREATS_UNKNOWN, "neither a KEV catalogue"),
        ({"bomFormat": "CycloneDX", "components": []}, Code.THREATS_UNKNOWN, "neither a KEV catalogue"),
        ({"document": {"csaf_version": "1.2"}}, Code.THREATS_UNKNOWN, "CSAF “1.2”"),
        ({"document": {**HEAD, "tracking": {}}}, Code.THREATS_VALUE, "there is nothing"),
        ({"document": {**HEAD, "title": True}}, Code.THREATS_VALUE, "there is a truth value"),
        (advisory(product_tree=[]), Code.THREATS_VALUE, "there is a list"),
        (advisory(status={"known_affected": ["P9"]}), Code.THREATS_REFERENCE, "no product “P9”"),
        (advisory(status={"fixed": "P1"}), Code.THREATS_VALUE, "there is a text"),
        (advisory(products=[named(), named()]), Code.THREATS_VALUE, "“P1” stands in it twice"),
        (advisory(product_tree={"branches": [DEEP]}), Code.THREATS_BOUNDS, "more products than any"),
        (catalogue(entry(cve="CVE-1")), Code.THREATS_VALUE, "not the name of a CVE"),
        (catalogue(entry(), count=1_404), Code.THREATS_VALUE, "says that it has 1404 entries"),
        (catalogue(entry(), entry()), Code.THREATS_VALUE, "stands in it twice"),
        (catalogue({"cveID": "CVE-2024-0001"}), Code.THREATS_VALUE, "there is nothing"),
        (bundle(related("uses", "attack-pattern--1", "x--2")), Code.THREATS_REFERENCE, "attack-pattern--1"),
        (bundle({**technique("1", "T1"), "external_references": []}), Code.THREATS_VALUE, "no id of ATT&CK"),
        (bundle(technique("1", "T1"), technique("1", "T2")), Code.THREATS_VALUE, "stands in it twice"),
        (bundle(), Code.THREATS_UNKNOWN, "no technique"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(tmp_path: Path, content: object, code: Code, says: str) -> None:
    first, *_ = found = refused(written(tmp_path / "bad.json", content))
    problem = next((one for one in found if says in one.message), first)
    assert (problem.code, says in problem.message) == (code, True), found
    assert problem.field.startswith("bad.json")
    assert problem.hint


def test_one_bad_advisory_among_many_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    for number in range(5):
        written(tmp_path / f"{number}.json", advisory(f"A-{number}"))
    written(tmp_path / "3.json", {"document": {"title": "A blog post"}})
    written(tmp_path / "4.json", bundle(related("uses", "a--1", "a--2")))
    found = refused(tmp_path)
    assert [one.field for one in found] == ["3.json", "4.json, objects[0]"]


def test_every_row_with_a_problem_is_told(tmp_path: Path) -> None:
    rows = catalogue(entry(), entry("CVE-2024-0002", vendor=""), entry("no"))
    found = refused(written(tmp_path / "k.json", rows))
    assert [one.field for one in found] == [
        "k.json, vulnerabilities[1].vendorProject",
        "k.json, vulnerabilities[2].cveID",
    ]


def test_two_editions_of_one_advisory_are_not_mixed(tmp_path: Path) -> None:
    older = written(tmp_path / "old.json", advisory())
    newer = written(tmp_path / "new.json", advisory(status={"fixed": ["P1"]}))
    (problem,) = refused(older, newer)
    assert "stands in old.json as well" in problem.message
    (second,) = refused(*(written(tmp_path / f"{n}.json", catalogue(entry(f"CVE-2024-000{n}"))) for n in (1, 2)))
    assert "second KEV catalogue" in second.message


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    assert [one.code for one in refused(tmp_path / "none", tmp_path)] == [Code.FILE_MISSING, Code.FILE_MISSING]


def test_an_archive_that_unfolds_too_far_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.json", json.dumps(advisory(f"A-{number}")))
    monkeypatch.setattr(bounds, "LARGEST_ARCHIVE", 500)
    assert [one.code for one in refused(archive)] == [Code.THREATS_BOUNDS]
    monkeypatch.setattr(bounds, "LARGEST_ARCHIVE", 10**6)
    monkeypatch.setattr(bounds, "LARGEST", 100)
    assert {one.code for one in refused(archive)} == {Code.FILE_TOO_LARGE}
    monkeypatch.setattr(bounds, "MOST_FILES", 2)
    assert [one.code for one in refused(archive)] == [Code.THREATS_BOUNDS]


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.json", json.dumps(advisory()) * 50)
    raw = bytearray(archive.read_bytes())
    raw[60:90] = b"\xff" * 30
    assert [one.code for one in refused(written(archive, bytes(raw)))] == [Code.THREATS_DAMAGED]
    assert [one.code for one in refused(written(archive, bytes(raw[:100])))] == [Code.THREATS_DAMAGED]


def test_an_archive_without_advisories_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    assert [one.code for one in refused(archive)] == [Code.THREATS_UNKNOWN]


SECONDS = 60
"""What takes time that grows faster than the text takes hours; a busy machine takes some seconds."""


def test_names_and_ranges_that_are_made_to_take_long_do_not(tmp_path: Path) -> None:
    odd = [" " * 1_900 + "x", "(" * 1_900, "<" * 1_900, "1." * 950, "a " * 950, "\u0301" * 1_900]
    branches = [
        branch("product_version_range", text, product=f"P{at}-{n}") for at, text in enumerate(odd) for n in range(500)
    ]
    tree = {"branches": [branch("vendor", "x", *branches)]}
    status = {"known_affected": [f"P{at}-{n}" for at in range(len(odd)) for n in range(500)]}
    file = written(tmp_path / "a.json", advisory(product_tree=tree, status=status))
    started = time.perf_counter()
    AnySource().read((file,))
    assert time.perf_counter() - started < SECONDS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
PLACES = st.sampled_from(
    (
        "document",
        "product_tree",
        "vulnerabilities",
        "tracking",
        "branches",
        "product",
        "product_status",
        "known_affected",
        "relationships",
        "full_product_names",
        "objects",
        "external_references",
        "cveID",
        "type",
        "id",
        "relationship_type",
    )
)


def put(value: Any, place: str, odd: Any) -> Any:  # noqa: ANN401 - any JSON
    """A value with something odd wherever a place is."""
    if isinstance(value, dict):
        return {key: odd if key == place else put(one, place, odd) for key, one in value.items()}
    return [put(one, place, odd) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("place", ["type", "id"])
@pytest.mark.parametrize("odd", [["attack-pattern"], {"type": 1}, [], None, "x" * 2_001])
def test_an_object_of_a_bundle_is_told_whatever_it_says_of_itself(tmp_path: Path, place: str, odd: object) -> None:
    odd_one = {**technique("1", "T1"), place: odd}
    found = AnySource().read((written(tmp_path / "a.json", bundle(odd_one, technique("2", "T2"))),))
    assert found
    if place == "id" and not isinstance(odd, str):
        assert [one.code for one in found if isinstance(one, Problem)] == [Code.THREATS_VALUE]


@given(st.sampled_from(["csaf", "kev", "attack"]), PLACES, JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_stands_anywhere_is_read_or_told(tmp_path: Path, source: str, place: str, odd: object) -> None:
    inner = branch("vendor", "M", branch("product_version", "1", product="P1"))
    whole = {"product_reference": "P1", "relates_to_product_reference": "P1", "full_product_name": named("P2")}
    tree = {"branches": [inner], "full_product_names": [named("P3")], "relationships": [whole]}
    sound = {
        "csaf": advisory(product_tree=tree),
        "kev": catalogue(entry()),
        "attack": bundle(technique("1", "T1"), related("uses", "attack-pattern--1", "attack-pattern--1")),
    }
    found = AnySource().read((written(tmp_path / "a.json", put(sound[source], place, odd)),))
    assert found
    if isinstance(found, list):
        assert all(one.message and one.hint for one in found)
