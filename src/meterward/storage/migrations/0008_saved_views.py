"""Keep what people ask of lists under names of their own."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
_LEDGER = models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")
_PERSON = models.ForeignKey(
    db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="views", to="storage.person"
)
_ONCE = models.UniqueConstraint(fields=("person", "ledger", "listed", "name"), name="view_once")


class Migration(migrations.Migration):
    """Nobody has saved any before."""

    dependencies: ClassVar = [("storage", "0007_fewer_indexes")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", _ID),
                ("listed", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField()),
                ("ledger", _LEDGER),
                ("person", _PERSON),
            ],
            options={"constraints": [_ONCE]},
        ),
    ]
