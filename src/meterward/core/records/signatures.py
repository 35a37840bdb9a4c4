"""The signatures of a statement as they stand in a line: by the id of the key, in base 64."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.envelope import signed_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.ledger.keys import PublicKey

Vouched: TypeAlias = "Mapping[str, bool | None]"
"""By the id of each key that signed: whether the signature is of this statement; None if nobody knows the key."""
NONE: Mapping[str, bytes] = MappingProxyType({})
MOST = 16
"""So many may sign one statement."""
_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST = 8_192


def signatures_of(found: Json, problems: list[Problem]) -> Mapping[str, bytes]:
    """The signatures of a line; what is wrong with them joins the problems. None is verified here."""
    if not isinstance(found, dict) or not 1 <= len(found) <= MOST:
        hint = f"Write 1 to {MOST} of them in curly brackets, each by the id of its key, or leave them out."
        problems.append(Problem(Code.FIELD_TYPE, "These are no signatures.", hint, "signatures"))
        return NONE
    read = {key: _signature(text) for key, text in found.items()}
    for key, value in read.items():
        if not _KEY.fullmatch(key) or value is None:
            hint = "A key is named by 64 hex digits, and its signature stands in base 64 as it was made."
            where = f"signatures.{key[:64]}"
            problems.append(Problem(Code.FIELD_VALUE, "It is not a signature.", hint, where))
    return {key: value for key, value in read.items() if value is not None}


def written(signatures: Mapping[str, bytes]) -> dict[str, Json]:
    """Signatures as a line has them."""
    return {key: to_base64(signatures[key]) for key in sorted(signatures)}


def vouch(payload: bytes, signatures: Mapping[str, bytes], keys: Mapping[str, PublicKey]) -> Vouched:
    """What is known of the signatures of a payload, by whoever knows some keys."""
    message = signed_bytes(payload)
    return {
        key: keys[key].verifies(signature, message) if key in keys else None for key, signature in signatures.items()
    }


def _signature(text: Json) -> bytes | None:
    return from_base64(text) if isinstance(text, str) and 0 < len(text) <= _LONGEST else None
