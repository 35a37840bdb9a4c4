"""What of that which nobody expected is the store's: it is full, busy or gone, wherever in a request that shows."""

from __future__ import annotations

import errno

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.failures import problem_in

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def failure_in(error: BaseException | None, *, writing: bool = True) -> Problem | None:
    """The problem with the store that an exception shows; None if it shows another fault. Whoever caught it logs it."""
    if error and (problem := problem_in(error, writing=writing, log=False)):
        return problem
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        hint = "Nothing was kept and nothing was appended. Make room on the disks of the server, and send it again."
        return Problem(Code.STORE_FULL, "The disk of the server is full.", hint)
    return None
