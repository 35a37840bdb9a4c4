"""What the log has of a fault: where it arose; of a store that failed, what it said."""

from __future__ import annotations

import errno
import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError

from meterward.wiring.failing import Brief


def told(error: Exception) -> list[str]:
    """The lines of the log, by the handler that an installation has."""
    logging.config.dictConfig(settings.LOGGING)
    (handler,) = logging.getLogger("django").handlers
    assert isinstance(handler.formatter, Brief)
    try:
        raise error
    except type(error):
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "It broke.", (), sys.exc_info())
    return handler.format(record).splitlines()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("unable to open\ndatabase file"), "unable to open database file"),
        (OSError(errno.ENOSPC, "No space left on device"), "[Errno 28] No space left on device"),
    ],
)
def test_a_store_that_failed_takes_a_line_for_what_it_said(error: Exception, says: str) -> None:
    first, second = told(error)
    assert first.endswith("ERROR django.request: It broke.")
    assert second == says


@pytest.mark.parametrize("error", [IntegrityError("unique"), OSError(errno.EACCES, "closed"), KeyError("x")])
def test_any_other_fault_says_where_it_arose(error: Exception) -> None:
    assert "Traceback" in "".join(told(error))
