"""What of that which nobody expected is the store's: it is full, busy or gone, wherever in a request that shows."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

from meterward.adapters.key_files import KeyFileError
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.failures import problem_in

if TYPE_CHECKING:
    from types import TracebackType

    Thrown = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def failure_in(error: BaseException | None, *, writing: bool = True) -> Problem | None:
    """The problem with the store that an exception shows; None if it shows another fault. Whoever caught it logs it."""
    if error and (problem := problem_in(error, writing=writing, log=False)):
        return problem
    if isinstance(error, KeyFileError):
        return unusable(error)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        hint = "Nothing was kept and nothing was appended. Make room on the disks of the server, and send it again."
        return Problem(Code.STORE_FULL, "The disk of the server is full.", hint)
    return None


class Brief(logging.Formatter):
    """How the log tells of what was thrown: where it arose; of a store that failed, only what it said.

    A store that is gone fails under every request, and where in Meterward that showed explains nothing.
    """

    def formatException(self, ei: Thrown) -> str:  # noqa: N802 - as logging has it
        """See `logging.Formatter.formatException`."""
        error = ei[1]
        return " ".join(str(error).split()) if failure_in(error) else super().formatException(ei)


def unusable(error: KeyFileError) -> Problem:
    """What is said of a key that cannot be used. Its message names a file, and nothing of what is in it."""
    hint = "Put “keys” back from the copy that belongs to this home, with the secret that opens it."
    return Problem(Code.KEY_UNUSABLE, str(error), hint)
