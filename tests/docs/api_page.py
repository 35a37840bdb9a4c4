"""What `docs/api.md` has to say: each operation with a request, and the table of codes."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from meterward.api.details import TABLE
from tests.docs.generate import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### `([A-Z]+ [^`]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Sent(NamedTuple):
    """A request as curl would send it."""

    method: str
    address: str
    headers: dict[str, str]
    body: str


def sections() -> dict[str, str]:
    """What is said of each operation, by method and path."""
    return dict(SECTION.findall(PAGE))


def sent(command: str, **variables: str) -> Sent:
    """The request of a curl command."""
    words = iter(shlex.split(re.sub(r"\$([A-Z]+)", lambda found: variables[found[1]], command)))
    assert next(words) == "curl"
    headers: dict[str, str] = {}
    body, address = "", ""
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-binary"):
            body = next(words)
        elif word == "-o":
            next(words)
        else:
            address = word
    return Sent("POST" if body else "GET", address, headers, body)


def table() -> str:
    """The table of codes by status."""
    return "\n".join(["| Status | Title | Codes |", "|---|---|---|", *_rows()])


def _rows() -> Iterator[str]:
    for meaning in sorted(set(TABLE.values())):
        codes = ", ".join(f"`{code}`" for code, found in TABLE.items() if found == meaning)
        yield f"| {meaning.status} | {meaning.title} | {codes} |"
