"""The options that several commands share: how to write the answer, and by which law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from meterward import wiring
from meterward.cli.completing import packs

if TYPE_CHECKING:
    from collections.abc import Callable

C = TypeVar("C", bound="Callable[..., Any]")


def format_option(*formats: str) -> Callable[[C], C]:
    """`--format`, the first one by default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write the answer.",
    )


def law_option(says: str = "The law pack.") -> Callable[[C], C]:
    """`--law`, the only pack by default."""
    return click.option("--law", metavar="PACK", default=wiring.DEFAULT_PACK, shell_complete=packs, help=says)
