"""A column for short text that may come from anywhere, such as a name in an address that somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Chars = models.CharField[str, str]
else:
    _Chars = models.CharField

_NUL, _INSTEAD = "\x00", "\ufffd"


def storable(text: str) -> str:
    """A text with what PostgreSQL takes in no text replaced; no name has either."""
    return text.replace(_NUL, _INSTEAD)


class Name(_Chars):
    """A `CharField` that can be asked for any text at all."""

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        """The text as the database takes it."""
        prepared = super().get_prep_value(value)
        return storable(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Migrations see a plain column, which it is."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
