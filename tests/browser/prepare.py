"""Fills a home with the example licensee: `python -m tests.browser.prepare HOME`, a process for its own settings.

With `unassessed` after it the example has no register yet.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(home: Path, *, assessed: bool) -> None:
    """Make the store of an example installation."""
    os.environ |= {"METERWARD_HOME": str(home), "METERWARD_EXAMPLE": "1"}
    from meterward.storage.preparing import prepare  # noqa: PLC0415 - settings are read once, from what was set above

    prepare(home)
    from meterward.wiring import today  # noqa: PLC0415 - needs a store
    from meterward.wiring.example_store import make_example  # noqa: PLC0415 - needs a store
    from tests.builders.unassessed import make_unassessed  # noqa: PLC0415 - the same

    problems = (make_example if assessed else make_unassessed)(today())
    if problems:
        sys.exit("\n".join(problem.message for problem in problems))


if __name__ == "__main__":
    main(Path(sys.argv[1]), assessed="unassessed" not in sys.argv[2:])
