"""What use cases ask of the world, in words. Every implementation of a port passes the same contract tests."""

from __future__ import annotations

from meterward.usecases.ports.finding import Hit, Hits, Wanted
from meterward.usecases.ports.ledgers import Asked, Book, Head, Known, Ledgers, Written
from meterward.usecases.ports.people import People, PersonKept, TokenKept, Tokens
from meterward.usecases.ports.work import Computed, Contents, DraftKept, Drafts, Sessions, UploadKept, Uploads

__all__ = [
    "Asked",
    "Book",
    "Computed",
    "Contents",
    "DraftKept",
    "Drafts",
    "Head",
    "Hit",
    "Hits",
    "Known",
    "Ledgers",
    "People",
    "PersonKept",
    "Sessions",
    "TokenKept",
    "Tokens",
    "UploadKept",
    "Uploads",
    "Wanted",
    "Written",
]
