"""A record corrected very often is a record all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.facts.index import Index
from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.record import Record
from meterward.core.records.story import Teller
from tests.builders.brightwater import one

if TYPE_CHECKING:
    import pytest

TIMES = 1_200
"""More often than Python calls itself."""


def test_a_record_corrected_very_often_can_be_touched() -> None:
    facts = {"effective": "2013-03-04"}
    told = [
        one("ledger.opened", "2013-03-01", facts={"clock": "simulated", "purpose": "test"}),
        one("policy.issued", "2013-03-04", "policy/1", facts=facts, label="first 0"),
        one("policy.issued", "2013-03-05", "policy/2", facts=facts, label="second", replaces="first 0"),
    ]
    for number in range(TIMES):
        links = {"corrects": f"first {number}", "label": f"first {number + 1}"}
        told.append(one("policy.issued", "2013-03-04", "policy/1", facts=facts, recorded="2013-03-06", **links))
    told.append(one("policy.issued", "2013-03-05", "policy/2", facts=facts, recorded="2013-03-06", corrects="second"))
    index = Index("electricity")
    admission = Admission()
    records = []
    for line in Teller("northlight", ["electricity"]).tell(told):
        sealed = read_object(line)
        assert isinstance(sealed, Sealed)
        record = admission.admit(sealed)
        assert isinstance(record, Record)
        records.append(record)
        index.append(record)
    assert index.effective == {records[0].id, records[-2].id, records[-1].id}
    assert index.successor(records[-2]) is records[-1]


def test_a_long_chain_is_settled_only_where_a_record_touches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settled = 0
    settle = Index._settle  # noqa: SLF001 - what is counted is the work behind one append

    def count(index: Index, identity: bytes) -> None:
        nonlocal settled
        settled += 1
        settle(index, identity)

    monkeypatch.setattr(Index, "_settle", count)
    test_a_record_corrected_very_often_can_be_touched()
    assert settled < 3 * TIMES
