"""Keep addresses of mail, invitations, and whether a token was made by somebody who had shown a second factor."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody was invited before; a token made before vouches for nobody."""

    dependencies: ClassVar = [("storage", "0009_keepers")]
    run_before: ClassVar = [("account", "0001_initial")]  # its own look for the column of addresses
    operations: ClassVar = [
        migrations.AddField("person", "email", models.CharField(max_length=254, blank=True, default=""), False),
        migrations.AddField("token", "strong", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("inviter", models.CharField(max_length=150, blank=True)),
                ("ends", models.DateTimeField()),
                ("accepted", models.DateTimeField(null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitation",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
