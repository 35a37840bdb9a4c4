"""The files of the example licensee: what its ledger tells, in every format; each can be imported, and is counted."""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.cli.exits import Exit
from meterward.usecases.ports.inventories import Bill, Read
from tests.builders.example_files import FOLDER, REGISTER, SHEETS, texts_of, told
from tests.builders.example_premises import AS_AT
from tests.builders.harbour import OF

if TYPE_CHECKING:
    from meterward.core.system.model import Drawn
    from tests.builders.terminal import Terminal

TABLES = ("elements.csv", "links.csv", "populations.csv")
MODELS = ("northlight.otm.json", "northlight.threagile.yaml")
BILLS = {
    "head-end.cdx.json": "element/head-end",
    "comms-hub-ch-a1.cdx.json": "element/comms-hubs-a",
    "meter-em-100.cdx.json": "element/electricity-meters",
}
EXTRACT, WORKSHOP = "kev-extract.json", "workshop.csv"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def read(name: str, known: Drawn | None = None) -> Read:
    """A file, read as any inventory is."""
    found = AnyFormat().read(io.BytesIO((FOLDER / name).read_bytes()), name, None, known.elements if known else ())
    assert isinstance(found, Read), found
    return found


def test_the_files_are_what_the_ledger_tells() -> None:
    found = {name: (FOLDER / name).read_bytes() for name in texts_of()}
    stale = [name for name, content in texts_of().items() if found[name] != content]
    assert stale == [], "python -m tests.builders.example_files writes them"
    kept = {*found, SHEETS, REGISTER, *BILLS, EXTRACT, WORKSHOP, "README.md"}
    assert {path.name for path in FOLDER.iterdir()} == kept


def test_the_system_has_the_size_that_is_told_of_it() -> None:
    drawn = told()
    meters = sum(one.devices for one in drawn.populations.values() if str(one.model).startswith(("em", "gm")))
    assert (len(drawn.elements), len(drawn.links), len(drawn.populations)) == (62, 141, 40)
    assert 2_350_000 < meters < 2_450_000
    assert "62 elements, 141 links and\n40 populations with 2.4 million meters" in README


def test_the_tables_together_tell_all_of_it() -> None:
    elements = read("elements.csv").drawn
    parts = [elements, *(read(name, elements).drawn for name in TABLES[1:])]
    assert [one.elements for one in parts[:1]] == [dict(told().elements)]
    assert parts[1].links == told().links
    assert parts[2].populations == told().populations


def test_the_spreadsheet_tells_the_same_in_one_file() -> None:
    assert read(SHEETS).drawn == told()


@pytest.mark.parametrize("name", MODELS)
def test_the_models_tell_the_same_but_for_the_populations(name: str) -> None:
    drawn = read(name).drawn
    assert (drawn.elements, drawn.links) == (told().elements, told().links)
    assert not drawn.populations


@pytest.mark.parametrize(("name", "element"), BILLS.items())
def test_the_bills_are_those_that_the_ledger_knows_by_digest(name: str, element: str) -> None:
    bill, one = read(name).bill, told().elements[element]
    assert isinstance(bill, Bill)
    assert (one.bill, one.components) == (bill.digest, len(bill.components))
    assert re.search(rf"`{re.escape(name)}` .*\b{one.components} components", README)
    components = json.loads((FOLDER / name).read_text(encoding="utf-8"))["components"]
    assert all(each["version"] and each["purl"].startswith("pkg:") for each in components)
    assert sum("cpe" in each for each in components) > len(components) / 2


def test_software_that_is_known_to_be_attacked_is_in_them() -> None:
    found = {(one.name, one.version) for name in BILLS for one in _bill(name).components}
    assert found > {("log4j-core", "2.14.1"), ("activemq-broker", "5.16.3"), ("sudo", "1.8.29"), ("openssl", "1.0.1e")}


def _bill(name: str) -> Bill:
    bill = read(name).bill
    assert bill
    return bill


@pytest.mark.parametrize(
    ("names", "comes_to"), [(TABLES, (62, 141, 40)), ((SHEETS,), (243,)), *(((one,), (203,)) for one in MODELS)]
)
def test_they_can_be_imported_and_come_to_nothing_the_second_time(
    store: Terminal, names: tuple[str, ...], comes_to: tuple[int, ...]
) -> None:
    for name, count in zip(names, comes_to, strict=True):
        said = store.enter("system", "import", str(FOLDER / name), *OF, "--as", "security")
        assert said.exit == Exit.IN_ORDER, said.out + said.err
        assert f"{count} added, 0 changed, 0 gone." in said.words
        again = store.enter("system", "import", str(FOLDER / name), *OF)
        assert "says what was told already" in again.words
    for bill, element in BILLS.items():
        said = store.enter("system", "import", str(FOLDER / bill), *OF, "--bill-of", element)
        assert "says what was told already" in said.words


def test_coverage_comes_to_what_is_said_of_it(terminal: Terminal) -> None:
    found = terminal.enter(
        *("system", "coverage", "--feed", str(FOLDER / "feed.csv"), "--inventory", str(FOLDER / "inventory.csv")),
        *("--as-at", str(AS_AT), "--format", "json"),
    ).json
    whole = found["whole"]
    assert [one["premises"] for one in (*found["counted"], whole)] == [1_287, 1_930, 3_217]
    assert [whole[name] for name in ("with_one", "with_none", "with_several")] == [3_111, 84, 22]
    assert (whole["in_scope"], whole["supplying_nobody"]) == (3_284, 129)
    counts = ("3,217", "1,930", "1,287", "3,111", "84", "22", "3,284", "129")
    assert [one for one in counts if not re.search(rf"\b{one}\b", README)] == []
    digest = hashlib.sha256((FOLDER / "feed.csv").read_bytes()).hexdigest()
    assert found["feed"] == {"sha256": digest, "rows": 3_351}
