"""Tokens of time stamps, handed on with what they stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from meterward.adapters.key_files import KeyFileError
from meterward.core.ledger.checkpoints import origin_of
from meterward.usecases.give_stamp import StampGiven, give_stamp
from meterward.usecases.publish_checkpoint import HandedOn
from meterward.wiring.failing import unusable
from meterward.wiring.installed import installation
from meterward.wiring.proving import newest_checkpoint

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem


def stamp_given(ledger: str, index: int) -> StampGiven | Problem | None:
    """The time stamp that an entry holds, to be checked elsewhere; None if it holds none that can be given."""
    store = installation()
    head = store.ledgers.head(ledger)
    if head is None:
        return None
    if settings.OPENED:
        opened = newest_checkpoint(head)
        if not isinstance(opened, HandedOn):
            return opened
        return give_stamp(store.ledgers, head, index, opened.checkpoint.origin, store.blobs.open)
    if not store.keys.has_log(ledger):
        return None
    try:
        origin = origin_of(ledger, store.keys.of_log(ledger).ed25519.public)
    except KeyFileError as error:
        return unusable(error)
    return give_stamp(store.ledgers, head, index, origin, store.blobs.open)
