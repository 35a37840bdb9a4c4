"""What use cases ask of the world, in words. Every implementation of a port passes the same contract tests."""

from __future__ import annotations

from meterward.usecases.ports.bundles import Bundle, Sink
from meterward.usecases.ports.checkpoints import Checkpoints, Published
from meterward.usecases.ports.finding import Hit, Hits, Wanted
from meterward.usecases.ports.keys import Keys, LogSigners
from meterward.usecases.ports.ledgers import Asked, Book, Head, Known, Ledgers, Placed, Written
from meterward.usecases.ports.outside import Outside
from meterward.usecases.ports.people import (
    InvitationKept,
    Invitations,
    People,
    PersonKept,
    TokenKept,
    Tokens,
    WaysTaken,
)
from meterward.usecases.ports.time import TimeAuthority
from meterward.usecases.ports.witnessing import Views
from meterward.usecases.ports.work import (
    Computed,
    Contents,
    DraftKept,
    Drafts,
    SavedViews,
    Sessions,
    UploadKept,
    Uploads,
    ViewKept,
)

__all__ = [
    "Asked",
    "Book",
    "Bundle",
    "Checkpoints",
    "Computed",
    "Contents",
    "DraftKept",
    "Drafts",
    "Head",
    "Hit",
    "Hits",
    "InvitationKept",
    "Invitations",
    "Keys",
    "Known",
    "Ledgers",
    "LogSigners",
    "Outside",
    "People",
    "PersonKept",
    "Placed",
    "Published",
    "SavedViews",
    "Sessions",
    "Sink",
    "TimeAuthority",
    "TokenKept",
    "Tokens",
    "UploadKept",
    "Uploads",
    "ViewKept",
    "Views",
    "Wanted",
    "WaysTaken",
    "Written",
]
