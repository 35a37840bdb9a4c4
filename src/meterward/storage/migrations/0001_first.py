"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `makemigrations` from `storage/models.py`."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("sign_in", models.CharField(max_length=150, unique=True)),
                ("pseudonym", models.CharField(max_length=64)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("statement", models.TextField()),
                ("facts", models.TextField()),
                ("files", models.TextField(default="{}")),
                ("salts", models.TextField(default="{}")),
                ("text", models.TextField(default="{}")),
                ("erased", models.TextField(default="{}")),
            ],
        ),
        migrations.CreateModel(
            name="Ledger",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("licensee", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("last_recorded", models.CharField(blank=True, max_length=20)),
                ("peaks", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("changed", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
        ),
        migrations.AddField(
            model_name="ledger",
            name="organisation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="storage.organisation"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="storage.organisation"
            ),
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=130)),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("space", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=280)),
                ("by", models.CharField(max_length=64)),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=100)),
                ("scopes", models.CharField(max_length=200)),
                ("ends", models.DateField()),
                ("last_used", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("value", models.BinaryField()),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
            options={
                "indexes": [models.Index(fields=["ledger", "made"], name="kept_by_age")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("index", models.PositiveBigIntegerField()),
                ("recorded", models.CharField(max_length=20)),
                ("recorded_day", models.DateField()),
                ("counter", models.PositiveBigIntegerField()),
                ("kind", models.CharField(max_length=64)),
                ("subject", models.CharField(blank=True, max_length=280)),
                ("occurred", models.DateField()),
                ("person", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=64)),
                ("root", models.CharField(max_length=64)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="storage.body"
                    ),
                ),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="storage.ledger"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ledger", "kind", "index"], name="entry_by_kind"),
                    models.Index(fields=["ledger", "occurred", "index"], name="entry_by_day"),
                    models.Index(fields=["ledger", "subject", "index"], name="entry_by_subject"),
                    models.Index(fields=["ledger", "person", "index"], name="entry_by_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "index"), name="entry_index_once"),
                    models.UniqueConstraint(fields=("ledger", "body"), name="entry_body_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("request", models.CharField(max_length=64)),
                ("first", models.PositiveBigIntegerField()),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("ledger", "key"), name="key_once")],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=10)),
                ("target", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("ledger", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="storage.ledger")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ledger", "target"], name="act_by_target"),
                    models.Index(fields=["ledger", "by"], name="act_by_actor"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("organisation", "pseudonym"), name="person_once"),
        ),
        migrations.AddConstraint(
            model_name="stream",
            constraint=models.UniqueConstraint(fields=("ledger", "name"), name="stream_once"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["ledger", "space"], name="subject_by_space"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(fields=("ledger", "name"), name="subject_once"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(fields=("ledger", "digest"), name="upload_once"),
        ),
    ]
