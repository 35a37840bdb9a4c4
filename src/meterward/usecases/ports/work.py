"""What carries no weight as evidence: drafts, files on their way into records, and what was computed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports.people import PersonKept


@dataclass(frozen=True, slots=True)
class DraftKept:
    """Something that a person is writing. `id` is the key under which it is appended, so it is appended once."""

    id: str
    ledger: str
    owner: PersonKept
    kind: str
    content: dict[str, Json]
    changed: datetime | None = None


class Drafts(Protocol):
    """Private drafts: each is seen by its owner alone."""

    def of(self, owner: PersonKept, ledger: str) -> list[DraftKept]:
        """Somebody's drafts for a ledger, the last changed first."""

    def get(self, identity: str) -> DraftKept | None:
        """One draft, whosesoever it is: the caller asks whether it may be seen."""

    def keep(self, draft: DraftKept) -> None:
        """Keep a draft, in place of what was kept under its id."""

    def discard(self, identity: str) -> None:
        """Forget a draft."""


class UploadKept(NamedTuple):
    """A file that was uploaded for a ledger, by content."""

    ledger: str
    digest: str
    size: int
    media_type: str


class Uploads(Protocol):
    """What was uploaded, by ledger and digest; the content lies in a blob store."""

    def get(self, ledger: str, digest: str) -> UploadKept | None:
        """What is known of a content."""

    def keep(self, upload: UploadKept, owner: PersonKept) -> None:
        """Note a content that lies in the blob store; nothing happens if it is known."""


class Computed(Protocol):
    """What was computed before, by the digest of all that it was computed from. It may forget anything at any time."""

    def get(self, key: str) -> Json:
        """What is kept under a key; None if nothing is."""

    def keep(self, ledger: str, key: str, value: Json) -> None:
        """Keep something; what is oldest goes."""
