"""A bundle that holds, asked about a day of the reader's own: which day is shown, and what was compared."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from meterward.core.bundle.manifest import RECORDS
from meterward.usecases.select_records import Chosen
from meterward.usecases.withhold import Asked
from tests.builders.bundles import AS_AT, MemoryBundle
from tests.builders.northlight import LARGE, SMALL, maker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

FACT = Asked("facts", "power", "element.declared")
OWN = date(2016, 11, 20)


@pytest.fixture
def verified(tmp_path: Path, ask: Callable[..., Said]) -> Callable[..., Said]:
    """What a reader sees of a bundle as at a day."""

    def verified(bundle: MemoryBundle, day: date | str, *more: str, count: int = LARGE) -> Said:
        by = maker(count)
        for name, data in bundle.files.items():
            path = tmp_path / "bundle" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        policy = tmp_path / "policy"
        policy.write_text("".join(f"log {key}\n" for key in by.policy().logs) + "quorum none\n")
        return ask("bundle", "verify", tmp_path / "bundle", "--policy", policy, "--as-at", day, *more)

    return verified


def statuses(found: dict[str, Any]) -> dict[str, dict[str, str | None]]:
    """The status of each duty by licence, out of the JSON of a verification."""
    return {
        one["licence"]: {duty["id"]: duty["status"] for duty in one["duties"]} for one in found["position"]["licences"]
    }


def test_what_is_shown_is_the_position_that_the_records_give_on_that_day(
    verified: Callable[..., Said], ask: Callable[..., Said], tmp_path: Path
) -> None:
    bundle = maker(LARGE).bundle()
    found = verified(bundle, OWN, "--format", "json").json
    (tmp_path / "ledger.jsonl").write_bytes(bundle.files[RECORDS])
    told = ask("position", tmp_path / "ledger.jsonl", "--as-at", OWN, "--format", "json").json
    assert statuses(found) == {
        one["licence"]: {duty["id"]: duty["status"] for duty in one["duties"]} for one in told["positions"]
    }
    assert [one["receipt"] for one in found["position"]["licences"]] == [one["receipt"] for one in told["positions"]]
    assert len(set(statuses(found)["electricity"].values())) > 1
    assert statuses(found) != statuses(verified(bundle, AS_AT, "--format", "json").json)


def test_the_receipt_that_is_compared_stays_that_of_the_day_of_the_bundle(verified: Callable[..., Said]) -> None:
    said = verified(maker(LARGE).bundle(), OWN)
    assert said.exit == Exit.IN_ORDER
    assert "Computed anew from the records as at 2018-01-01: the same receipts" in said.words
    assert "As at 20 November 2016, the day that you named: computed here" in said.words
    assert "that step 10 compared are of the bundle's own day, 1 January 2018." in said.words
    assert said.out.index("Verified.") < said.out.index("As at 20 November 2016")


@pytest.mark.parametrize(
    ("day", "told", "untold"),
    [
        ("1995-02-01", ["before the first entry, of 25 January 2016"], ["after the last", "lies ahead"]),
        ("2016-11-20", ["as known at the last entry, of 1 January 2018"], ["before the first", "lies ahead"]),
        ("2018-01-01", ["the day of the bundle, whose receipts step 10 compared"], ["entry, of", "lies ahead"]),
        ("2019-01-01", ["after the last entry, of 1 January 2018"], ["before the first", "lies ahead"]),
        ("2199-12-31", ["after the last entry", "It lies ahead"], ["before the first"]),
    ],
)
def test_what_a_day_before_among_after_and_ahead_means_is_said(
    day: str, told: list[str], untold: list[str], verified: Callable[..., Said]
) -> None:
    said = verified(maker(LARGE).bundle(), day).words
    assert all(one in said for one in told), said
    assert not any(one in said for one in untold)


@pytest.mark.parametrize("day", ["2016-02-30", "20 November 2016", "1989-12-31", "2200-01-01", "2016-1-1", ""])
def test_a_day_that_is_none_is_refused_in_the_usual_words(day: str, verified: Callable[..., Said]) -> None:
    said = verified(maker(SMALL).bundle(), day, count=SMALL)
    assert said.exit == Exit.USAGE
    assert f"“{day}” is not a day from 1990 to 2199. Write it as 2014-11-20." in " ".join(said.err.split())
    assert not said.out


def test_where_facts_are_withheld_nothing_is_said_of_what_rests_on_them(verified: Callable[..., Said]) -> None:
    bundle = maker(LARGE).bundle(withheld=(FACT,))
    said = verified(bundle, OWN)
    assert said.exit == Exit.OPEN
    assert "Nobody can tell where Z.4, Z.7(a) and Z.11 stand, since facts were withheld." in said.words
    assert "Partial receipt of this day" in said.words
    found = verified(bundle, OWN, "--format", "json").json
    for licence in found["position"]["licences"]:
        untold = {duty["id"] for duty in licence["duties"] if duty["status"] is None}
        assert untold == set(licence["indeterminate"]) == {"Z.4", "Z.7(a)", "Z.11"}
        assert "result" not in licence["receipt"]


def test_where_every_duty_reads_what_is_withheld_none_is_shown(verified: Callable[..., Said]) -> None:
    bundle = maker(SMALL).bundle(withheld=(Asked("facts", "held_from", "licence.held"),))
    said = verified(bundle, OWN, count=SMALL)
    assert "Every duty rests on facts that were withheld" in said.words
    assert "Part B" not in said.words


def test_of_some_of_the_records_nobody_can_tell_a_position_and_that_is_said(verified: Callable[..., Said]) -> None:
    said = verified(maker(LARGE).bundle(Chosen(subject="policy/1")), OWN)
    assert said.exit == Exit.IN_ORDER
    assert said.words.endswith("Not every record is here, so that nobody can tell the position on any day from them.")


def test_a_selection_of_every_record_is_as_good_as_all_of_them(verified: Callable[..., Said]) -> None:
    everything = maker(LARGE).bundle(Chosen(first=date(1990, 1, 1)))
    whole, shown = (verified(one, OWN, "--format", "json").json for one in (maker(LARGE).bundle(), everything))
    assert statuses(shown) == statuses(whole)
    assert statuses(shown)


def test_of_a_bundle_that_does_not_hold_no_position_is_shown(verified: Callable[..., Said]) -> None:
    bundle = maker(SMALL).bundle()
    broken = bundle.changed(RECORDS, bundle.files[RECORDS] + b"{}\n")
    said = verified(broken, OWN, count=SMALL)
    assert said.exit == Exit.OPEN
    assert said.words.endswith("No position is shown: it would rest on what does not hold.")
    found = json.loads(verified(broken, OWN, "--format", "json", count=SMALL).out)
    assert not found["position"]["licences"]


def test_without_a_day_nothing_more_is_shown(tmp_path: Path, ask: Callable[..., Said]) -> None:
    by = maker(SMALL)
    for name, data in by.bundle().files.items():
        path = tmp_path / "bundle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    policy = tmp_path / "policy"
    policy.write_text("".join(f"log {key}\n" for key in by.policy().logs) + "quorum none\n")
    said = ask("bundle", "verify", tmp_path / "bundle", "--policy", policy)
    assert said.words.endswith("Verified.")
