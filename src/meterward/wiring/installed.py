"""An installation: the store of this home, what follows its ledgers, and the files that were attached."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.db import connections

from meterward.adapters import clock
from meterward.adapters.background import Background, Job
from meterward.adapters.blobs import Blobs
from meterward.adapters.home import CHECKPOINTS, KEYS, KEYS_SECRET
from meterward.adapters.key_files import KeyFiles
from meterward.adapters.outside import OutsideFiles
from meterward.adapters.patience import Patience
from meterward.core.records.holding import GRANTING, acting, held_by, held_on
from meterward.core.records.kinds import record_ended
from meterward.storage.repositories.checkpoints import DatabaseCheckpoints
from meterward.storage.repositories.computed import DatabaseComputed
from meterward.storage.repositories.drafts import DatabaseDrafts
from meterward.storage.repositories.invitations import DatabaseInvitations
from meterward.storage.repositories.ledgers import DatabaseLedgers
from meterward.storage.repositories.people import DatabasePeople
from meterward.storage.repositories.sessions import DatabaseSessions
from meterward.storage.repositories.tokens import DatabaseTokens
from meterward.storage.repositories.uploads import DatabaseUploads
from meterward.storage.repositories.views import DatabaseViews
from meterward.usecases.follow_ledger import Followed
from meterward.usecases.keep_checkpoints import Checkpoints
from meterward.usecases.prove_record import Proving
from meterward.usecases.publish_checkpoint import Publisher
from meterward.usecases.sign_statements import Signers
from meterward.wiring.answering import Answering

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.core.records.holding import Held
    from meterward.core.records.record import Record
    from meterward.core.records.roles import Role
    from meterward.usecases.follow_ledger import Following
    from meterward.usecases.ports import (
        Computed,
        Drafts,
        Head,
        Invitations,
        Keys,
        Ledgers,
        People,
        PersonKept,
        SavedViews,
        Sessions,
        Tokens,
        Uploads,
    )
    from meterward.usecases.tell_signers import Tally

Underway: TypeAlias = Job
"""An answer that is on the way."""
_FEW = 4
"""So many ledgers are read one by one; more are read together."""
patience = cache(Patience)
"""The patience of this process with those who guess a password or a code, by name.

Behind a proxy all come from one address.
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that an installation keeps, by the ports of the use cases."""

    ledgers: Ledgers
    people: People
    drafts: Drafts
    views: SavedViews
    uploads: Uploads
    tokens: Tokens
    invitations: Invitations
    computed: Computed
    sessions: Sessions
    blobs: Blobs
    followed: Followed
    keys: Keys
    signers: Signers
    checkpoints: Checkpoints
    publisher: Publisher
    proving: Proving
    handing: dict[tuple[str, ...], Job] = field(default_factory=dict)
    """The bundles that are being built, or were built last, by whom they are for."""
    tallies: dict[str, Tally] = field(default_factory=dict)
    """How the statements of each ledger are signed."""
    noted: set[str] = field(default_factory=set)
    """What this process knows to be noted of who read what, so that it need not be asked for again."""
    _few: dict[tuple[str, tuple[str, ...]], tuple[int, list[Record[Any]]]] = field(default_factory=dict)

    def follow(self, ledger: str) -> Following:
        """What this process knows of a ledger."""
        return self.followed.follow(ledger)

    def roles(self, ledger: str, person: PersonKept) -> frozenset[Role]:
        """The roles that the records of a ledger give somebody today; none if there is no such ledger."""
        head = self.ledgers.head(ledger)
        return self.roles_in(head, person) if head else frozenset()

    def roles_in(self, head: Head, person: PersonKept) -> frozenset[Role]:
        """The same, of a ledger of which it is known where it stands."""
        return frozenset(one.role for one in self.held_in(head, person))

    def held_in(self, head: Head, person: PersonKept) -> tuple[Held, ...]:
        """The same roles, each with the record that gives it."""
        held = held_on(self.records_of(head, GRANTING), head.keeper, clock.today())
        return held_by(held, person.pseudonym, person.organisation)

    def read_few(self, heads: Collection[Head], kinds: tuple[str, ...]) -> None:
        """Have `records_of` ready for many ledgers: where many of them grew, all are read in one query."""
        grown = {one.ledger: one for one in heads if self._few.get((one.ledger, kinds), (0, ()))[0] < one.size}
        if len(grown) <= _FEW:
            return
        found: dict[str, list[Record[Any]]] = {name: [] for name in grown}
        for name, record in self.ledgers.across((*kinds, record_ended.KIND.name)):
            if name in found and record.index < grown[name].size:
                found[name].append(record)
        for name, records in found.items():
            self._few[name, kinds] = (grown[name].size, list(acting((), records, kinds)))

    def records_of(self, head: Head, kinds: tuple[str, ...]) -> list[Record[Any]]:
        """The records of kinds that are few, and those that act on them or on these; only new ones are read.

        An end of such a record may be withdrawn itself, so that ends are read too, of whatever they are.
        """
        size, records = self._few.get((head.ledger, kinds), (0, []))
        if size < head.size:
            more = self.ledgers.records_of(head.ledger, (*kinds, record_ended.KIND.name), start=size)
            records = [*records, *acting(records, more, kinds)]
            self._few[head.ledger, kinds] = (head.size, records)
        return records


@cache
def installation() -> Installation:
    """The installation whose settings are in force."""
    home, ledgers = Path(settings.HOME), DatabaseLedgers(clock.now)
    keys, proving = KeyFiles(home / KEYS, os.environ.get(KEYS_SECRET, "")), Proving(ledgers)
    return Installation(
        ledgers,
        DatabasePeople(),
        DatabaseDrafts(),
        DatabaseViews(),
        DatabaseUploads(),
        DatabaseTokens(),
        DatabaseInvitations(),
        DatabaseComputed(),
        DatabaseSessions(),
        Blobs(home / "files"),
        Followed(ledgers),
        keys,
        Signers(ledgers, keys),
        Checkpoints(ledgers, keys, OutsideFiles(home / CHECKPOINTS)),
        Publisher(ledgers, keys, DatabaseCheckpoints(), proving, clock.seconds),
        proving,
    )


@cache
def answering() -> Answering:
    """What answers about the ledgers of the installation, in this process."""
    return Answering(installation(), Background(connections.close_all))
