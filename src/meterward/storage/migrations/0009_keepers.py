"""Each ledger says what the organisation is that keeps it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# As SQL: to add a column, Django would make the table anew on SQLite, and its guards would be gone.
_ADD = "ALTER TABLE storage_ledger ADD COLUMN sort varchar(16) NOT NULL DEFAULT 'licensee'"
_DROP = "ALTER TABLE storage_ledger DROP COLUMN sort"
_SORT = models.CharField(max_length=16, default="licensee")


class Migration(migrations.Migration):
    """Every ledger so far was a licensee's."""

    dependencies: ClassVar = [("storage", "0008_saved_views")]
    operations: ClassVar = [migrations.RunSQL(_ADD, _DROP, [migrations.AddField("ledger", "sort", _SORT)])]
