"""Salted commitments to the fields of a record's body.

Each field is committed to by itself, so that one can be erased or withheld while everything signed and hashed stays as
it was. A field's salt comes from the part's salt, or is given alone once a neighbour was erased (the part's salt would
let anybody guess a short text that is gone).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256, shake_128
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.canonical import Json, canonical, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

SALT_BYTES = 16
_SALTS_DOMAIN = b"meterward field salts 1\n"
_PART_DOMAIN = b"meterward part 1\n"
_EMPTY = sha256(_PART_DOMAIN).digest()
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


class Part(NamedTuple):
    """One part of a body (`facts` or `text`): the fields that are there, and the digests of those that are not."""

    values: Mapping[str, Json]
    salt: bytes = b""
    salts: Mapping[str, bytes] = _NOTHING
    erased: Mapping[str, bytes] = _NOTHING

    def digests(self) -> list[tuple[bytes, bytes]]:
        """For every field, there or erased, in order: its name with a zero byte, and the SHA-256 commitment to it."""
        values, single, erased = self.values, self.salts, self.erased
        names = sorted((*values, *erased)) if erased else sorted(values)
        stream = b"" if single else shake_128(_SALTS_DOMAIN + self.salt).digest(SALT_BYTES * len(names))
        found: list[tuple[bytes, bytes]] = []
        for place, name in enumerate(names):
            head = name.encode() + b"\0"
            if name in values:
                value = values[name]
                salt = single[name] if single else stream[SALT_BYTES * place : SALT_BYTES * (place + 1)]
                body = quote(value).encode() if type(value) is str else canonical(value)
                found.append((head, sha256(salt + head + body).digest()))
            else:
                found.append((head, erased[name]))
        return found

    def commitment(self) -> bytes:
        """The SHA-256 commitment to the part as a whole."""
        if not self.values and not self.erased:
            return _EMPTY
        return sha256(_PART_DOMAIN + b"".join([head + digest for head, digest in self.digests()])).digest()

    def single_salts(self) -> dict[str, bytes]:
        """The salt of each field that is there, by itself."""
        if self.salts or not self.values:
            return dict(self.salts)
        names = sorted(self.values)
        stream = shake_128(_SALTS_DOMAIN + self.salt).digest(SALT_BYTES * len(names))
        return {name: stream[SALT_BYTES * place : SALT_BYTES * (place + 1)] for place, name in enumerate(names)}

    def erase(self, names: Iterable[str]) -> Part:
        """The same part, and the same commitment, without the values of some fields."""
        gone = set(names) & set(self.values)
        digests = {head[:-1].decode(): digest for head, digest in self.digests()}
        return Part(
            values={name: value for name, value in self.values.items() if name not in gone},
            salts={name: salt for name, salt in self.single_salts().items() if name not in gone},
            erased={**self.erased, **{name: digests[name] for name in gone}},
        )
