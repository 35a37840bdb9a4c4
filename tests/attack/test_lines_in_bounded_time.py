"""A line that is refused is refused about as fast as it is read, however it was made."""

from __future__ import annotations

import json
import time

from meterward.core.base.problem import Code, Problem
from meterward.core.records.strict_json import parse_json

KEYS = 60_000
SECONDS = 10.0
"""Far more than a look at each key takes, and far less than looking at every key for every key."""


def test_a_key_twice_among_very_many_is_named_at_once() -> None:
    many = json.dumps({f"k{number}": 1 for number in range(KEYS)})
    begun = time.perf_counter()
    found = parse_json(f'{many[:-1]},"k{KEYS - 1}":2}}'.encode())
    assert time.perf_counter() - begun < SECONDS
    assert isinstance(found, Problem)
    assert (found.code, f"“k{KEYS - 1}”" in found.message) == (Code.LINE_DUPLICATE_KEY, True)
