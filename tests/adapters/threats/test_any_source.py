"""Threat intelligence as it is published: what is taken from each source, whole, with its digest."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.risk.products import Cpe, Purl
from meterward.core.risk.version_ranges import exactly, read_range
from tests.builders.advisories import (
    KEV,
    PUBLISHED,
    SINEC,
    advisory,
    branch,
    bundle,
    catalogue,
    entry,
    named,
    read,
    related,
    technique,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


WEAK = frozenset(("CVE-2024-0001",))


def test_the_catalogue_of_what_is_exploited_names_makers_and_products() -> None:
    (found,) = read(KEV)
    assert (found.source, found.entries, found.digest) == ("kev", 7, sha256(KEV.read_bytes()).hexdigest())
    assert found.file == str(KEV)
    assert "CVE-2014-0160" in found.exploited
    names = {one.name: [(each.vendor, each.name) for each in one.products] for one in found.advisories}
    assert names["CVE-2014-0160"] == [("OpenSSL", "OpenSSL")]
    assert names["CVE-2018-13382"] == [
        ("Fortinet", "FortiOS and FortiProxy"),
        ("Fortinet", "FortiOS"),
        ("Fortinet", "FortiProxy"),
    ]
    assert names["CVE-2025-43200"] == []
    assert found.notes == ("1 of its entries name no single product, and cannot be matched.",)


def test_a_published_advisory_says_which_versions_have_which_weakness() -> None:
    (found,) = read(SINEC)
    (one,) = found.advisories
    assert (one.name, one.title) == ("ICSA-22-069-03", "Siemens SINEC NMS")
    told = {(each.name, each.versions): each.affected for each in one.products}
    older, newer = told["SINEC NMS", read_range("< V1.0.3")], told["SINEC NMS", read_range(">= V1.0.3")]
    assert {each.vendor for each in one.products} == {"Siemens"}
    assert newer < older


def test_identifiers_and_every_status_are_taken(tmp_path: Path) -> None:
    products = [
        named("P1", purl="pkg:npm/head@1.2.3"),
        named("P2", cpe="cpe:/a:maker:head:2.0"),
        named("P3"),
        named("P4"),
        named("P5"),
    ]
    status = {
        "known_affected": ["P1"],
        "first_fixed": ["P2"],
        "known_not_affected": ["P3"],
        "under_investigation": ["P4"],
    }
    (found,) = read(written(tmp_path / "a.json", advisory(products=products, status=status)))
    first, second, third, fourth = found.advisories[0].products
    assert (first.purl, first.versions) == (Purl("npm", "", "head", "1.2.3"), exactly("1.2.3"))
    assert (second.cpe, second.versions) == (Cpe("a", "maker", "head", "2.0"), exactly("2.0"))
    assert (first.affected, second.unaffected, third.unaffected) == (WEAK,) * 3
    assert (fourth.affected, fourth.at_most) == (WEAK, "possible")


def test_branches_of_any_sort_lead_to_their_product(tmp_path: Path) -> None:
    inner = branch("product_name", "Head End", branch("product_version_range", "<2", product="P1"))
    tree = {"branches": [branch("vendor", "Maker", branch("product_family", "Field", inner))]}
    (found,) = read(written(tmp_path / "a.json", advisory(product_tree=tree)))
    (one,) = found.advisories[0].products
    assert (one.vendor, one.name, one.versions) == ("Maker", "Head End", read_range("<2"))


def test_a_part_of_something_else_is_matched_as_what_it_is(tmp_path: Path) -> None:
    whole = {"product_reference": "P1", "relates_to_product_reference": "P2", "full_product_name": named("P3", "both")}
    tree = {"full_product_names": [named("P1", purl="pkg:npm/a@1"), named("P2", "System")], "relationships": [whole]}
    status = {"known_affected": ["P3"]}
    (found,) = read(written(tmp_path / "a.json", advisory(product_tree=tree, status=status)))
    (one,) = found.advisories[0].products
    assert (one.purl, one.at_most) == (Purl("npm", "", "a", "1"), "likely")


def test_a_folder_and_an_archive_of_the_same_advisories_come_to_the_same(tmp_path: Path) -> None:
    for number in range(3):
        written(tmp_path / "folder" / f"{number}.json", advisory(f"A-{number}"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.json", (tmp_path / "folder" / f"{number}.json").read_bytes())
    (folder,), (packed,) = read(tmp_path / "folder"), read(tmp_path / "a.zip")
    assert folder == packed
    assert (folder.entries, folder.file) == (3, "")
    assert folder.digest == sha256(folder.listed.encode()).hexdigest()
    assert f"{sha256((tmp_path / 'folder' / '0.json').read_bytes()).hexdigest()}  0.json\n" in folder.listed


def test_the_same_file_twice_is_one_advisory(tmp_path: Path) -> None:
    first = written(tmp_path / "a.json", advisory())
    second = written(tmp_path / "b.json", advisory())
    (found,) = read(first, second)
    assert found.entries == 1


def test_techniques_are_told_with_how_they_stand(tmp_path: Path) -> None:
    old, new = technique("1", "T0801", revoked=True), technique("2", "T0802")
    gone, against = technique("3", "T0803", x_mitre_deprecated=True), technique("4", "M0901", "course-of-action")
    joined = related("revoked-by", old["id"], new["id"]), related("mitigates", against["id"], new["id"])
    (found,) = read(written(tmp_path / "a.json", bundle(old, new, gone, against, *joined)))
    told = {one.id: one for one in found.techniques}
    assert (told["T0801"].standing, told["T0801"].instead) == ("revoked", "T0802")
    assert (told["T0802"].standing, told["T0802"].mitigated_by) == ("current", ("M0901",))
    assert told["T0803"].standing == "deprecated"
    assert (told["M0901"].kind, found.entries) == ("mitigation", 4)


def test_each_source_is_a_value_of_its_own(tmp_path: Path) -> None:
    files = (
        written(tmp_path / "a.json", advisory()),
        written(tmp_path / "k.json", catalogue(entry())),
        written(tmp_path / "t.json", bundle(technique("1", "T0801"))),
    )
    assert [one.source for one in read(*files)] == ["kev", "csaf", "attack"]


def test_every_file_that_is_kept_here_is_sound() -> None:
    sources = {one.source: one.entries for one in read(PUBLISHED)}
    assert sources == {"kev": 7, "csaf": 3}
    for file in PUBLISHED.glob("*.json"):
        assert json.loads(file.read_bytes())
