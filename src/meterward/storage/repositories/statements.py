"""Statements that are the same on each append, written once: building them anew would cost more than running them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

OR_LEAVE = "ON CONFLICT DO NOTHING"


def insert(table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]], otherwise: str = "") -> int:
    """Insert rows; `otherwise` says what to do with one that is there. How many were inserted or changed."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(table, columns, otherwise), rows)
        return int(cursor.rowcount)


def execute(sql: str, *values: str | int) -> None:
    """Carry a statement out."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def select(sql: str, *values: str | int, among: Collection[str] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query, in which `{among}` stands for a list of values, which come last."""
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{among}", ", ".join(["%s"] * len(among))), [*values, *among])
        return list(cursor.fetchall())


@lru_cache
def _insertion(table: str, columns: tuple[str, ...], otherwise: str) -> str:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({places}) {otherwise}"  # noqa: S608 - all of it is ours
