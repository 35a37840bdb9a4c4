"""What scenarios name as their sources was looked up, and techniques are called what their owner calls them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from meterward.catalogues.scenarios import scenarios
from meterward.catalogues.techniques import techniques
from tests.builders.evaluations import the_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
SOURCE = re.compile(r"(?:“[^”]*”|[^“:]|:(?! ))+")
"""What stands before the colon; titles of others may have one of their own."""


def table(name: str) -> Mapping[str, Any]:
    """A file beside this one."""
    return tomllib.loads(HERE.joinpath(name).read_text(encoding="utf-8"))


LOOKED_UP = table("sources.toml")
HOW = {source: how for how, there in LOOKED_UP.items() for source in there}


def parts(said: str) -> tuple[str, str]:
    """A source, and what is said of it, if anything."""
    found = SOURCE.match(said)
    assert found, said
    return found[0], said[found.end() + 2 :]


SAID = [(one.name, *parts(said)) for one in scenarios() for said in one.provenance]


@pytest.mark.parametrize(
    ("said", "source", "claim"),
    [
        ("RFC 9019, firmware: downgrades", "RFC 9019, firmware", "downgrades"),
        ("“BlackIoT: a botnet”, USENIX 2018: blackouts", "“BlackIoT: a botnet”, USENIX 2018", "blackouts"),
        ("ISO/IEC 27002:2005, applications", "ISO/IEC 27002:2005, applications", ""),
        ("“Lights off!”, a talk", "“Lights off!”, a talk", ""),
    ],
)
def test_what_is_said_of_a_source_stands_after_the_colon(said: str, source: str, claim: str) -> None:
    assert parts(said) == (source, claim)


def test_each_scenario_has_a_source_and_each_source_was_looked_up() -> None:
    assert {one.name for one in scenarios()} == {name for name, _, _ in SAID}
    assert {(name, source) for name, source, _ in SAID if source not in HOW} == set()


def test_no_source_is_kept_for_nothing_or_listed_twice() -> None:
    assert set(HOW) - {source for _, source, _ in SAID} == set()
    assert len(HOW) == sum(len(there) for there in LOOKED_UP.values())
    assert [there for there in LOOKED_UP.values() if list(there) != sorted(there)] == []


def test_of_a_source_of_which_only_the_name_was_found_nothing_is_said() -> None:
    unread = [*LOOKED_UP["named"], *LOOKED_UP["own"]]
    assert [(name, source, claim) for name, source, claim in SAID if claim and source in unread] == []


def test_clauses_that_are_named_are_clauses_of_the_draft() -> None:
    named = {found[1] for source in HOW if (found := re.fullmatch(r"(Z\.\d\S*) of the draft condition", source))}
    assert named
    clauses = {one.clause for one in the_pack().provisions} | {one.clause for one in the_pack().duties}
    assert named - clauses == set()


def test_techniques_are_those_of_their_owner_by_id_and_name() -> None:
    theirs = table("attack_for_ics.toml")
    assert techniques().edition == theirs["edition"]
    assert techniques().names.items() - theirs["techniques"].items() == set()
