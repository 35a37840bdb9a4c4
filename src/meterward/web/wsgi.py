"""The application as a server calls it. Whichever process loads it holds the home, and tends the store."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meterward.settings")
application = get_wsgi_application()

from django.urls import resolve  # noqa: E402 - the settings are there only from here on

from meterward.wiring import tending  # noqa: E402 - rows can be loaded only from here on

# With the addresses all views are loaded.
resolve("/")
tending.begin()
