"""What a regulator's officer meets in a licensee's ledger: the position, what reached them, and no way further."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.usecases.exchange_records import addressed
from meterward.usecases.ports import UploadKept
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from tests.builders.access_rows import PAGE, Row
from tests.builders.desks import Machine, browser_of, secret_of
from tests.builders.parties import direction, entered
from tests.builders.stations import gate_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ("", "clauses/Z.17", "clauses/Z.19", "clauses/Z.13(a)", "clauses/Z.4", "changes?from_as_at=2020-01-01")
PROOF = b"%PDF-1.7 why it was given"


def mine(of: str = "department") -> set[int]:
    """The entries of the licensee's ledger that reached a regulator."""
    kinds = [name for name, kind in all_kinds().items() if kind.shared]
    return {one.index for one in addressed(installation().ledgers.records_of(LEDGER, kinds), of)}


def links(path: str) -> Iterator[str]:
    """Where a page of the ledger leads within it."""
    page = browser_of("department").get(f"/{LEDGER}/{path}")
    assert page.status_code == 200
    for address in re.findall(r'href="([^"#]+)', page.content.decode()):
        if address.startswith(f"/{LEDGER}/"):
            yield urlsplit(address).path


@pytest.mark.parametrize("path", PAGES)
def test_no_page_links_to_what_is_hidden(path: str) -> None:
    found = set(links(path))
    assert found
    shut = [one for one in found if gate_of("department", Row("GET", one, PAGE), one)]
    assert shut == []


def test_reasons_name_records_by_number_and_kind() -> None:
    page = browser_of("department").get(f"/{LEDGER}/clauses/Z.4").content.decode()
    assert re.search(r'<span class="num">entry [\d,]+</span> ', page)
    assert "/records/" not in page
    assert "/records/" in browser_of("auditor").get(f"/{LEDGER}/clauses/Z.4").content.decode()


def test_what_reached_a_regulator_is_read_and_leads_nowhere_else() -> None:
    number = min(mine()) + 1
    page = browser_of("department").get(f"/{LEDGER}/records/{number}").content.decode()
    assert "direction.issued" in page
    led = {int(one) - 1 for one in re.findall(rf'href="/{LEDGER}/records/(\d+)[?"]', page)}
    assert led <= mine()
    assert f"/{LEDGER}/records?" not in page


def test_every_other_record_is_hidden_by_number_and_by_id() -> None:
    head, machine = installation().ledgers.head(LEDGER), Machine(secret_of("department"))
    assert head is not None
    browser, there = browser_of("department"), mine()
    other = next(one for one in range(head.size) if one not in there)
    for index, page, answer in ((other, 404, 404), (min(there), 200, 200)):
        line = installation().ledgers.line(LEDGER, index)
        assert line is not None
        assert browser.get(f"/{LEDGER}/records/{index + 1}").status_code == page
        assert browser.get(f"/{LEDGER}/records/id/{line['id']}").status_code == (302 if page == 200 else 404)
        for name in (index, line["id"]):
            assert machine.get(f"{LEDGER}/records/{name}").status_code == answer
    for nothing in ("0", str(head.size + 1), "99999999999999999999"):
        assert browser.get(f"/{LEDGER}/records/{nothing}").status_code == 404
        assert machine.get(f"{LEDGER}/records/x{nothing}").status_code == 404


def test_a_file_of_what_reached_a_regulator_is_given_and_no_other() -> None:
    person = installation().people.get("department")
    assert person is not None
    kept = take("department", person, [PROOF])
    here = take(LEDGER, person, [PROOF])
    assert isinstance(kept, UploadKept)
    assert isinstance(here, UploadKept)
    browser, address = browser_of("department"), f"/{LEDGER}/files/{kept.digest}"
    assert browser.get(address).status_code == 404
    said = direction("secretary_of_state", [LEDGER], "direction/with-proof")
    entered(append("department", [said | {"files": {"why.pdf": kept.digest}}]))
    given = browser.get(address)
    assert b"".join(given) == PROOF
    assert browser_of("authority").get(address).status_code == 404


def test_nobody_outside_reads_an_auditors_or_a_regulators_ledger() -> None:
    for ledger in ("auditor-a", "authority", "department"):
        for name in ("security", "board", "auditor", "authority", "department"):
            own = installation().people.get(name)
            assert own is not None
            status = browser_of(name).get(f"/{ledger}/").status_code
            assert status == (200 if own.organisation == ledger else 404), (ledger, name)
