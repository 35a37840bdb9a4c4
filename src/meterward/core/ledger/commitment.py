"""Salted commitments to the fields of a record's body.

Each field is committed to by itself, so that one can be erased or withheld while everything signed and hashed stays as
it was. A field's salt comes from the part's salt, or is given alone once a neighbour was erased (the part's salt would
let anybody guess a short text that is gone).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meterward.core.base.canonical import canonical, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.base.canonical import Json

SALT_BYTES = 16
_SALTS_DOMAIN = b"meterward field salts 1\n"
_PART_DOMAIN = b"meterward part 1\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body (`facts` or `text`): the fields that are there, and the digests of those that are not."""

    values: Mapping[str, Json]
    salt: bytes = b""
    salts: Mapping[str, bytes] = field(default_factory=dict)
    erased: Mapping[str, bytes] = field(default_factory=dict)

    def digests(self) -> dict[str, bytes]:
        """The SHA-256 commitment to every field, there or erased, by name in order."""
        values, erased = self.values, self.erased
        if not erased and not self.salts:
            names = sorted(values)
            salts: Mapping[str, bytes] = derive(self.salt, names)
        else:
            names = sorted((*values, *erased))
            salts = self.salts
        return {name: erased.get(name) or field_digest(salts[name], name, values[name]) for name in names}

    def commitment(self) -> bytes:
        """The SHA-256 commitment to the part as a whole."""
        digests = self.digests()
        return hashlib.sha256(
            _PART_DOMAIN + b"".join([name.encode() + b"\0" + digest for name, digest in digests.items()])
        ).digest()

    def erase(self, names: Iterable[str]) -> Part:
        """The same part, and the same commitment, without the values of some fields."""
        gone = set(names) & set(self.values)
        salts = self.salts or derive(self.salt, sorted(self.values))
        digests = self.digests()
        return Part(
            values={name: value for name, value in self.values.items() if name not in gone},
            salts={name: salt for name, salt in salts.items() if name not in gone},
            erased={**self.erased, **{name: digests[name] for name in gone}},
        )


def derive(salt: bytes, names: list[str]) -> dict[str, bytes]:
    """The salts of fields (names in order) from the part's salt, by SHAKE-128."""
    stream = hashlib.shake_128(_SALTS_DOMAIN + salt).digest(SALT_BYTES * len(names))
    return {name: stream[SALT_BYTES * place : SALT_BYTES * (place + 1)] for place, name in enumerate(names)}


def field_digest(salt: bytes, name: str, value: Json) -> bytes:
    """The SHA-256 commitment to one field: salt, name, zero byte, value in canonical JSON."""
    encoded = quote(value).encode() if isinstance(value, str) else canonical(value)
    return hashlib.sha256(salt + name.encode() + b"\0" + encoded).digest()
