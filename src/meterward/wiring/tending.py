"""Tending a store that is served: its home is held, and what nothing refers to is cleared, at first and each day."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from meterward.adapters import holding
from meterward.wiring.installed import installation
from meterward.wiring.keeping import all_ready
from meterward.wiring.store import in_use
from meterward.wiring.tidying import tidy_now

_OFTEN = timedelta(days=1)
_FIRST = timedelta(seconds=10)
"""Whoever comes first has the server to themselves."""


def begin() -> None:
    """Hold the home for this process of a server, and begin to tend its store."""
    found = holding.share(Path(settings.HOME))
    if isinstance(found, str):
        raise SystemExit(str(in_use(settings.HOME, found)))
    if problem := all_ready(installation()):
        raise SystemExit(str(problem))
    for work in (_end_with_parent, _tend):
        threading.Thread(target=work, daemon=True).start()


def _tend() -> None:
    wait = _FIRST
    while not threading.Event().wait(wait.total_seconds()):
        wait = _OFTEN
        try:
            tidy_now(installation())
        except Exception:
            logging.getLogger(__name__).exception("Tidying up failed; it is tried again in a day.")
        finally:
            connections.close_all()


def _end_with_parent() -> None:
    """End with the process that started this one, however it ended: else the port and the home would stay taken."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
