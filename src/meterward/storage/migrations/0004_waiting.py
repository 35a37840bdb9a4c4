"""Know since when an upload waits for a record that names it, and whether one does."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """What was uploaded before is as if it had been uploaded now."""

    dependencies: ClassVar = [("storage", "0003_terms")]
    operations: ClassVar = [
        migrations.AddField("upload", "kept", models.DateTimeField(default=timezone.now)),
        migrations.AddField("upload", "named", models.BooleanField(default=False)),
    ]
