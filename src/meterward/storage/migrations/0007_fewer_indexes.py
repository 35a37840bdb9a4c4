"""Drop the indexes on one column that an index on several begins with: each costs every append a page to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations, models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_COVERED = (
    ("storage_entry", "ledger_id"),
    ("storage_entry", "body_id"),
    ("storage_act", "ledger_id"),
    ("storage_subject", "ledger_id"),
    ("storage_stream", "ledger_id"),
    ("storage_done", "ledger_id"),
)


def drop(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them by the names that this database gave them. Altered by Django, tables would lose their guards."""
    for table, column in _COVERED:
        for name in _indexes(editor, table, column):
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")


def _indexes(editor: BaseDatabaseSchemaEditor, table: str, column: str) -> Iterator[str]:
    with editor.connection.cursor() as cursor:
        found = editor.connection.introspection.get_constraints(cursor, table)
    for name, one in found.items():
        if one["index"] and not one["unique"] and one["columns"] == [column]:
            yield name


def _of(to: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(to, models.PROTECT, related_name="entries", db_index=False)


_STATE: list[migrations.operations.base.Operation] = [
    migrations.AlterField("entry", "ledger", _of("storage.ledger")),
    migrations.AlterField("entry", "body", _of("storage.body")),
    *(
        migrations.AlterField(name, "ledger", models.ForeignKey("storage.ledger", models.CASCADE, db_index=False))
        for name in ("act", "subject", "stream", "done")
    ),
]


class Migration(migrations.Migration):
    """An entry is looked up by its ledger and more, never by its ledger alone."""

    dependencies: ClassVar = [("storage", "0006_checkpoints")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState([migrations.RunPython(drop, migrations.RunPython.noop)], _STATE)
    ]
