"""Entries by their terms, in the words of each database. An entry is known by its key, which grows with its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from meterward.storage.fields import storable
from meterward.storage.terms import TABLE
from meterward.usecases.find_terms import Term, exact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.usecases.find_terms import Groups

_FIND_SQLITE = f"""
    SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < COALESCE(
        (SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" = %s), 9223372036854775807)
    ORDER BY rowid DESC LIMIT %s"""  # noqa: S608 - a name of ours
# PostgreSQL does not know how rare a term is that its statistics do not have, and would walk through all entries from
# the newest on. It may do that for two thousand; if they do not fill the page, the term is looked up, and then sorted.
_NEAR_POSTGRESQL = """
    WITH top AS (SELECT COALESCE(
        (SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" = %s), (SELECT MAX(id) + 1 FROM storage_entry)
    ) AS id) SELECT entry_id FROM storage_terms, top
    WHERE terms @@ %s::tsquery AND entry_id < top.id AND entry_id >= top.id - 2000 ORDER BY entry_id DESC LIMIT %s"""
_FAR_POSTGRESQL = """
    SELECT entry_id FROM storage_terms WHERE terms @@ %s::tsquery AND entry_id < COALESCE(
        (SELECT id FROM storage_entry WHERE ledger_id = %s AND "index" = %s), 9223372036854775807)
    ORDER BY entry_id + 0 DESC LIMIT %s"""
_KEEP = "INSERT INTO {table} ({key}, terms) VALUES (%s, {terms})"
_KEEP_SQLITE = _KEEP.format(table=TABLE, key="rowid", terms="%s")
_KEEP_POSTGRESQL = _KEEP.format(table=TABLE, key="entry_id", terms="array_to_tsvector(%s::text[])")
_FORGET = "DELETE FROM {table} WHERE {key} IN (SELECT id FROM storage_entry WHERE {column} = %s)"
_COMPACT_SQLITE = f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')"  # noqa: S608 - a name of ours


def keep(ledger: str, found_by: Iterable[tuple[int, list[str]]]) -> None:
    """Let entries be found by their terms."""
    rows = [(key, [_own(ledger), *terms]) for key, terms in found_by]
    with connection.cursor() as cursor:
        if _is_sqlite():
            cursor.executemany(_KEEP_SQLITE, [(key, " ".join(terms)) for key, terms in rows])
        else:
            cursor.executemany(_KEEP_POSTGRESQL, rows)


def find(ledger: str, groups: Groups, below: int, limit: int) -> list[int]:
    """The keys of the entries below an index that have a term of each group, newest first, in two queries at most."""
    asked, place = ([Term(_own(ledger))], *groups), (storable(ledger), below)
    if _is_sqlite():
        return _keys(_FIND_SQLITE, _fts(asked), *place, limit)
    said = _tsquery(asked)
    near = _keys(_NEAR_POSTGRESQL, *place, said, limit)
    return near if len(near) == limit else _keys(_FAR_POSTGRESQL, said, *place, limit)


def _keys(sql: str, *values: str | int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def forget_ledger(ledger: str) -> None:
    """Let no entry of a ledger be found."""
    _forget("ledger_id", ledger)


def forget_statement(identity: str) -> None:
    """Let no entry of a statement be found, and leave no trace of its terms: SQLite would keep them for a while."""
    _forget("body_id", identity)
    if _is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute(_COMPACT_SQLITE)


def _forget(column: str, value: str) -> None:
    key = "rowid" if _is_sqlite() else "entry_id"
    with connection.cursor() as cursor:
        cursor.execute(_FORGET.format(table=TABLE, key=key, column=column), [storable(value)])


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _own(ledger: str) -> str:
    """The term that every entry of a ledger has."""
    return f"l={exact(ledger)}"


def _fts(groups: Iterable[Iterable[Term]]) -> str:
    """What is asked for, as FTS5 writes it."""
    return " AND ".join(f"({' OR '.join(map(_fts_term, group))})" for group in groups)


def _fts_term(term: Term) -> str:
    quoted = term.text.replace('"', '""')
    return f'"{quoted}"*' if term.begins else f'"{quoted}"'


def _tsquery(groups: Iterable[Iterable[Term]]) -> str:
    """What is asked for, as PostgreSQL writes it."""
    return " & ".join(f"({' | '.join(map(_tsquery_term, group))})" for group in groups)


def _tsquery_term(term: Term) -> str:
    quoted = term.text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if term.begins else f"'{quoted}'"
