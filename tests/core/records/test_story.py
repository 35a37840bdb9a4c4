"""Stories: what is left out of them is filled in believably."""

from __future__ import annotations

from datetime import date

from meterward.core.records.story import Teller


def test_a_file_named_twice_in_a_story_is_one_file() -> None:
    request = {"kind": "evidence.requested", "facts": {"by": ["authority"]}, "files": ["request.pdf"]}
    told = [{**request, "on": date(2014, 2, day), "subject": f"request/{day}"} for day in (3, 4)]
    one, other = (line["files"] for line in Teller("northlight", ["gas"]).tell(told))
    assert one == other
    (elsewhere,) = (line["files"] for line in Teller("northlight", ["gas"], seed="another").tell(told[:1]))
    assert elsewhere != one


def test_files_that_nobody_named_are_each_a_file_of_their_own() -> None:
    request = {"kind": "evidence.requested", "facts": {"by": ["authority"]}}
    told = [{**request, "on": date(2014, 2, day), "subject": f"request/{day}"} for day in (3, 4)]
    one, other = (line["files"] for line in Teller("northlight", ["gas"]).tell(told))
    assert one != other
