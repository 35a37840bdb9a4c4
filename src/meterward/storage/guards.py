"""Triggers that keep the database itself from changing what is append-only, whoever asks it to.

An entry is never changed nor removed. A body is never removed; only its texts, their salts and digests change, by
erasing. A ledger never shrinks.
"""

from __future__ import annotations

from typing import NamedTuple


class Guard(NamedTuple):
    """What is refused: an event on a table, under a condition on the row."""

    name: str
    table: str
    event: str
    when: str
    says: str


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


GUARDS = (
    Guard("entry_kept", "storage_entry", "DELETE", "", "an entry is never removed"),
    Guard("entry_fixed", "storage_entry", "UPDATE", "", "an entry is never changed"),
    Guard("body_kept", "storage_body", "DELETE", "", "a statement is never removed"),
    Guard(
        "body_fixed",
        "storage_body",
        "UPDATE",
        _changed("id", "statement", "facts", "files"),
        "of a statement only texts are erased",
    ),
    Guard("ledger_kept", "storage_ledger", "DELETE", "", "a ledger is never removed"),
    Guard("ledger_grows", "storage_ledger", "UPDATE", "NEW.size < OLD.size", "a ledger never shrinks"),
    Guard(
        "ledger_forward",
        "storage_ledger",
        "UPDATE",
        "NEW.last_recorded < OLD.last_recorded",
        "the time of recording never runs backwards",
    ),
)


def statements(vendor: str) -> list[str]:
    """The SQL that sets the guards up."""
    return [_sqlite(guard) if vendor == "sqlite" else _postgresql(guard) for guard in GUARDS]


def _sqlite(guard: Guard) -> str:
    when = f"WHEN {guard.when} " if guard.when else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
    )


def _postgresql(guard: Guard) -> str:
    when = f"WHEN ({guard.when}) " if guard.when else ""
    return (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'integrity_constraint_violation'; END $$;"
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {when}"
        f"EXECUTE FUNCTION {guard.name}()"
    )
