"""Keep the signatures of statements with their entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# As SQL: to add a column, Django would make the table anew on SQLite, and its guards would be gone.
_ADD = "ALTER TABLE storage_entry ADD COLUMN signatures text NOT NULL DEFAULT '{}'"
_DROP = "ALTER TABLE storage_entry DROP COLUMN signatures"


class Migration(migrations.Migration):
    """Statements that were entered before have none."""

    dependencies: ClassVar = [("storage", "0004_waiting")]
    operations: ClassVar = [
        migrations.RunSQL(_ADD, _DROP, [migrations.AddField("entry", "signatures", models.TextField(default="{}"))])
    ]
