"""The position as a page: one file with everything in it, no script, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from meterward.cli.due import in_how_long, remarks, short_day, since_day
from meterward.cli.page_model import page_of
from meterward.cli.terminal import clean
from meterward.cli.tree import mark_of
from meterward.core.base.days import DAY, in_words
from meterward.usecases.explain_words import (
    changes_in_words,
    deadlines_in_brief,
    missing_in_words,
    record_in_brief,
    word_of,
)
from meterward.usecases.fold_tree import fold
from meterward.usecases.tell_fact import rank

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from meterward.cli.asking import Answer


def page(answer: Answer) -> str:
    """The page of an answer."""
    style = Markup(style_sheet())  # noqa: S704 - our own style sheet, with nothing of anybody else's in it
    template = _environment().get_template("position.html")
    return clean(template.render(page=page_of(answer), style=style, style_hash=style_hash(style)))


def style_sheet() -> str:
    """The style sheet of every page."""
    return resources.files("meterward.cli").joinpath("templates", "style.css").read_text(encoding="utf-8")


def style_hash(style: str) -> str:
    """What the page's security policy calls its style by: no other style is obeyed."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def anchor(name: str, within: str = "") -> str:
    """The name of a place in the page."""
    return "-".join(part for part in (within, re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")) if part)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("meterward.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "anchor": anchor,
        "changes": changes_in_words,
        "deadlines": deadlines_in_brief,
        "day_before": lambda day: day - DAY,
        "fold": fold,
        "how_long": in_how_long,
        "in_brief": record_in_brief,
        "in_words": in_words,
        "licence": lambda name: f"{name[:1].upper()}{name[1:]} licence",
        "mark": _mark,
        "missing": missing_in_words,
        "open_below": rank,
        "remarks": remarks,
        "short": short_day,
        "since": since_day,
        "word": word_of,
    }
    environment.filters.update(filters)
    return environment


def _mark(outcome: StrEnum, part: str) -> str:
    return str(getattr(mark_of(outcome), part))
