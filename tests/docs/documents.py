"""Every document for people in the repository, and what can be asked of one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.docs.generate import ROOT
from tests.docs.markdown import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"^```[^\n]*\n.*?^```$", flags=re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


class Document(NamedTuple):
    """One document."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def prose(self) -> str:
        """The text without fenced blocks."""
        return _FENCE.sub("", self.text)

    def codes(self) -> Iterator[str]:
        """Everything that stands in backticks."""
        return (found[1] for found in _CODE.finditer(self.prose))

    def links(self) -> Iterator[str]:
        """Every target of a link or picture."""
        return (found[1] for found in _LINK.finditer(self.prose))

    def anchors(self) -> set[str]:
        """The fragments that its headings give."""
        found: set[str] = set()
        for heading in re.findall(r"^#+ (.*)$", self.prose, flags=re.MULTILINE):
            plain = anchor(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading))
            found.add(next(name for name in _numbered(plain) if name not in found))
        return found


def documents() -> list[Document]:
    """Every document, by path."""
    paths = sorted([*ROOT.glob("*.md"), *ROOT.glob("benchmarks/*.md"), *(ROOT / "docs").rglob("*.md")])
    return [Document(path, path.read_text(encoding="utf-8")) for path in paths]


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        yield f"{name}-{number}"
        number += 1
