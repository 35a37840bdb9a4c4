"""What is computed from entries when they are written can be made anew, and is the same then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from meterward.core.base.problem import Code, Problem
from meterward.storage import models
from meterward.storage.repositories import projections
from meterward.usecases.ports import Wanted
from meterward.usecases.rebuild_projections import rebuild_all
from tests.builders.kept import fresh, restore
from tests.builders.ledgers import rich_ledger

if TYPE_CHECKING:
    from tests.builders.stores import Store

PROJECTIONS = ("storage_subject", "storage_act", "storage_stream")


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the projections, but for keys that mean nothing."""
    found = {}
    with connection.cursor() as cursor:
        for table in PROJECTIONS:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name from the list above
            found[table] = sorted(row[1:] for row in cursor.fetchall())
        key = "rowid" if connection.vendor == "sqlite" else "entry_id"
        cursor.execute(f"SELECT {key}, terms FROM storage_terms")  # noqa: S608 - one of the two names above
        found["storage_terms"] = sorted(cursor.fetchall())
    return found


@pytest.fixture
def two(kept: Store) -> tuple[Store, str, str]:
    """A store with two ledgers."""
    names = fresh(kept), fresh(kept)
    for name, seed in zip(names, (3, 8), strict=True):
        restore(kept.ledgers, name, rich_ledger(seed, "everything", 60).lines)
    return kept, *names


def test_projections_that_are_made_anew_are_the_same(
    two: tuple[Store, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, first, _ = two
    monkeypatch.setattr(projections, "_AT_ONCE", 7)
    before = rows()
    assert all(before.values())
    assert store.ledgers.rebuild(first) == len(list(store.ledgers.records(first)))
    assert rows() == before


def test_projections_that_were_spoilt_are_mended(two: tuple[Store, str, str]) -> None:
    store, first, second = two
    before = rows()
    models.Subject.objects.filter(ledger_id=first).update(by="0" * 64)
    models.Act.objects.filter(ledger_id=second).delete()
    models.Stream.objects.update(count=7)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM storage_terms")
    assert store.ledgers.search(first, Wanted(), 9).hits == []
    told: list[str] = []
    assert rebuild_all(store.ledgers, told.append) == []
    assert sorted(told) == sorted((first, second))
    assert rows() == before


def test_a_ledger_that_is_not_there_is_not_rebuilt(store: Store) -> None:
    found = store.ledgers.rebuild("nowhere")
    assert isinstance(found, Problem)
    assert found.code == Code.LEDGER_UNKNOWN
