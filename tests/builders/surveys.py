"""What the folds of the system know beside its map, told of the example: counts, contracts, tests, plans, devices."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.records.kinds import (
    acceptance_tested,
    contract_agreed,
    coverage_measured,
    rollout_planned,
    system_described,
)
from meterward.usecases.ports import UploadKept
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from tests.builders.systems import CARRIER_A, HEAD_END, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json

_KINDS = (acceptance_tested.KIND, contract_agreed.KIND, coverage_measured.KIND, rollout_planned.KIND)
LISTED = b"reason,fuel,premises,device\nno_metering_system,gas,P-17,\n"
GATEWAY = "element/command-gateway"


def counted(day: date, none: int, several: int, nobody: int, fuel: str = "both", **more: Json) -> dict[str, Json]:
    """The line of a count of a million premises on a day."""
    facts: dict[str, Json] = {
        "as_at": day.isoformat(),
        "fuel": fuel,
        "feed": sha256(f"feed {day}".encode()).hexdigest(),
        "inventory": sha256(f"inventory {day}".encode()).hexdigest(),
        "premises": 1_000_000,
        "with_one": 1_000_000 - none - several,
        "with_none": none,
        "with_several": several,
        "in_scope": 1_000_000 - none + several + nobody,
        "supplying_nobody": nobody,
        "engine": "duckdb",
        "engine_version": "1.4.0",
    }
    return line("coverage.measured", day, facts, "system", **more)


def listed(day: date, none: int, several: int, nobody: int) -> dict[str, Json]:
    """The same, with the list of what does not match."""
    person = installation().people.get("security")
    assert person
    kept = take(LEDGER, person, [LISTED])
    assert isinstance(kept, UploadKept)
    found = counted(day, none, several, nobody, files={"unmatched.csv": kept.digest})
    facts = found["facts"]
    assert isinstance(facts, dict)
    facts |= {"unmatched": kept.digest, "unmatched_rows": none + several + nobody}
    return found


def contract(day: date, name: str, elements: Sequence[str], *asked: tuple[str, str], **more: Json) -> dict[str, Json]:
    """The line of a contract with its requirements."""
    facts: dict[str, Json] = {
        "party": "field-services-c",
        "elements": [*elements],
        "requirements": [{"name": one, "says": says} for one, says in asked],
        "first": day.isoformat(),
        "may_audit": True,
        **more,
    }
    return line("contract.agreed", day, facts, f"contract/{name}")


def tested(day: date, name: str, delivery: str, **came: str) -> dict[str, Json]:
    """The line of an acceptance test."""
    results: list[Json] = [{"requirement": one.replace("_", "-"), "outcome": outcome} for one, outcome in came.items()]
    good = all(outcome == "passed" for outcome in came.values())
    facts: dict[str, Json] = {"delivery": delivery, "results": results, "accepted": good}
    files: dict[str, Json] = {"report.pdf": sha256(delivery.encode()).hexdigest()}
    return line("acceptance.tested", day, facts, f"contract/{name}", files=files)


def planned(day: date, *milestones: tuple[date, int]) -> dict[str, Json]:
    """The line of a plan."""
    facts: dict[str, Json] = {"milestones": [{"by": by.isoformat(), "devices": devices} for by, devices in milestones]}
    return line("rollout.planned", day, facts, "system")


def devices(day: date, **counts: int) -> dict[str, Json]:
    """The line that tells how many devices of each region are live from a day on."""
    rows: list[Json] = [
        {
            "population": f"population/live-{region}",
            "element": HEAD_END,
            "devices": count,
            "state": "live",
            "model": "E-2",
            "region": region,
        }
        for region, count in counts.items()
    ]
    return line("system.described", day, {"source": "by_hand", "populations": rows})


def surveys(day: date) -> Iterator[dict[str, Json]]:
    """Counts by the quarter, three contracts, their tests, a plan, and devices that follow it with a delay."""
    for place, (none, several, nobody) in enumerate(((9_400, 260, 3_100), (6_900, 220, 2_400), (4_100, 240, 2_000))):
        yield counted(day - timedelta(400 - 100 * place), none, several, nobody)
    yield listed(day - timedelta(12), 2_650, 146, 1_204)
    asked = (("encryption", "Every command is encrypted and authenticated."), ("patching", "Patched within 30 days."))
    yield contract(day - timedelta(300), "run-head-end", [HEAD_END, GATEWAY], *asked, notice_hours=24)
    yield contract(day - timedelta(200), "carry-a", [CARRIER_A], *asked[:1], party="carrier-a", may_audit=False)
    over = (day - timedelta(30)).isoformat()
    yield contract(day - timedelta(390), "in-the-field", ["element/contractor-north"], *asked[:1], last=over)
    yield tested(day - timedelta(250), "run-head-end", "release-4.1", encryption="passed", patching="failed")
    yield tested(day - timedelta(60), "run-head-end", "release-4.2", encryption="passed")
    later = [(day + timedelta(90 * place), 500_000 + 120_000 * place) for place in range(-3, 5)]
    yield planned(day - timedelta(360), *later)
    for place in range(5):
        yield devices(
            day - timedelta(300 - 70 * place), north=60_000 * (place + 1), south=30_000 * (place + 1), west=5_000
        )


def take_back(day: date) -> Iterator[dict[str, Json]]:
    """The lines that withdraw what the example tells of the same kinds, and its later counts of devices."""
    ledgers = installation().ledgers
    counts = [one for one in ledgers.records_of(LEDGER, (system_described.KIND.name,)) if not one.facts.elements]
    for record in (*ledgers.records_of(LEDGER, tuple(kind.name for kind in _KINDS)), *counts):
        told = line("record.withdrawn", day, {"because": "never-happened"}, text={"reason": "Tried."})
        statement = told["statement"]
        assert isinstance(statement, dict)
        statement |= {"withdraws": record.id.hex(), "licences": [*record.licences]}
        yield told


def tell_surveys(day: date) -> None:
    """Tell all of it, and nothing else. The system must be there."""
    done = append(LEDGER, [*take_back(day), *surveys(day)])
    assert not isinstance(done, list), done
