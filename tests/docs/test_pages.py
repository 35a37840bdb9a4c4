"""The generated pages: complete, and the same as what the code and the law packs say today."""

from __future__ import annotations

import re

import pytest

from meterward.catalogues.scenarios import scenarios
from meterward.core.obligations.registry import FACTS
from meterward.core.records.kinds import all_kinds
from meterward.core.risk.scenario import Applies
from meterward.law import pack as packs
from tests.docs.asked import asked
from tests.docs.generate import PAGES, ROOT
from tests.docs.kinds_page import ITSELF, readers
from tests.docs.law_page import every_pack, heading
from tests.docs.scenarios_page import CONDITIONS


def headings(name: str) -> set[str]:
    """The headings of a page, without the marks of code."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {found.replace("`", "") for found in re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_would_be_written_today(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), f"{name} is out of date: run “make docs”."


def test_every_kind_is_documented() -> None:
    assert set(all_kinds()) - headings("docs/kinds.md") == set()


def test_every_fact_is_documented() -> None:
    assert set(FACTS) - headings("docs/facts.md") == set()


def test_every_duty_is_documented() -> None:
    wanted = {heading(duty) for pack in every_pack() for duty in pack.duties}
    assert wanted - headings("docs/law.md") == set()


def test_every_scenario_is_documented_with_every_condition() -> None:
    assert {one.name for one in scenarios()} - headings("docs/scenarios.md") == set()
    assert set(CONDITIONS) == set(Applies._fields)


def test_every_clause_and_parameter_stands_on_the_law_page() -> None:
    text = (ROOT / "docs/law.md").read_text(encoding="utf-8")
    for pack in every_pack():
        assert [one.clause for one in pack.provisions if f"| {one.clause} |" not in text] == []
        assert [one.name for one in pack.parameters if f"| `{one.name}` |" not in text] == []


def test_every_kind_is_read_by_a_clause_or_by_what_stands_before_the_clauses() -> None:
    unread = {kind.name for kind in all_kinds().values() if not readers(kind)}
    assert unread == set(ITSELF) - {name for name in ITSELF if readers(all_kinds()[name])}


def test_a_duty_declares_the_kinds_that_it_reads() -> None:
    for pack, duty in ((one, duty) for one in every_pack() for duty in one.duties):
        declared = {kind for selector in duty.inputs.all() for kind in packs.kinds_of(selector)}
        assert (duty.id, declared) == (duty.id, asked(pack, duty)[0])


def test_every_state_and_question_is_asked_for_by_a_duty() -> None:
    for pack in every_pack():
        cells = {cell.name for duty in pack.duties for cell in asked(pack, duty)[1]}
        assert {*pack.reference.states, *pack.reference.questions} - cells == set()
