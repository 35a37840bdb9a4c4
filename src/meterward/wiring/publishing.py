"""Checkpoints of the installation published, and shown to the witnesses that its home names."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from meterward.adapters.home import WITNESSES
from meterward.adapters.witnesses import post
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import read_said
from meterward.core.ledger.policy import read_policy
from meterward.usecases.ask_witnesses import Asked, asked_in
from meterward.usecases.publish_checkpoint import HandedOn
from meterward.wiring.keeping import ready
from meterward.wiring.store import head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.ledger.checkpoints import Said
    from meterward.usecases.publish_checkpoint import Publication
    from meterward.wiring.installed import Installation

_LONGEST = 1_000_000
_LOG = logging.getLogger(__name__)


def publish(home: Path, licensee: str) -> Publication | Problem:
    """Publish the checkpoint of a ledger, and ask the witnesses that have not seen it."""

    def published(store: Installation) -> Publication | Problem:
        head = head_of(store.ledgers, licensee)
        if isinstance(head, Problem):
            return head
        witnesses = named_here(home)
        return witnesses if isinstance(witnesses, Problem) else _publish(store, head.ledger, witnesses)

    return within(home, published)


def published_for(store: Installation, ledger: str, warn: Callable[[str], None]) -> Said | Problem:
    """The checkpoint of a ledger for somebody who hands it on, who is warned where a witness did not cosign it."""
    witnesses = named_here(Path(settings.HOME))
    if isinstance(witnesses, Problem):
        warn(f"No witness was asked. {witnesses}")
        witnesses = []
    done = _publish(store, ledger, witnesses)
    if isinstance(done, Problem):
        return done
    for one in done.heard:
        if one.problem:
            warn(f"The witness {one.asked.name} did not cosign the checkpoint. {one.problem}")
    return done.said


def publish_all(store: Installation) -> None:
    """Publish the checkpoints of all ledgers that have records; what keeps one from it is told."""
    for ledger in store.ledgers.names():
        head = store.ledgers.head(ledger)
        warn = partial(_LOG.error, "The ledger of %s: %s", ledger)
        done = published_for(store, ledger, warn) if head and head.size else None
        if isinstance(done, Problem):
            warn(str(done))


def named_here(home: Path) -> list[Asked] | Problem:
    """The witnesses that a home names, with an address; none if it names none."""
    place = home / WITNESSES
    try:
        with place.open("rb") as file:
            policy = read_policy(file.read(_LONGEST))
    except FileNotFoundError:
        return []
    except OSError as error:
        hint = "See that it may be read, or remove it: then no witness is asked."
        return Problem(Code.FILE_UNREADABLE, f"“{place}” cannot be read: {error.strerror}.", hint)
    if isinstance(policy, Problem):
        return Problem(policy.code, f"“{place}”: {policy.message}", policy.hint, line=policy.line)
    return asked_in(policy)


def last_published(store: Installation, ledger: str) -> HandedOn | Problem | None:
    """The last checkpoint that was published of a ledger, if one was; of a bundle that was opened, its own."""
    if settings.OPENED:
        said = read_said(settings.OPENED.note.encode())
        return HandedOn(*said, settings.OPENED.signed) if said else None
    return store.publisher.newest(ledger)


def _publish(store: Installation, ledger: str, witnesses: list[Asked]) -> Publication | Problem:
    return ready(store, ledger) or store.publisher.ask(ledger, witnesses, post)
