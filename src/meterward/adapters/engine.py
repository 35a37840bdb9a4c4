"""The digest of the engine: which code and which law a receipt was computed with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_PARTS = ("core", "law")
_SHOWN_BY = ("usecases", "present")
"""What an answer is put into words and JSON by, beside the engine: it changes no verdict, and how one looks."""
_SOURCES = (".py", ".toml")
_NOT_ENGINE = ("cases.toml", "cases")
"""Worked cases show what the engine does and are no part of it."""


@cache
def engine_digest() -> str:
    """The SHA-256 (hex) over name and content of every source that a verdict depends on.

    Line ends are normalised, so that a checkout on another system gives the same digest.
    """
    return _digest(_PARTS)


@cache
def answers_digest() -> str:
    """The SHA-256 (hex) over every source that the JSON of an answer depends on: what is kept is kept by it."""
    return _digest((*_PARTS, *_SHOWN_BY))


def _digest(parts: tuple[str, ...]) -> str:
    root = resources.files("meterward")
    sources = sorted(found for part in parts for found in _sources(root.joinpath(part), part))
    digest = hashlib.sha256()
    for name, content in sources:
        digest.update(f"{hashlib.sha256(content).hexdigest()} {name}\n".encode())
    return digest.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        name = f"{path}/{item.name}"
        if item.name in _NOT_ENGINE:
            continue
        if item.is_dir():
            yield from _sources(item, name)
        elif item.name.endswith(_SOURCES):
            yield name, item.read_bytes().replace(b"\r\n", b"\n")
