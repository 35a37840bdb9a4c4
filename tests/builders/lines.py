"""Lines of a ledger, with what is usual filled in: a test says only what it is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.core.records.story import usual_organisation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind

LICENSEE = "northlight"
LICENCES = ("electricity", "gas")


def digest_of(*names: object) -> str:
    """A digest that stands for a file or a salt, the same on every run."""
    return hashlib.sha256("\0".join(map(str, names)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draft:
    """A record on its way into a ledger. A role or an organisation left empty is the usual one for its kind."""

    kind: str
    occurred: date
    recorded: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    role: str = ""
    organisation: str = ""
    licences: Sequence[str] = LICENCES[:1]
    files: bool = True
    links: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def usual_role(self) -> Role:
        """The role in which such a record is made, unless another is given."""
        return Role(self.role) if self.role else all_kinds()[self.kind].usual_role

    def line(self, seed: object = "") -> dict[str, Json]:
        """The line, without its id. Another seed gives other salts, so the same act twice is two statements."""
        kind = all_kinds()[self.kind]
        return {
            "recorded": f"{self.recorded}T17:00:00Z",
            "statement": self._statement(kind),
            "facts": _json({name: value for name, value in self.facts.items() if value is not None}),
            "text": dict.fromkeys(kind.text, "In a few words."),
            "files": {"proof.pdf": digest_of("file", seed)} if self.files else {},
            "salts": {part: digest_of(part, seed)[:32] for part in ("facts", "text")},
        }

    def _statement(self, kind: Kind[Any]) -> dict[str, Json]:
        role = self.usual_role
        return {
            "kind": kind.name,
            "version": kind.version,
            "licensee": LICENSEE,
            "licences": list(self.licences),
            "occurred": str(self.occurred),
            "actor": {
                "person": f"p-{role}",
                "role": role.value,
                "organisation": self.organisation or usual_organisation(role, {}, LICENSEE),
            },
            **({"subject": self.subject} if self.subject else {}),
            **{name: target.hex() for name, target in self.links.items()},
        }


def _json(value: object) -> Json:
    """A value with its days written out."""
    if isinstance(value, dict):
        return {name: _json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
