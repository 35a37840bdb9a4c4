"""Memory while very much of it is taken at once, and of what stays for good."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def at_rest(*, for_good: bool = False) -> Iterator[None]:
    """Keep the collector of circular garbage away while a ledger is read and evaluated.

    Millions of objects are made that live on, and form hardly any circles. The collector would walk through all of them
    again each time their number has grown by a quarter, and double the time. A command ends soon, and leaves what it
    made out of later walks too, `for_good`; what a server lets go of later must still be found.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if enabled:
            gc.enable()


def keep_for_good() -> None:
    """Leave what is there by now out of later walks of the collector of circular garbage.

    A server does so once everything is loaded, modules above all: to walk through these took 0.2 s each time, in the
    middle of somebody's request.
    """
    gc.collect()
    gc.freeze()
    # Libraries that count what is left at the end would complain of all that was never collected.
    atexit.register(gc.unfreeze)
