"""What carries no weight as evidence: drafts, saved views, files on their way into records, what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
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

    def all(self, ledger: str) -> Iterator[DraftKept]:
        """Every draft for a ledger, whosesoever: what they name is not to go away. Nobody is shown them."""

    def get(self, identity: str) -> DraftKept | None:
        """One draft, whosesoever it is: the caller asks whether it may be seen."""

    def keep(self, draft: DraftKept) -> Problem | None:
        """Keep a draft, in place of what was kept under its id; or why the store cannot."""

    def discard(self, identity: str) -> None:
        """Forget a draft."""


class ViewKept(NamedTuple):
    """What somebody asks of a list, under a name that they gave it: filter and order, as an address says them."""

    name: str
    query: str


class SavedViews(Protocol):
    """Views of lists (such as `risks`) that people saved. Each is seen by its owner alone, in one ledger."""

    def of(self, owner: PersonKept, ledger: str, listed: str) -> list[ViewKept]:
        """Somebody's views of a list, by name."""

    def keep(self, owner: PersonKept, ledger: str, listed: str, view: ViewKept, instead: str = "") -> Problem | None:
        """Keep a view in place of the one of its name, and of another one if that is named; or why the store cannot."""

    def discard(self, owner: PersonKept, ledger: str, listed: str, name: str) -> Problem | None:
        """Forget a view, if it is there; or why the store cannot."""


class UploadKept(NamedTuple):
    """A file that was uploaded for a ledger, by content."""

    ledger: str
    digest: str
    size: int
    media_type: str


class Uploads(Protocol):
    """What was uploaded, by ledger and digest; the content lies in a blob store.

    An upload waits until a record of its ledger names it. Records are looked through for that when it matters
    (`note`), and not each time that one is appended.
    """

    def get(self, ledger: str, digest: str) -> UploadKept | None:
        """What is known of a content."""

    def keep(self, upload: UploadKept, owner: PersonKept) -> Problem | None:
        """Note a content in the blob store, which waits anew if it is known; or why the store cannot."""

    def share(self, ledger: str, digests: Collection[str], others: Collection[str]) -> None:
        """Note what a ledger has of these for other ledgers too, whose records name it; none of it waits there."""

    def named(self, ledger: str, start: int = 0) -> Iterator[str]:
        """The digests of the files that the records of a ledger name, from an entry on; some may come twice."""

    def note(self, ledger: str, digests: Collection[str]) -> None:
        """Note that records name these, so that they wait no more; what was not uploaded is passed over."""

    def waiting(self, ledger: str, until: datetime | None = None) -> list[UploadKept]:
        """What no record is known to name, by digest; only what was last uploaded before an instant, if one is said."""

    def weight(self, owner: PersonKept) -> int:
        """So many bytes of what somebody uploaded first wait, in all ledgers."""

    def known(self, digests: Collection[str]) -> set[str]:
        """Those that were uploaded for any ledger."""

    def drop(self, ledger: str, digests: Collection[str], until: datetime) -> None:
        """Forget uploads, but for those that came once more since an instant; their content is not touched."""


class Contents(Protocol):
    """The contents of files, by digest, as far as they have to be cleared."""

    def old(self, until: datetime) -> dict[str, int]:
        """The sizes of all contents that were last put there before an instant."""

    def remove(self, digest: str, until: datetime) -> bool:
        """Remove a content, unless it was put there again since an instant; whether it was removed."""

    def unfinished(self, until: datetime) -> list[int]:
        """The sizes of what broke off on its way before an instant."""

    def clear_unfinished(self, until: datetime) -> list[int]:
        """Remove those; their sizes."""


class Sessions(Protocol):
    """The sessions of those who signed in to the workplaces."""

    def ended(self) -> int:
        """How many ended by themselves and are still kept."""

    def clear(self) -> int:
        """Forget those; how many there were."""


class Computed(Protocol):
    """What was computed before, by the digest of all that it was computed from. It may forget anything at any time."""

    def get(self, key: str) -> Json:
        """What is kept under a key; None if nothing is."""

    def keep(self, ledger: str, key: str, value: Json) -> None:
        """Keep something; what is oldest goes."""

    def get_all(self, keys: Collection[str]) -> Mapping[str, Json]:
        """What is kept under some keys, in one query; what is not there is left out."""

    def renew(self, ledger: str, key: str, value: Json) -> None:
        """Keep something in place of what is kept under its key."""
