"""What stands above every answer in a terminal: whose it is, as at when, known when, and what to be warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_text
from meterward.present.marks import FLAG
from meterward.present.notices import as_at, known, notices
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from rich.console import Console

    from meterward.present.answer import Answer


def show_heading(on: Console, answer: Answer, licence: str, about: str) -> None:
    """Show whose answer this is, what it is about, and everything that must be said plainly."""
    whose, time = Text(f"{answer.loaded.licensee} · {licence}", "bold"), Text(f"{as_at(answer)} · {known(answer)}")
    if whose.cell_len + GAP + time.cell_len > on.width:
        print_text(on, whose)
        print_text(on, time)
    else:
        gap = " " * (on.width - whose.cell_len - time.cell_len)
        on.print(Text.assemble(whose, gap, time), soft_wrap=True)
    if about:
        print_text(on, Text(clean(about), "dim"))
    show_notices(on, answer)


def show_notices(on: Console, answer: Answer) -> None:
    """Say what must be known before relying on an answer."""
    for notice in notices(answer):
        print_columns(on, [(Text(FLAG.shape, FLAG.style), 1), (Text(clean(notice), FLAG.style), on.width - 1 - GAP)])
