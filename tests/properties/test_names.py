"""A record that a fold looks up is never refused for its names, in whatever ledger it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import given

from meterward.core.facts.cell import cell_keys
from meterward.core.facts.reader import Reader
from meterward.core.obligations.evaluate import Basis, evaluate
from meterward.usecases.check_names import slips_of_clauses, slips_of_names
from meterward.usecases.check_parts import slips_of_parts
from meterward.usecases.check_records import check_records
from tests.builders.diligence import DILIGENCE
from tests.builders.evaluations import index_of, licence_of, the_pack
from tests.builders.ledgers import COMMENCEMENTS, THEMES, ledgers, play, rich_ledger
from tests.builders.lines import LICENCES, LICENSEE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.facts.cell import CellKey
    from meterward.core.records.kind import F, Kind
    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe


@dataclass(slots=True)
class Watching(Reader):
    """A reader that notes every cell that it was asked for by more than the kind."""

    cells: set[CellKey] = field(default_factory=set)

    def of(self, kind: Kind[F], *key: str) -> tuple[Record[F], ...]:
        self.cells.add((kind.name, *key))
        return Reader.of(self, kind, *key)

    def nothing(self, kind: Kind[Any], keys: Iterable[tuple[str, ...]]) -> bool:
        there = list(keys)
        self.cells.update((kind.name, *key) for key in there)
        return Reader.nothing(self, kind, there)


def refused(scribe: Scribe) -> list[Record[Any]]:
    """The records of one licence with a name that nobody knows; none of them was looked up."""
    reader = Watching(index_of(scribe.records))
    evaluate(the_pack(), reader, Basis(LICENSEE, LICENCES[0], "electricity", {}))
    slipped = [*slips_of_names(the_pack(), [the_pack()], reader), *slips_of_parts(reader)]
    for record, slip in slipped:
        finer = {key for key in cell_keys(record) if len(key) > 1}
        assert not finer & reader.cells, (record, slip)
    return [record for record, _ in slipped]


@given(ledgers())
def test_what_a_fold_looks_up_is_never_refused_for_its_names(scribe: Scribe) -> None:
    refused(scribe)


def test_in_random_ledgers_there_is_much_to_refuse() -> None:
    kinds = {record.kind.name for theme in THEMES for seed in range(3) for record in refused(rich_ledger(seed, theme))}
    assert kinds == {
        "action.planned",
        "direction.answered",
        "recommendation.decided",
        "risk.treated",
        "state.evidenced",
    }


@given(ledgers())
def test_only_what_another_record_names_is_unknown_in_a_random_ledger(scribe: Scribe) -> None:
    reader = Reader(index_of(scribe.records))
    assert list(slips_of_clauses(the_pack(), [the_pack()], reader)) == []
    named = list(slips_of_names(the_pack(), [the_pack()], reader))
    assert {slip.field for _, slip in named} <= {"facts.aspect"}
    assert {record.facts.fact for record, _ in named} <= {"statement_operates", "prohibition_kept"}


def test_what_a_diligent_licensee_records_has_no_name_that_nobody_knows() -> None:
    for theme in DILIGENCE:
        scribe = play(theme, [], COMMENCEMENTS[0], diligent=True)
        pack = the_pack()
        readers = [licence_of(scribe.records, licence).reader for licence in LICENCES]
        assert list(check_records(pack, {pack.name: pack}, readers)) == []
