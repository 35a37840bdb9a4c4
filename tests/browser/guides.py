"""The guide by role: the pages under docs/guide that were written for people in the browser, and what they name."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.browser.serving import ROOT

FOLDER = ROOT / "docs" / "guide"
NAMES = (
    "README",
    "security-manager",
    "senior-manager",
    "auditor",
    "audits",
    "regulator",
    "system",
    "risk",
    "passkey",
    "directions",
    "authority",
    "play",
)


class Guide(NamedTuple):
    """A page of the guide. What stands in bold there are words on a page of the product."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words that it says are on a page."""
        return [" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", self.text, flags=re.DOTALL)]

    @property
    def pictures(self) -> list[str]:
        """The pictures that it shows, by name."""
        return re.findall(r"\]\(\.\./pictures/([\w-]+)\.png\)", self.text)

    def unseen(self, seen: str) -> list[str]:
        """The words that were not among what was seen."""
        return [one for one in self.words if one not in seen]


def guide(name: str) -> Guide:
    """One page of the guide."""
    return Guide(name, (FOLDER / f"{name}.md").read_text(encoding="utf-8"))
