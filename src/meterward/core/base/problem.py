"""Expected problems are values: what is wrong, where, and what would be right.

Exceptions mean a broken caller. Every code stands in this one table and is explained in `docs/problems.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every code that a `Problem` can carry."""

    FILE_MISSING = "file.missing"
    FILE_UNREADABLE = "file.unreadable"
    FILE_TOO_LARGE = "file.too-large"
    FILE_EMPTY = "file.empty"
    FILE_WAITING = "file.waiting"
    FILE_UNWRITABLE = "file.unwritable"
    LINE_TOO_LONG = "line.too-long"
    LINE_TRUNCATED = "line.truncated"
    LINE_NOT_UTF8 = "line.not-utf8"
    LINE_NOT_JSON = "line.not-json"
    LINE_DUPLICATE_KEY = "line.duplicate-key"
    ROW_UNREADABLE = "row.unreadable"
    FIELD_MISSING = "field.missing"
    FIELD_UNKNOWN = "field.unknown"
    FIELD_TYPE = "field.type"
    FIELD_VALUE = "field.value"
    KIND_UNKNOWN = "kind.unknown"
    KIND_VERSION = "kind.version"
    KIND_CONSTRAINT = "kind.constraint"
    ROLE_NOT_ENTITLED = "role.not-entitled"
    ROLE_ORGANISATION = "role.organisation"
    ROLE_NOT_HELD = "role.not-held"
    ACTOR_OTHER = "actor.other"
    ACTOR_SAME = "actor.same"
    OCCURRED_LATER = "time.occurred-later"
    RECORDED_BACKWARDS = "time.recorded-backwards"
    LEDGER_NOT_OPENED = "ledger.not-opened"
    LEDGER_OPENED_TWICE = "ledger.opened-twice"
    LEDGER_MOVED = "ledger.moved"
    KIND_ELSEWHERE = "kind.elsewhere"
    KIND_WORKED_OUT = "kind.worked-out"
    LEDGER_OTHER_LICENSEE = "ledger.other-licensee"
    LEDGER_NOT_LICENSEE = "ledger.not-licensee"
    RECORD_DUPLICATE = "record.duplicate"
    RECORD_UNKNOWN = "record.unknown"
    REFERENCE_UNKNOWN = "reference.unknown"
    NAME_UNKNOWN = "name.unknown"
    SUBJECT_TAKEN = "subject.taken"
    SYSTEM_CIRCLE = "system.circle"
    SYSTEM_APART = "system.apart"
    LINK_UNKNOWN = "link.unknown"
    LINK_KIND = "link.kind"
    LINK_ORGANISATION = "link.organisation"
    LINK_TWICE = "link.twice"
    COMMITMENT_MISMATCH = "commitment.mismatch"
    PACK_UNKNOWN = "pack.unknown"
    PACK_INVALID = "pack.invalid"
    KEY_USED = "key.used"
    SIGNATURE_INVALID = "signature.invalid"
    KEY_MISSING = "key.missing"
    KEY_UNUSABLE = "key.unusable"
    KEY_ONLY = "key.only"
    STAMP_UNAVAILABLE = "stamp.unavailable"
    STAMP_INVALID = "stamp.invalid"
    POLICY_INVALID = "policy.invalid"
    BUNDLE_INVALID = "bundle.invalid"
    CHECKPOINT_INCONSISTENT = "checkpoint.inconsistent"
    WITNESS_UNUSABLE = "witness.unusable"
    LEDGER_UNKNOWN = "ledger.unknown"
    LEDGER_LOST = "ledger.lost"
    LEDGER_WHOLE = "ledger.whole"
    STORE_MISSING = "store.missing"
    STORE_IN_USE = "store.in-use"
    STORE_BUSY = "store.busy"
    STORE_FULL = "store.full"
    STORE_UNAVAILABLE = "store.unavailable"
    PARAMETER_UNKNOWN = "parameter.unknown"
    PARAMETER_VALUE = "parameter.value"
    PARAMETER_DERIVED = "parameter.derived"
    LICENCE_UNKNOWN = "licence.unknown"
    CLAUSE_UNKNOWN = "clause.unknown"
    PORT_TAKEN = "port.taken"
    PERSON_TAKEN = "person.taken"
    PERSON_UNKNOWN = "person.unknown"
    PASSWORD_WEAK = "password.weak"  # noqa: S105 - a code, not a password
    FACTOR_MISSING = "factor.missing"
    INVITATION_INVALID = "invitation.invalid"
    SIGN_IN_INVALID = "sign-in.invalid"
    DAY_INVALID = "day.invalid"
    INVENTORY_UNKNOWN = "inventory.unknown"
    INVENTORY_DAMAGED = "inventory.damaged"
    INVENTORY_BOUNDS = "inventory.bounds"
    INVENTORY_LAYOUT = "inventory.layout"
    INVENTORY_MAPPING = "inventory.mapping"
    INVENTORY_VALUE = "inventory.value"
    INVENTORY_NAME = "inventory.name"
    INVENTORY_MORE = "inventory.more"
    THREATS_UNKNOWN = "threats.unknown"
    THREATS_DAMAGED = "threats.damaged"
    THREATS_BOUNDS = "threats.bounds"
    THREATS_VALUE = "threats.value"
    THREATS_REFERENCE = "threats.reference"


_LONGEST_FIELD = 120


def _writable(text: str) -> str:
    """The text, with the code of each half of a surrogate pair in its place: no encoding can write one."""
    return text.encode(errors="backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `line` is the line in a file, from 1 (0 where there is none), `field` the path to the field (`facts.due`). `message`
    says what was found and why it will not do, `hint` what would be right.
    """

    code: Code
    message: str
    hint: str
    field: str = ""
    line: int = 0

    def __post_init__(self) -> None:
        """Keep it short and writable: a key of a line may be a megabyte long, or hold half of a surrogate pair."""
        object.__setattr__(self, "message", _writable(self.message))
        field = self.field if len(self.field) <= _LONGEST_FIELD else f"{self.field[:_LONGEST_FIELD]}…"
        object.__setattr__(self, "field", _writable(field))

    @property
    def where(self) -> str:
        """The place in words, empty if the problem has none."""
        line = f"line {self.line:,}" if self.line else ""
        return ", ".join(part for part in (line, self.field) if part)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} {self.hint} [{self.code}]".replace("  ", " ")
