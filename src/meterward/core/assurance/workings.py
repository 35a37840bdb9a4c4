"""What auditors keep to themselves: samples, papers, tests and findings; and what a report makes of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from meterward.core.records.kinds import finding_made, paper_filed, sample_drawn, test_performed
from meterward.core.records.kinds.finding_made import FindingMade
from meterward.core.records.kinds.paper_filed import PaperFiled
from meterward.core.records.kinds.sample_drawn import SampleDrawn
from meterward.core.records.kinds.test_performed import Performed
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.assurance.engagement import Audit
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kind import Kind

T = TypeVar("T")


class Workings(NamedTuple):
    """The workings of one audit on a day."""

    samples: tuple[Record[SampleDrawn], ...] = ()
    papers: tuple[Record[PaperFiled], ...] = ()
    tests: tuple[Record[Performed], ...] = ()
    findings: tuple[Record[FindingMade], ...] = ()

    def ids(self) -> tuple[bytes, ...]:
        """The ids of their records."""
        return tuple(one.id for some in self for one in some)

    def counted(self) -> dict[str, Counter[str]]:
        """How many tests of each clause came out how."""
        found: dict[str, Counter[str]] = {}
        for one in self.tests:
            found.setdefault(one.facts.clause, Counter())[one.facts.result] += 1
        return found

    def recommendations(self) -> tuple[str, ...]:
        """The recommendations that follow from the findings, each once."""
        return tuple(dict.fromkeys(one.facts.recommendation for one in self.findings if one.facts.recommendation))

    def about(self, clause: str) -> Workings:
        """Those about one clause, or what stands beneath it."""

        def here(found: tuple[Record[Any], ...]) -> tuple[Record[Any], ...]:
            return tuple(one for one in found if within(one.facts.clause, clause))

        return Workings(here(self.samples), here(self.papers), here(self.tests), here(self.findings))


def within(named: str | None, clause: str) -> bool:
    """Whether a clause is another, or stands beneath it."""
    return bool(named) and (named == clause or str(named).startswith((f"{clause}(", f"{clause}/")))


def workings(read: Reader, audit: Audit, day: date) -> Workings:
    """What stands of the workings of an audit on a day."""

    def of(kind: Kind[T]) -> tuple[Record[T], ...]:
        found: list[Record[T]] = []
        for one in read.all(kind):
            facts: Any = one.facts
            if facts.audit == audit.name and one.about == audit.licensee and one.occurred <= day < read.until(one):
                found.append(one)
        return tuple(found)

    return Workings(of(sample_drawn.KIND), of(paper_filed.KIND), of(test_performed.KIND), of(finding_made.KIND))
