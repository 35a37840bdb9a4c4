"""Tending a store that is served.

Its home is held, what nothing refers to is cleared at first and each day, and the checkpoints of ledgers that grew are
published at first and each hour.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections

from meterward.adapters import holding
from meterward.adapters.memory import keep_for_good
from meterward.wiring import glancing, handing, matching_here, measuring, taking_in, today
from meterward.wiring.installed import installation
from meterward.wiring.keeping import all_ready
from meterward.wiring.publishing import publish_all
from meterward.wiring.stamping import stamp_all_due, usual_authority
from meterward.wiring.store import in_use
from meterward.wiring.tidying import tidy_now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OFTEN = timedelta(days=1)
_HOURLY = timedelta(hours=1)
_FIRST = timedelta(seconds=10)
"""Whoever comes first has the server to themselves."""
_APART = 30
"""So many seconds the processes of a server are apart at most."""


def begin() -> None:
    """Hold the home for this process of a server, which has loaded everything, and begin to tend its store."""
    found = holding.share(Path(settings.HOME))
    if isinstance(found, str):
        raise SystemExit(str(in_use(settings.HOME, found)))
    if not settings.OPENED and (problem := all_ready(installation())):
        raise SystemExit(str(problem))
    keep_for_good()
    # A bundle that was opened has no keys to sign with, and nothing to say beyond its own checkpoint.
    for work in (_end_with_parent, _tidy_up, *(() if settings.OPENED else (_publish, _glance, *_stamping()))):
        threading.Thread(target=work, daemon=True).start()


def _tidy_up() -> None:
    _repeat(_OFTEN, _tidy, "Tidying up failed; it is tried again in a day.")


def _tidy() -> None:
    handing.clear()
    measuring.BENCH.clear()
    matching_here.BENCH.clear()
    taking_in.BENCH.clear()
    tidy_now(installation())


def _publish() -> None:
    _repeat(
        _HOURLY, lambda: publish_all(installation()), "Publishing checkpoints failed; it is tried again in an hour."
    )


def _glance() -> None:
    failed = "Licensees were not looked over; it is tried again in an hour."
    _repeat(_HOURLY, lambda: glancing.refresh_all(today()), failed)


def _repeat(often: timedelta, work: Callable[[], object], failed: str, first: timedelta = _FIRST) -> None:
    wait = first
    while not threading.Event().wait(wait.total_seconds()):
        wait = often
        try:
            work()
        except Exception:
            logging.getLogger(__name__).exception(failed)
        finally:
            connections.close_all()


def _stamping() -> Sequence[Callable[[], None]]:
    """What has ledgers stamped, if an authority is named. An example asks nobody."""
    return () if settings.EXAMPLE or not usual_authority().is_named else (_stamp,)


def _stamp() -> None:
    # The processes of a server begin together; whoever comes first leaves nothing to do for the others.
    first = _FIRST + timedelta(seconds=os.getpid() % _APART)
    failed = "Time-stamping failed; it is tried again in an hour."
    _repeat(_HOURLY, lambda: stamp_all_due(installation(), usual_authority()), failed, first)


def _end_with_parent() -> None:
    """End with the process that started this one, however it ended: else the port and the home would stay taken."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
