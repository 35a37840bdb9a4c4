"""A password, as a command asks for it: twice at the terminal, or from a pipe. It never stands on a command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

C = TypeVar("C", bound="Callable[..., Any]")
_LONGEST = 1_000


def password_option() -> Callable[[C], C]:
    """`--password-stdin`."""
    return click.option(
        "--password-stdin", is_flag=True, help="Read the password from what is piped in. [ask for it twice]"
    )


def password_for(whom: str, *, piped: bool) -> str:
    """The password for somebody."""
    if piped:
        return _piped()
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for the password at. Pipe it in, with --password-stdin.")
    prompt = f"Password for {whom} (nothing shows while you type)"
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt="The same again", err=True))


def _piped() -> str:
    """The one line that was piped in."""
    given = "" if sys.stdin is None else sys.stdin.buffer.read(_LONGEST).decode(errors="replace")
    first, *more = given.splitlines() or [""]
    if not first or any(more):
        raise click.UsageError("--password-stdin takes one line, the password, and that is not what was piped in.")
    return first
