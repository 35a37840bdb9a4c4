"""What every template can use: the words, marks and folds of answers, and the style sheet that goes with them."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from meterward.core.base.days import DAY, in_words
from meterward.core.obligations.status import Status
from meterward.present.kind_words import kinds_titled, title_of
from meterward.present.marks import mark_of
from meterward.present.phrases import capital, in_how_long, remarks, short_day, since_day
from meterward.present.ribbon import drawn_from
from meterward.usecases.explain_words import (
    changes_in_words,
    deadlines_in_brief,
    kind_in_words,
    missing_in_words,
    record_in_brief,
    word_of,
)
from meterward.usecases.fold_tree import fold
from meterward.usecases.tell_fact import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from enum import StrEnum

    from meterward.core.facts.node import Node

_OPEN = 3
"""From this rank on, a step failed or is not known."""
FILTERS: dict[str, Callable[..., object]] = {}
"""The filters by name; they stand at the end of this file, after what they name."""


def environment(package: str) -> Environment:
    """The environment of a package's own templates; the shared macros are within reach."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("meterward.present")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


def style_sheet() -> str:
    """The style sheet of every page."""
    return resources.files("meterward.present").joinpath("static", "style.css").read_text(encoding="utf-8")


def anchor(name: str, within: str = "") -> str:
    """The name of a place in a page."""
    return "-".join(part for part in (within, re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")) if part)


def worst_first(nodes: Sequence[Node]) -> list[Node]:
    """Steps of an explanation, those that failed or are not known before those that hold; else in their order."""
    return sorted(nodes, key=lambda node: -rank(node) if rank(node) >= _OPEN else 0)


def _mark(outcome: StrEnum, part: str) -> str:
    return str(getattr(mark_of(outcome), part))


FILTERS |= {
    "anchor": anchor,
    "bars": drawn_from,
    "day": date.fromisoformat,
    "changes": lambda one: [(label, kinds_titled(text)) for label, text in changes_in_words(one, title_of)],
    "deadlines": deadlines_in_brief,
    "duty_kind": kind_in_words,
    "day_before": lambda day: day - DAY,
    "fold": fold,
    "how_long": in_how_long,
    "in_brief": lambda record: record_in_brief(record, title_of),
    "in_words": in_words,
    "kind_title": title_of,
    "kinds_titled": kinds_titled,
    "licence": lambda name: f"{capital(name)} licence",
    "mark": _mark,
    "missing": missing_in_words,
    "open_below": rank,
    "remarks": remarks,
    "short": short_day,
    "since": since_day,
    "status": Status,
    "word": word_of,
    "worst_first": worst_first,
}
