"""What a form sent, put together by the parts of its names."""

from __future__ import annotations

import pytest

from meterward.usecases.compose_line import nest

BOX, NONE = ("facts.interests", [""]), ("facts.interests.none", ["on"])


@pytest.mark.parametrize("sent", [(BOX, NONE), (NONE, BOX)])
def test_that_there_are_none_is_heard_beside_an_empty_box(sent: tuple[tuple[str, list[str]], ...]) -> None:
    assert nest(sent) == {"facts": {"interests": {"none": "on"}}}


def test_what_stands_in_a_box_goes_before_that_there_are_none() -> None:
    assert nest([("facts.interests", ["advice"]), NONE]) == {"facts": {"interests": "advice"}}
