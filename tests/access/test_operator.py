"""What the operator of an installation meets in the ledger that they keep: nothing of what anybody wrote."""

from __future__ import annotations

from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.usecases.exchange_records import addressed
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, browser_of, secret_of
from tests.builders.stations import take_stations


def test_records_that_were_shared_with_their_own_organisation_are_hidden_from_operators_with_their_files() -> None:
    operator = next(one.person.sign_in for one in take_stations() if one.role is Role.OPERATOR)
    browser, machine = browser_of(operator), Machine(secret_of(operator))
    kinds = [name for name, kind in all_kinds().items() if kind.shared]
    there = sorted(one.index for one in addressed(installation().ledgers.records_of(LEDGER, kinds), LEDGER))
    assert len(there) > 10
    for index in there:
        line = installation().ledgers.line(LEDGER, index) or {}
        for page in ("", "/proof", "/statement"):
            assert browser.get(f"/{LEDGER}/records/{index + 1}{page}").status_code == 404
            assert machine.get(f"{LEDGER}/records/{index}{page}").status_code == 404
        assert browser.get(f"/{LEDGER}/records/id/{line['id']}").status_code == 404
        for digest in (line.get("files") or {}).values():  # type: ignore[union-attr] # a line as JSON
            assert browser.get(f"/{LEDGER}/files/{digest}").status_code == 404
