"""Guard what is append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

from meterward.storage.guards import statements

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def guard(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers up in whatever database this is."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on ledgers, entries and bodies."""

    dependencies: ClassVar = [("storage", "0001_first")]
    operations: ClassVar = [migrations.RunPython(guard, migrations.RunPython.noop)]
