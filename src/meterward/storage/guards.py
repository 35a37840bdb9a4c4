"""Triggers that keep the database itself from changing what is append-only, whoever asks it to, and by whatever words.

An entry is never changed nor removed, and a new one comes right after the last. A body is never removed; only its
texts, their salts and digests change, by erasing. A ledger keeps its name and licensee and never shrinks. Checkpoints
that were handed on stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple


class Guard(NamedTuple):
    """What is refused: an event on the rows of a table, under a condition."""

    name: str
    table: str
    event: str
    when: str
    says: str


_ENTRY, _BODY, _LEDGER = "storage_entry", "storage_body", "storage_ledger"
_CHECKPOINT = "storage_checkpoint"
_ALWAYS = "1 = 1"
_OTHER = "SELECT 1 FROM storage_entry"


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def _there(*conditions: str) -> str:
    return " OR ".join(f"EXISTS ({_OTHER} WHERE {condition})" for condition in conditions)


GUARDS = (
    Guard("entry_kept", _ENTRY, "DELETE", _ALWAYS, "an entry is never removed"),
    Guard("entry_fixed", _ENTRY, "UPDATE", _ALWAYS, "an entry is never changed"),
    Guard(
        "entry_new",
        _ENTRY,
        "INSERT",
        _there("id = NEW.id", "ledger_id = NEW.ledger_id AND body_id = NEW.body_id"),
        "an entry is never put in place of another",
    ),
    Guard(
        "entry_next",
        _ENTRY,
        "INSERT",
        """NEW."index" <> (SELECT COALESCE(MAX("index") + 1, 0) FROM storage_entry WHERE ledger_id = NEW.ledger_id)""",
        "an entry comes right after the last",
    ),
    Guard(
        "entry_forward",
        _ENTRY,
        "INSERT",
        _there("""ledger_id = NEW.ledger_id AND "index" = NEW."index" - 1 AND recorded > NEW.recorded"""),
        "the time of recording never runs backwards",
    ),
    Guard("body_kept", _BODY, "DELETE", _ALWAYS, "a statement is never removed"),
    Guard(
        "body_fixed",
        _BODY,
        "UPDATE",
        _changed("id", "statement", "facts", "files"),
        "of a statement only texts are erased",
    ),
    Guard("ledger_kept", _LEDGER, "DELETE", _ALWAYS, "a ledger is never removed"),
    Guard(
        "ledger_same",
        _LEDGER,
        "UPDATE",
        f"{_changed('name', 'organisation_id')} OR (OLD.licensee <> '' AND OLD.licensee <> NEW.licensee)",
        "a ledger stays whose it is",
    ),
    Guard("ledger_grows", _LEDGER, "UPDATE", "NEW.size < OLD.size", "a ledger never shrinks"),
    Guard(
        "ledger_forward",
        _LEDGER,
        "UPDATE",
        "NEW.last_recorded < OLD.last_recorded",
        "the time of recording never runs backwards",
    ),
)

OF_CHECKPOINTS = (
    Guard("checkpoint_kept", _CHECKPOINT, "DELETE", _ALWAYS, "a checkpoint is never removed"),
    Guard("checkpoint_fixed", _CHECKPOINT, "UPDATE", _ALWAYS, "a checkpoint is never changed"),
    Guard(
        "checkpoint_new",
        _CHECKPOINT,
        "INSERT",
        "EXISTS (SELECT 1 FROM storage_checkpoint WHERE id = NEW.id)",
        "a checkpoint is never put in place of another",
    ),
    Guard(
        "checkpoint_next",
        _CHECKPOINT,
        "INSERT",
        "NEW.number <> (SELECT COALESCE(MAX(number) + 1, 0) FROM storage_checkpoint WHERE ledger_id = NEW.ledger_id)",
        "a checkpoint comes right after the last",
    ),
    Guard(
        "checkpoint_grows",
        _CHECKPOINT,
        "INSERT",
        "EXISTS (SELECT 1 FROM storage_checkpoint WHERE ledger_id = NEW.ledger_id AND size > NEW.size)",
        "a checkpoint is never over fewer entries than the last",
    ),
)

# SQLite fires no trigger on the row that INSERT OR REPLACE throws out, so the insertion itself is passed over, which is
# what happens to a statement that another ledger has entered already.
_BODY_ONCE = (
    "CREATE TRIGGER body_once BEFORE INSERT ON storage_body FOR EACH ROW "
    "WHEN EXISTS (SELECT 1 FROM storage_body WHERE id = NEW.id) BEGIN SELECT RAISE(IGNORE); END"
)
_LEDGER_ONCE = (
    "CREATE TRIGGER ledger_once BEFORE INSERT ON storage_ledger FOR EACH ROW "
    "WHEN EXISTS (SELECT 1 FROM storage_ledger WHERE name = NEW.name OR organisation_id = NEW.organisation_id) "
    "BEGIN SELECT RAISE(ABORT, 'a ledger is never put in place of another'); END"
)


def of_checkpoints(vendor: str) -> list[str]:
    """The SQL that sets up the guards of checkpoints, which came later."""
    if vendor == "sqlite":
        return [*map(_sqlite, OF_CHECKPOINTS)]
    return [*map(_postgresql, OF_CHECKPOINTS), _no_truncate(_CHECKPOINT)]


def statements(vendor: str) -> list[str]:
    """The SQL that sets the first guards up."""
    if vendor == "sqlite":
        return [*map(_sqlite, GUARDS), _BODY_ONCE, _LEDGER_ONCE]
    return [*map(_postgresql, GUARDS), *map(_no_truncate, (_ENTRY, _BODY, _LEDGER))]


def _sqlite(guard: Guard) -> str:
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW WHEN {guard.when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
    )


def _postgresql(guard: Guard) -> str:
    return (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {guard.when} THEN "
        f"RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;"
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW "
        f"EXECUTE FUNCTION {guard.name}()"
    )


def _no_truncate(table: str) -> str:
    """PostgreSQL empties a table without a look at its rows; a guard on rows does not see it."""
    kept = next(guard.name for guard in (*GUARDS, *OF_CHECKPOINTS) if guard.table == table and guard.event == "DELETE")
    return f"CREATE TRIGGER {kept}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {kept}()"
