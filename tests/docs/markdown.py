"""The little Markdown that generated pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, then an empty line; nothing at all if it has no row."""
    lines = [_row(row) for row in rows]
    return [_row(head), _row(["---"] * len(head)), *lines, ""] if lines else []


def code(*names: str) -> str:
    """Names as they are typed."""
    return ", ".join(f"`{name}`" for name in names)


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked to."""
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def link(name: str, page: str, heading: str = "") -> str:
    """A name, linked to its heading on a page."""
    return f"[`{name}`]({page}#{anchor(heading or name)})"


def sentence(text: str) -> str:
    """A text that begins with a capital and ends with a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def page(title: str, source: str, *parts: Iterable[str]) -> str:
    """A whole page, which says what it is made from."""
    lines = [f"# {title}", "", f"<!-- Made by “make docs” from {source}: change that, not this. -->", ""]
    for part in parts:
        lines.extend(part)
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
