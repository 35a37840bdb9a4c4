"""Procurement: what contracts ask of those who deliver and operate elements, and how acceptance tests came out.

Paragraph 2.3 of the consultation: suppliers assure security through their procurement, contracts and management.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.base.days import after
from meterward.core.records.kinds import acceptance_tested, contract_agreed
from meterward.core.records.kinds.acceptance_tested import AcceptanceTested
from meterward.core.records.kinds.contract_agreed import ContractAgreed, Requirement
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.element_declared import ElementDeclared

Came: TypeAlias = Literal["passed", "failed", "untested"]


class Met(NamedTuple):
    """A requirement of a contract, how its last test came out, and the record of that."""

    requirement: Requirement
    came: Came
    delivery: str = ""
    test: Record[AcceptanceTested] | None = None


class Contract(NamedTuple):
    """A contract that binds on a day, with its requirements."""

    record: Record[ContractAgreed]
    requirements: tuple[Met, ...]

    @property
    def holds(self) -> bool:
        """Whether it asks for something, and everything that it asks for was tested and passed."""
        return bool(self.requirements) and all(one.came == "passed" for one in self.requirements)


class Lapsed(NamedTuple):
    """A contract that bound once, and the first day on which it did so no more."""

    record: Record[ContractAgreed]
    until: date


def contracts(read: Reader, day: date) -> tuple[Contract, ...]:
    """The contracts that bind on a day, with the tests up to it."""
    return tuple(
        Contract(one, tuple(_met(read, one, day))) for one in read.all(contract_agreed.KIND) if _binds(read, one, day)
    )


def beyond_contract(elements: Mapping[str, ElementDeclared], there: Iterable[Contract]) -> tuple[str, ...]:
    """The elements that others operate and that no contract is about."""
    covered = {name for one in there for name in one.record.facts.elements}
    return tuple(name for name, told in elements.items() if told.operator != "licensee" and name not in covered)


def lapsed(read: Reader, day: date) -> tuple[Lapsed, ...]:
    """The contracts that bound before a day and do so no more; one whose place another took is not among them."""
    found = [(one, _span(read, one)) for one in read.all(contract_agreed.KIND)]
    return tuple(
        Lapsed(one, until) for one, (first, until) in found if first < until <= day and not read.successor(one)
    )


def _binds(read: Reader, record: Record[ContractAgreed], day: date) -> bool:
    first, until = _span(read, record)
    return first <= day < until


def _span(read: Reader, record: Record[ContractAgreed]) -> tuple[date, date]:
    """The first day on which a contract binds, and the first on which it does so no more."""
    facts = record.facts
    until = read.until(record, lambda one: max(one.occurred, one.facts.first))
    last = until if facts.last is None else min(until, after(facts.last))
    return max(record.occurred, facts.first), last


def _met(read: Reader, record: Record[ContractAgreed], day: date) -> Iterator[Met]:
    tests = [test for test in read.of(acceptance_tested.KIND, record.subject) if test.occurred <= day]
    for requirement in record.facts.requirements:
        found = Met(requirement, "untested")
        for test in tests:
            for result in test.facts.results:
                if result.requirement == requirement.name:
                    found = Met(requirement, result.outcome, test.facts.delivery, test)
        yield found
