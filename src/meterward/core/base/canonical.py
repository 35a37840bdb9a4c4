"""The one way in which values become bytes: RFC 8785 (JCS), less everything that could be read in two ways.

Numbers are integers that a double holds exactly; there are no floats. Keys are ASCII, where the order of code points
and the order of UTF-16 units (which RFC 8785 asks for) are the same.
"""

from __future__ import annotations

import json
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

LARGEST_INTEGER = 2**53 - 1

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
quote = json.encoder.encode_basestring
"""A text as a JSON string, escaped as RFC 8785 says."""


def canonical(value: Json) -> bytes:
    """Encode a value that has no floats and no integer beyond `LARGEST_INTEGER` (the caller has checked)."""
    return _encode(value).encode()
