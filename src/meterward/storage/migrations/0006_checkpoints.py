"""Keep the checkpoints that were handed on, guarded as entries are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import django.db.models.deletion
from django.db import migrations, models

from meterward.storage.guards import of_checkpoints

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
_LEDGER = models.ForeignKey(
    on_delete=django.db.models.deletion.PROTECT, related_name="checkpoints", to="storage.ledger"
)


def guard(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers up in whatever database this is."""
    for statement in of_checkpoints(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    """A ledger of before has published nothing that is known here."""

    dependencies: ClassVar = [("storage", "0005_signatures")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", _ID),
                ("number", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("note", models.TextField()),
                ("made", models.CharField(max_length=20)),
                ("ledger", _LEDGER),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("ledger", "number"), name="checkpoint_number_once")],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
