"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Rows of ledgers, people, drafts, files and caches."""

    name = "meterward.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"
