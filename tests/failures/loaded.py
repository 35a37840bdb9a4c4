"""Everything that a forked process needs, loaded once: imported for what that does."""

from __future__ import annotations

import os
import tempfile

import django

os.environ |= {"METERWARD_HOME": tempfile.gettempdir(), "DJANGO_SETTINGS_MODULE": "meterward.settings"}
django.setup()

from django.conf import settings  # noqa: E402 - the settings are read above

from meterward import wiring  # noqa: E402 - the same
from tests.failures import works  # noqa: E402 - the same

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
wiring.packs_here()
WORKS = works
