"""Memory while very much of it is taken at once."""

from __future__ import annotations

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
