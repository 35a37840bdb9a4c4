"""A tree of what was found, in a terminal: each step with its outcome, the records that decide it, what is below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.text import Text

from meterward.cli.columns import columns
from meterward.core.base.days import DAY, in_words, plural
from meterward.core.facts.node import Outcome
from meterward.present.marks import FLAG, mark_of
from meterward.present.phrases import clean
from meterward.usecases.explain_words import record_in_brief
from meterward.usecases.fold_tree import fold
from meterward.usecases.tell_fact import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.facts.node import Node

_MOST_RECORDS = 5
_LEAST = 20
_LARGE = 40
_BRANCH, _LAST = ("├─ ", "│  "), ("└─ ", "   ")
"""What stands before a step and before all below it; the last of its neighbours has another."""


def print_tree(on: Console, nodes: Sequence[Node], indent: int, *, full: bool) -> None:
    """Print steps and all below them; in a large tree what holds is only counted, unless it is wanted in full."""
    steps = sum(1 for top in nodes for _ in top.walk())
    how = _How(on, full, brief=not full and steps > _LARGE)
    for line in _level(how, nodes, " " * indent, top=True):
        on.print(line, soft_wrap=True)


class _How(NamedTuple):
    """How a tree is printed."""

    on: Console
    full: bool
    brief: bool
    """Whether what lies below a step that holds is only counted."""


def _level(how: _How, nodes: Sequence[Node], before: str, *, top: bool = False) -> Iterator[Text]:
    on = how.on
    shown, more = (found := fold(nodes, full=how.full)).shown, found.more
    for place, node in enumerate(shown):
        last = place == len(shown) - 1 and not more
        branch, below = ("", "") if top else (_LAST if last else _BRANCH)
        counted = how.brief and not top and not rank(node) and bool(node.children)
        yield from _step(on, node, before + branch, before + below, counted=counted)
        if not counted:
            yield from _level(how, node.children, before + below)
    if more:
        branch = "" if top else _LAST[0]
        yield Text(f"{before}{branch}… and {more} (--full shows all)", "dim")


def _step(on: Console, node: Node, first: str, then: str, *, counted: bool) -> Iterator[Text]:
    mark = mark_of(node.outcome)
    width = max(_LEAST, on.width - len(first) - 2)
    label = Text.assemble((f"{mark.shape} ", mark.style), clean(node.label))
    if counted:
        points = sum(1 for below in node.walk() if not below.children)
        label.append(f", in {plural(points, 'point')} (--full shows all)", "dim")
    yield from _hanging(on, label, first, then + "  ", width)
    for said in _said(node):
        yield from _hanging(on, said, then + "  ", then + "  ", width)


def _hanging(on: Console, text: Text, first: str, then: str, width: int) -> Iterator[Text]:
    for place, line in enumerate(columns(on, [(text, width)])):
        yield Text.assemble((first if place == 0 else then, "dim"), line)


def _said(node: Node) -> Iterator[Text]:
    if node.remark:
        yield Text(clean(node.remark.words))
    for record in node.records[:_MOST_RECORDS]:
        yield Text(clean(f"{record.short}  {record_in_brief(record)}"), "dim")
    if len(node.records) > _MOST_RECORDS:
        yield Text(f"and {plural(len(node.records) - _MOST_RECORDS, 'more record')}", "dim")
    if node.turns and node.outcome is Outcome.HELD:
        yield Text(f"shown to {in_words(node.turns - DAY)}", "dim")
    for flag in node.attention:
        yield Text(f"{FLAG.shape} {clean(flag)}", FLAG.style)
