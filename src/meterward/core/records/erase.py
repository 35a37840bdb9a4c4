"""Erasing texts of a record: the line without them, with everything signed and hashed as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.records.line import Sealed, read_object

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem


def erase_texts(line: Mapping[str, Json], names: Collection[str] | None = None) -> dict[str, Json] | list[Problem]:
    """A line without some of its texts (all, if none is named), or what is wrong with the line.

    In place of each text stands its digest; the salt of the part is replaced by those of the texts that stay.
    """
    sealed = read_object(line)
    if not isinstance(sealed, Sealed):
        return sealed
    part = sealed.statement.text
    part = part.erase(part.values if names is None else names)
    salts = line.get("salts")
    return {
        **line,
        "text": dict(part.values),
        "salts": {
            **(salts if isinstance(salts, dict) else {}),
            "text": {name: salt.hex() for name, salt in part.salts.items()},
        },
        "erased": {name: digest.hex() for name, digest in part.erased.items()},
    }
