"""The position as a page: one file with everything in it, no script, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from meterward.present.jinja import environment, style_sheet
from meterward.present.phrases import clean
from meterward.present.position_page import page_of

if TYPE_CHECKING:
    from meterward.present.answer import Answer


def page(answer: Answer) -> str:
    """The page of an answer."""
    style = Markup(style_sheet())  # noqa: S704 - our own style sheet, with nothing of anybody else's in it
    template = environment("meterward.cli").get_template("position.html")
    return clean(template.render(page=page_of(answer), style=style, style_hash=style_hash(style)))


def style_hash(style: str) -> str:
    """What the page's security policy calls its style by: no other style is obeyed."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
