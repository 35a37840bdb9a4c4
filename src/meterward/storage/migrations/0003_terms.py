"""Make the table of terms that entries are found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

from meterward.storage.terms import statements

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make it as this database has it."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    """A full-text table, which models do not know."""

    dependencies: ClassVar = [("storage", "0002_guards")]
    operations: ClassVar = [migrations.RunPython(make, migrations.RunPython.noop)]
