"""The table of terms that entries are found by: FTS5 on SQLite, a GIN index on PostgreSQL. It can be made anew.

Both hold terms as `usecases/find_terms.py` makes them, and split, fold or stem nothing themselves, so that both find
the same. Rows are known by the key of their entry, which grows with the index in a ledger.
"""

from __future__ import annotations

TABLE = "storage_terms"
_FTS = "detail='none', columnsize=0, tokenize=\"ascii tokenchars '=^-._/''()'\""


def statements(vendor: str) -> list[str]:
    """The SQL that makes the table."""
    if vendor == "sqlite":
        return [f"CREATE VIRTUAL TABLE {TABLE} USING fts5(terms, {_FTS})"]
    return [
        f"CREATE TABLE {TABLE} (entry_id bigint PRIMARY KEY REFERENCES storage_entry (id), terms tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_inverted ON {TABLE} USING gin (terms)",
    ]
