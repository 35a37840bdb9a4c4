"""What tests of pages with a register read there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders.workplace import words

if TYPE_CHECKING:
    from tests.builders.workplace import Page


def risks(page: Page) -> list[str]:
    """The short names of the risks that are listed."""
    return [
        words(small).partition(",")[0]
        for cell in page.all("td", class_="what")
        for small in cell
        if not small.get("href")
    ]
