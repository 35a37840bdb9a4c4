"""Columns of wrapped text, without padding at the end of a line: what is piped on stays what it says."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

GAP = 2
"""So many spaces stand between columns."""


def print_columns(on: Console, cells: Sequence[tuple[Text, int]], indent: int = 0) -> None:
    """Print texts beside each other, each wrapped to its width."""
    for line in columns(on, cells):
        on.print(Text(" " * indent) + line, soft_wrap=True)


def print_text(on: Console, text: Text, indent: int = 0) -> None:
    """Print a text, wrapped."""
    print_columns(on, [(text, on.width - indent)], indent)


def print_items(on: Console, items: Sequence[tuple[str, str]], indent: int = GAP, least: int = 0) -> None:
    """Print labels with what stands under each, in two columns."""
    width = max([least, *(len(label) for label, _ in items)])
    for label, said in items:
        print_columns(on, [(Text(label, "dim"), width), (Text(said), on.width - indent - width - GAP)], indent)


def columns(on: Console, cells: Sequence[tuple[Text, int]]) -> Iterator[Text]:
    """The lines of texts beside each other."""
    wrapped = [list(text.wrap(on, max(width, 1))) for text, width in cells]
    for pieces in zip_longest(*wrapped):
        line = Text()
        for piece, (_, width) in zip(pieces, cells, strict=True):
            text = piece or Text()
            text.rstrip()
            line.append_text(text)
            line.append(" " * max(0, width - text.cell_len) + " " * GAP)
        line.rstrip()
        yield line


def print_flow(on: Console, items: Iterable[Text], gap: str = "   ", then: int = 0) -> None:
    """Print short texts one after the other, a new line where the next would not fit, indented so far."""
    line, indent = Text(), 0
    for item in items:
        if line and indent + line.cell_len + len(gap) + item.cell_len > on.width:
            print_text(on, line, indent)
            line, indent = Text(), then
        line = Text(gap).join([line, item]) if line else item.copy()
    if line:
        print_text(on, line, indent)


def widest(texts: Iterable[Text]) -> int:
    """As wide as the widest of some texts."""
    return max((text.cell_len for text in texts), default=0)
