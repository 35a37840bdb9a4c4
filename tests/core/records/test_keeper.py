"""Whose ledger a ledger is: of a licensee's alone a position is computed."""

from __future__ import annotations

import pytest

from meterward.core.records.keeper import EVERY_LEDGER, Keeper, no_duties


@pytest.mark.parametrize("keeper", EVERY_LEDGER)
def test_a_ledger_that_is_no_licensees_has_no_duties_and_says_whose_it_is(keeper: Keeper) -> None:
    found = no_duties("some", keeper)
    if keeper is Keeper.LICENSEE:
        assert found is None
    else:
        assert found is not None
        assert (found.code.value, found.message.startswith("“some” ")) == ("ledger.not-licensee", True)
