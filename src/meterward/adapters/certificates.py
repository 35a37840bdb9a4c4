"""The certificates of those whom somebody believes about time, from a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.stamps import read_certificates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cryptography.x509 import Certificate

_MOST_BYTES = 1_000_000


def certificates_in(place: Path) -> Sequence[Certificate] | Problem:
    """The certificates in a file of the reader's own; or why there are none."""
    try:
        with place.open("rb") as file:
            found = read_certificates(file.read(_MOST_BYTES))
    except OSError as error:
        hint = "Name a file with the certificates of the authorities that you believe about time, in PEM."
        return Problem(Code.FILE_MISSING, f"The certificates “{place}” cannot be read: {error.strerror}.", hint)
    hint = "Get the root certificate of the authority from where it publishes it, in PEM."
    return found or Problem(Code.STAMP_INVALID, f"There is no certificate in “{place}”.", hint)
