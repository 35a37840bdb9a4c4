"""Which of a few records count, beside what the law's own index says of the same records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.days import NEVER
from meterward.core.facts.index import Index
from meterward.core.records.effective import effective
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import record_withdrawn, role_appointed
from meterward.core.records.record import LINKS, Links, Record
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

START = date(2014, 1, 6)
ACTOR = Actor("p-01", Role.SECURITY_MANAGER, "northlight")
APPOINTED = role_appointed.RoleAppointed("p-09", "risk_owner")
WITHDRAWN = record_withdrawn.RecordWithdrawn("never-happened")


@st.composite
def ledgers(draw: st.DrawFn) -> Sequence[Record[Any]]:
    """Appointments that correct, replace, end or withdraw what came before."""
    made: list[Record[Any]] = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        link = draw(st.sampled_from(["", *LINKS]))
        # An end is withdrawn, and never corrected.
        targets = [one for one in made if link != "corrects" or not one.links.ends]
        link = link if targets else ""
        made.append(_record(number, draw(st.integers(0, 3)), link, draw(st.sampled_from(targets)).id if link else b""))
    return made


def _record(number: int, days: int, link: str, target: bytes) -> Record[Any]:
    kind, facts = (record_withdrawn.KIND, WITHDRAWN) if link == "withdraws" else (role_appointed.KIND, APPOINTED)
    links = Links(**{link: target} if link else {})
    day = START + timedelta(days)
    return Record(bytes([number]) * 32, kind, day, day, number, "", ("any",), ACTOR, facts, 0, links)


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_same_counts_as_for_the_law_in_whatever_order_it_comes(records: Sequence[Record[Any]], chance: Any) -> None:  # noqa: ANN401 - Hypothesis has no public type for it
    index = Index("any")
    for record in records:
        index.append(record)
    said = effective(chance.sample(records, len(records)))
    assert {one.id for one in said.records} == index.effective
    for one in said.records:
        assert said.end(one) == index.ending(one)
        assert said.successor(one) == index.successor(one)
        after = (index.ending(one), index.successor(one))
        assert said.until(one) == min((other.occurred for other in after if other), default=NEVER)
