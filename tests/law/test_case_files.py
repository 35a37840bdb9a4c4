"""Files of worked cases: one for each part of the law, read as one."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from meterward.law import pack as packs

if TYPE_CHECKING:
    from pathlib import Path

MAIN = """
[teller]
licensee = "northlight"
licences = ["electricity"]
[usual."policy.issued"]
facts = { statements = ["S1"] }
[base.start]
record = [{ kind = "policy.issued", on = 2013-01-02 }]
[[case]]
id = "first"
"""
MORE = """
[usual."policy.issued"]
role = "senior_manager"
facts = { effective = "on", statements = ["S2"] }
[base.more]
record = [{ kind = "policy.issued", on = 2013-01-03 }]
[[case]]
id = "second"
record = [{ kind = "policy.issued", on = 2013-01-04, facts = { statements = ["S3"] } }]
"""


@pytest.fixture(name="written")
def files_of_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(packs, "_HERE", tmp_path)
    folder = tmp_path / "draft" / "cases"
    folder.mkdir(parents=True)
    (tmp_path / "draft" / "cases.toml").write_text(MAIN)
    return folder


def test_a_pack_without_a_folder_of_cases_has_one_file(written: Path) -> None:
    written.rmdir()
    assert packs.cases("draft") == tomllib.loads(MAIN)


def test_every_file_of_cases_is_taken_in_by_name(written: Path) -> None:
    (written / "b.toml").write_text('[[case]]\nid = "third"\n')
    (written / "a.toml").write_text(MORE)
    (written / "notes.md").write_text("Not a file of cases.")
    found = packs.cases("draft")
    assert [case["id"] for case in found["case"]] == ["first", "second", "third"]
    assert found["base"].keys() == {"start", "more"}


def test_what_a_file_calls_usual_holds_for_its_own_records(written: Path) -> None:
    (written / "a.toml").write_text(MORE)
    found = packs.cases("draft")
    (start,), (more,), (own,) = (
        found["base"]["start"]["record"],
        found["base"]["more"]["record"],
        found["case"][1]["record"],
    )
    assert start == {"kind": "policy.issued", "on": date(2013, 1, 2)}
    assert (more["role"], more["facts"]) == ("senior_manager", {"effective": "on", "statements": ["S2"]})
    assert own["facts"] == {"effective": "on", "statements": ["S3"]}
    assert found["usual"] == {"policy.issued": {"facts": {"statements": ["S1"]}}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[case]]\nid = "first"\n', "a.toml uses the id first, which is used already"),
        ('[[case]]\nid = "x"\n[[case]]\nid = "x"\n', "a.toml uses the id x, which is used already"),
        ("[base.start]\nrecord = []\n", "a.toml uses the id start, which is used already"),
        ('[teller]\nlicensee = "another"\n', "a.toml has teller; a file of cases has usual, base and case"),
    ],
)
def test_an_id_used_twice_and_a_part_that_has_no_place_there_are_refused(written: Path, text: str, says: str) -> None:
    (written / "a.toml").write_text(text)
    with pytest.raises(ValueError, match=re.escape(says)):
        packs.cases("draft")
