"""`meterward threats match`: advisories beside the system of a ledger, looked at and told there."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from tests.builders.advisories import KEV, PUBLISHED, SINEC, advisory, branch, bundle, technique, written
from tests.builders.harbour import OF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.terminal import Terminal

ELEMENTS = """id,name,categories,operator,power,in_service
field-tool,Field tool,communication_equipment,licensee,within,2013-03-04
network,Home area network,network,outside,limited,2013-03-04
"""
NO_JSON = PUBLISHED / "README.md"
TOOL = "element/field-tool"
SAID_BY = ("--append", "--as", "security")
PARTS = [
    {"name": "SINEC NMS", "version": "V1.0.1", "supplier": {"name": "Siemens AG"}},
    {"name": "OpenSSL", "version": "1.0.1f", "cpe": "cpe:2.3:a:openssl:openssl:1.0.1f:*:*:*:*:*:*:*"},
]


@pytest.fixture
def equipped(store: Terminal, tmp_path: Path) -> Terminal:
    """A store whose ledger tells of a system, one element of which has a bill of materials, and of a risk to it."""
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": PARTS}
    words = ("system", "import", *OF, "--as", "security")
    assert (
        store.enter(*words, str(written(tmp_path / "elements.csv", ELEMENTS)), "--on", "2014-12-01").exit
        == Exit.IN_ORDER
    )
    said = store.enter(*words, str(written(tmp_path / "bill.json", bill)), "--bill-of", TOOL)
    assert said.exit == Exit.IN_ORDER, said.err
    facts = {"label": "A taken field tool", "consequences": ["supply"], "elements": [TOOL]}
    add(store, "risk.identified", "risk/R1", facts)
    return store


def add(store: Terminal, kind: str, subject: str, facts: dict[str, Any], **text: str) -> None:
    """Append a record of the day of the last one."""
    statement = {
        "kind": kind,
        "version": 1,
        "licensee": "harbour",
        "licences": ["gas"],
        "occurred": lines(store)[-1]["statement"]["occurred"],
        "subject": subject,
        "actor": {"person": "p-01", "role": "security_manager", "organisation": "harbour"},
    }
    salts = {"facts": hashlib.md5(subject.encode()).hexdigest()} | ({"text": "cd" * 16} if text else {})  # noqa: S324 - a salt of 16 bytes
    line = {"statement": statement, "facts": facts, "text": text, "salts": salts}
    said = store.enter("append", "harbour", "-", piped=json.dumps(line) + "\n")
    assert said.exit == Exit.IN_ORDER, said.err + said.out


def lines(store: Terminal) -> list[dict[str, Any]]:
    """The lines of the ledger."""
    return [json.loads(line) for line in store.enter("export", "harbour").out.splitlines()]


def found(store: Terminal, *words: str | Path) -> dict[str, dict[str, Any]]:
    """Every match by its name, as a script reads it."""
    said = store.enter("threats", "match", *words, *OF, "--format", "json")
    return {one["match"]: one for source in said.json["sources"] for one in source["matches"]}


def test_it_is_shown_by_element_and_nothing_is_appended(equipped: Terminal) -> None:
    before = len(lines(equipped))
    said = equipped.enter("threats", "match", KEV, PUBLISHED / "icsa-22-069-03.json", *OF)
    assert said.exit == Exit.OPEN, said.err
    assert "CSAF advisories: 1 entry beside 4 components; 1 match (1 likely)." in said.words
    assert f"{TOOL} likely ICSA-22-069-03 SINEC NMS V1.0.1" in said.words
    assert "Maker, product and version agree; new; touches risk/R1." in said.words
    assert "possible CVE-2014-0160 OpenSSL 1.0.1f known to be exploited" in said.words
    assert "Nothing was appended" in said.words
    assert len(lines(equipped)) == before


def test_it_is_told_in_one_act_with_the_data_attached(equipped: Terminal) -> None:
    before = len(lines(equipped))
    said = equipped.enter("threats", "match", KEV, PUBLISHED / "icsa-22-069-03.json", *OF, *SAID_BY, "--note", "March.")
    assert said.exit == Exit.OPEN, said.err
    kev, csaf = lines(equipped)[before:]
    assert [one["statement"]["kind"] for one in (kev, csaf)] == ["threats.matched"] * 2
    digest = hashlib.sha256(KEV.read_bytes()).hexdigest()
    assert (kev["facts"]["data"], kev["files"], kev["text"]) == (digest, {"kev.json": digest}, {"note": "March."})
    (row,) = csaf["facts"]["matches"]
    assert (row["match"], row["confidence"]) == (f"match/ICSA-22-069-03/{TOOL.partition('/')[2]}", "likely")


def test_a_folder_is_attached_as_the_list_of_its_files(equipped: Terminal) -> None:
    before = len(lines(equipped))
    assert equipped.enter("threats", "match", PUBLISHED, *OF, *SAID_BY).exit == Exit.OPEN
    _, csaf = lines(equipped)[before:]
    assert csaf["files"] == {"csaf-files.sha256": csaf["facts"]["data"]}
    assert csaf["facts"]["entries"] == 3


def test_what_was_matched_and_settled_before_is_said(equipped: Terminal) -> None:
    assert equipped.enter("threats", "match", PUBLISHED, *OF, *SAID_BY).exit == Exit.OPEN
    assert {one["known"] for one in found(equipped, PUBLISHED).values()} == {"open"}
    name = "match/ICSA-22-069-03/field-tool"
    add(equipped, "match.settled", name, {"outcome": "not_affected"}, reason="It is not installed.")
    again = found(equipped, PUBLISHED)
    assert again[name]["known"] == "not_affected"
    assert {one["known"] for key, one in again.items() if key != name} == {"open"}
    said = equipped.enter("threats", "match", SINEC, *OF)
    assert "settled: not affected" in said.words
    assert said.exit == Exit.IN_ORDER


def test_another_version_is_not_matched(equipped: Terminal, tmp_path: Path) -> None:
    inner = branch("product_name", "SINEC NMS", branch("product_version_range", "<V1.0", product="P1"))
    tree = {"branches": [branch("vendor", "Siemens", inner)]}
    said = equipped.enter("threats", "match", written(tmp_path / "a.json", advisory(product_tree=tree)), *OF)
    assert said.exit == Exit.IN_ORDER
    assert "0 matches" in said.words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((str(NO_JSON),), "not sound JSON"),
        ((str(KEV), "--append"), "--append and --as NAME go together"),
        ((str(KEV), "--append", "--as", "nobody"), "“nobody” has no role"),
        ((str(KEV), "--as-at", "2010-01-01"), "Nothing is told of the system"),
        ((str(KEV), "--as-at", "2199-01-01", *SAID_BY), "has not come"),
        ((str(KEV), str(NO_JSON), *SAID_BY), "not sound JSON"),
        (("none.json",), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_appended(
    equipped: Terminal, words: tuple[str, ...], says: str
) -> None:
    before = len(lines(equipped))
    said = equipped.enter("threats", "match", *words, *OF)
    assert said.exit not in (Exit.IN_ORDER, Exit.OPEN, Exit.INTERNAL)
    assert says in said.complaint
    assert len(lines(equipped)) == before


def test_techniques_are_compared_with_those_that_the_risks_of_the_register_consider(
    equipped: Terminal, tmp_path: Path
) -> None:
    facts = {"label": "All off at once", "consequences": ["supply"], "scenario": "mass-disconnection"}
    add(equipped, "risk.identified", "risk/R2", facts)
    given = (technique("1", "T0855"), technique("2", "T0859", x_mitre_deprecated=True), technique("3", "T0812"))
    file = written(tmp_path / "ics.json", bundle(*given))
    said = equipped.enter("threats", "match", file, *OF)
    assert "Risks of the register consider 1 of them." in said.words
    assert "T0859 Name of T0859: deprecated; touches risk/R2" in said.words
    assert "T0826: not in this version; touches risk/R2" in said.words
    assert "No risk considers: T0812 Name of T0812" in said.words
    found = equipped.enter("threats", "match", file, *OF, "--format", "json").json["sources"][0]["techniques"]
    assert {name: [one["id"] for one in ones] for name, ones in found.items()} == {
        "by_risks": ["T0855"],
        "by_none": ["T0812"],
        "past": ["T0826", "T0831", "T0859"],
    }
    assert found["by_risks"][0]["risks"] == ["risk/R2"]
