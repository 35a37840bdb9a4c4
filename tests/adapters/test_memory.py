"""What the collector of circular garbage leaves out, in a process of its own: it is one for all of a process."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
from meterward.adapters.memory import at_rest, keep_for_good
circle = []; circle.append(circle)
keep_for_good()
assert gc.get_freeze_count() > 1000
assert gc.isenabled()
with at_rest():
    assert not gc.isenabled()
assert gc.isenabled()
del circle
before = gc.get_freeze_count()
later = []; later.append(later); del later
assert gc.collect() == 1
assert gc.get_freeze_count() == before
"""


def test_what_stays_for_good_is_walked_through_no_more_and_what_comes_later_is() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
