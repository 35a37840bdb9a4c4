"""A witness that cosigns a growing log and is killed: `witness_killed.py FOLDER [after]`.

It prints each size once it answered. With `after` it kills itself when it has kept the next one, before it answers.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from meterward.adapters.witness_files import WitnessFiles
from meterward.core.ledger.witness import Refusal
from tests.builders.witnesses import ORIGIN, Log, many, sent, witness

LOG = Log(many(300))


class Killed(WitnessFiles):
    """Where the process ends as soon as something is kept."""

    def keep(self, origin: str, note: bytes) -> None:
        """See `Views.keep`."""
        super().keep(origin, note)
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, *words: str) -> None:
    """Cosign on from where it was."""
    files = Killed(folder) if words else WitnessFiles(folder)
    one = witness(*LOG.keys, views=files)
    seen = one.last(ORIGIN)
    assert seen
    for size in range(seen.size, len(LOG.entries)):
        answer = one.answer(sent(LOG.asks(size, size + 1)))
        assert not isinstance(answer, Refusal), answer
        print(size + 1, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
