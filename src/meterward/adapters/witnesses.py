"""Asking a witness over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters.asking import IN_ALL, ask

if TYPE_CHECKING:
    from meterward.usecases.ask_witnesses import Reply


def post(url: str, body: bytes, patience: float = IN_ALL) -> Reply | str:
    """What a witness answers to a body; or in words why it does not."""
    return ask(url, body, {"Content-Type": "text/plain"}, patience)
