"""Lines that their author signs with a passkey, as they come from a browser: with that signature alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.base64 import to_base64
from meterward.core.ledger.envelope import sign
from meterward.core.records.line import Sealed, read_object

if TYPE_CHECKING:
    from tests.builders.passkeys import Passkey


def signed(line: dict[str, Any], passkey: Passkey) -> dict[str, Any]:
    """The line with the signature of a passkey."""
    sealed = read_object({"recorded": "2199-01-01T12:00:00Z", **line})
    assert isinstance(sealed, Sealed), sealed
    key, value = sign(sealed.statement.payload(), passkey)
    return {**line, "signatures": {key: to_base64(value)}}
