"""People, tokens, drafts, saved views, uploads and computed answers in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import datetime

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import DraftKept, Ledgers, PersonKept, TokenKept, UploadKept, ViewKept

_MOST = 400


@dataclass(slots=True)
class MemoryPeople:
    """See `People`."""

    _people: dict[str, PersonKept] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)

    def all(self) -> list[PersonKept]:
        """See `People.all`."""
        return sorted(self._people.values())

    def get(self, sign_in: str) -> PersonKept | None:
        """See `People.get`."""
        name = sign_in.lower()
        return None if name in self._closed else self._people.get(name)

    def keep(self, person: PersonKept, password: str) -> None:  # noqa: ARG002 - nobody signs in to what is in memory
        """See `People.keep`."""
        self._people[person.sign_in.lower()] = person
        self._closed.discard(person.sign_in.lower())

    def close(self, sign_in: str) -> None:
        """See `People.close`."""
        self._closed.add(sign_in.lower())


@dataclass(slots=True)
class MemoryTokens:
    """See `Tokens`."""

    _tokens: dict[str, TokenKept] = field(default_factory=dict)

    def of(self, owner: PersonKept) -> list[TokenKept]:
        """See `Tokens.of`."""
        return sorted((one for one in self._tokens.values() if one.owner == owner), key=lambda one: one.label)

    def get(self, digest: str) -> TokenKept | None:
        """See `Tokens.get`."""
        return self._tokens.get(digest)

    def keep(self, token: TokenKept) -> None:
        """See `Tokens.keep`."""
        self._tokens[token.digest] = token

    def revoke(self, digest: str) -> None:
        """See `Tokens.revoke`."""
        self._tokens.pop(digest, None)


@dataclass(slots=True)
class MemoryDrafts:
    """See `Drafts`. `now` gives the instant that it is."""

    now: Callable[[], datetime]
    _drafts: OrderedDict[str, DraftKept] = field(default_factory=OrderedDict)

    def of(self, owner: PersonKept, ledger: str) -> list[DraftKept]:
        """See `Drafts.of`."""
        return [one for one in reversed(self._drafts.values()) if (one.owner, one.ledger) == (owner, ledger)]

    def all(self, ledger: str) -> Iterator[DraftKept]:
        """See `Drafts.all`."""
        return iter([one for one in self._drafts.values() if one.ledger == ledger])

    def get(self, identity: str) -> DraftKept | None:
        """See `Drafts.get`."""
        return self._drafts.get(identity)

    def keep(self, draft: DraftKept) -> None:
        """See `Drafts.keep`."""
        self._drafts[draft.id] = replace(draft, changed=self.now())
        self._drafts.move_to_end(draft.id)

    def discard(self, identity: str) -> None:
        """See `Drafts.discard`."""
        self._drafts.pop(identity, None)


@dataclass(slots=True)
class MemoryViews:
    """See `SavedViews`."""

    _views: dict[tuple[PersonKept, str, str], dict[str, ViewKept]] = field(default_factory=dict)

    def of(self, owner: PersonKept, ledger: str, listed: str) -> list[ViewKept]:
        """See `SavedViews.of`."""
        return sorted(self._views.get((owner, ledger, listed), {}).values())

    def keep(self, owner: PersonKept, ledger: str, listed: str, view: ViewKept, instead: str = "") -> None:
        """See `SavedViews.keep`."""
        there = self._views.setdefault((owner, ledger, listed), {})
        there.pop(instead, None)
        there[view.name] = view

    def discard(self, owner: PersonKept, ledger: str, listed: str, name: str) -> None:
        """See `SavedViews.discard`."""
        self._views.get((owner, ledger, listed), {}).pop(name, None)


@dataclass(slots=True)
class _Upload:
    upload: UploadKept
    owner: PersonKept
    kept: datetime | None = None
    named: bool = False


@dataclass(slots=True)
class MemoryUploads:
    """See `Uploads`. `now` gives the instant that it is."""

    ledgers: Ledgers
    now: Callable[[], datetime]
    _uploads: dict[tuple[str, str], _Upload] = field(default_factory=dict)

    def get(self, ledger: str, digest: str) -> UploadKept | None:
        """See `Uploads.get`."""
        found = self._uploads.get((ledger, digest))
        return found.upload if found else None

    def keep(self, upload: UploadKept, owner: PersonKept) -> None:
        """See `Uploads.keep`."""
        self._uploads.setdefault((upload.ledger, upload.digest), _Upload(upload, owner)).kept = self.now()

    def share(self, ledger: str, digests: Collection[str], others: Collection[str]) -> None:
        """See `Uploads.share`."""
        for found in [one for digest in digests if (one := self._uploads.get((ledger, digest)))]:
            for other in others:
                upload = found.upload._replace(ledger=other)
                shared = _Upload(upload, found.owner, self.now(), named=True)
                self._uploads.setdefault((other, upload.digest), shared)

    def named(self, ledger: str, start: int = 0) -> Iterator[str]:
        """See `Uploads.named`."""
        for line in self.ledgers.lines(ledger, start):
            yield from cast("dict[str, str]", line.get("files") or {}).values()

    def note(self, ledger: str, digests: Collection[str]) -> None:
        """See `Uploads.note`."""
        for digest in digests:
            if found := self._uploads.get((ledger, digest)):
                found.named = True

    def waiting(self, ledger: str, until: datetime | None = None) -> list[UploadKept]:
        """See `Uploads.waiting`."""
        there = [one for one in self._uploads.values() if one.upload.ledger == ledger and not one.named]
        return sorted(one.upload for one in there if until is None or (one.kept and one.kept < until))

    def weight(self, owner: PersonKept) -> int:
        """See `Uploads.weight`."""
        return sum(one.upload.size for one in self._uploads.values() if one.owner == owner and not one.named)

    def known(self, digests: Collection[str]) -> set[str]:
        """See `Uploads.known`."""
        return {digest for _, digest in self._uploads} & set(digests)

    def drop(self, ledger: str, digests: Collection[str], until: datetime) -> None:
        """See `Uploads.drop`."""
        for digest in digests:
            if (found := self._uploads.get((ledger, digest))) and found.kept and found.kept < until:
                del self._uploads[ledger, digest]


@dataclass(slots=True)
class MemoryComputed:
    """See `Computed`."""

    _kept: OrderedDict[str, Json] = field(default_factory=OrderedDict)

    def get(self, key: str) -> Json:
        """See `Computed.get`."""
        return self._kept.get(key)

    def get_all(self, keys: Collection[str]) -> Mapping[str, Json]:
        """See `Computed.get_all`."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def renew(self, ledger: str, key: str, value: Json) -> None:
        """See `Computed.renew`."""
        self._kept.pop(key, None)
        self.keep(ledger, key, value)

    def keep(self, ledger: str, key: str, value: Json) -> None:  # noqa: ARG002 - all share what room there is
        """See `Computed.keep`."""
        self._kept.setdefault(key, value)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
