"""Kinds in words: how their titles stand in what explanations and refusals say."""

from __future__ import annotations

from meterward.present.kind_words import kinds_titled


def test_a_kind_in_a_sentence_is_named_by_its_title() -> None:
    said = kinds_titled("state.evidenced need/data-centre-b of 11 September 2026 was recorded 40 days later")
    assert said == "“Finding” need/data-centre-b of 11 September 2026 was recorded 40 days later"
    assert (
        kinds_titled("document of incident.recorded of 20 May 2014") == "document of “Incident recorded” of 20 May 2014"
    )
    assert kinds_titled("The first record is ledger.opened.") == "The first record is “Ledger opened”."


def test_what_only_resembles_a_kind_stays() -> None:
    for text in ("element/state.evidenced", "state.evidenced-2", "state.evidenced.pdf", "restate.evidenced", ""):
        assert kinds_titled(text) == text
