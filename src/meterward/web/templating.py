"""The templates of the web: ours, the shared macros, and what every page needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from meterward.core.base.days import parse_day
from meterward.core.records.roles import named
from meterward.present import system_words
from meterward.present.jinja import FILTERS
from meterward.present.kind_words import words
from meterward.present.phrases import capital, clean

if TYPE_CHECKING:
    from collections.abc import Mapping


def called(name: str) -> str:
    """A licensee or a ledger as a heading: its name, written as names are. Subjects are never changed."""
    return " ".join(capital(word) for word in name.replace("_", "-").split("-"))


def with_code(text: str) -> Markup:
    """A text in which `names` stand between backticks, with each as code."""
    parts = text.split("`")
    pairs = zip(parts[1::2], parts[2::2], strict=False)
    if len(parts) % 2 == 0:
        return escape(text)
    return escape(parts[0]) + Markup("").join(Markup("<code>{}</code>{}").format(*pair) for pair in pairs)


def environment(**options: Any) -> Environment:  # noqa: ANN401 - whatever Django hands on
    """The environment that Django asks for."""
    loader = ChoiceLoader([PackageLoader("meterward.web"), PackageLoader("meterward.present")])
    options |= {"loader": loader, "undefined": StrictUndefined}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701 - it is on, whatever Django hands on
    made.filters.update(FILTERS)
    made.filters["called"] = called
    made.filters["role_named"] = lambda role: named([role])
    made.filters["with_code"] = with_code
    made.filters["words"] = words
    made.filters["clean"] = clean
    made.filters["standing"] = system_words.standing
    made.filters["standing_mark"] = system_words.standing_mark
    made.filters["operated"] = system_words.operated
    made.filters["assured"] = system_words.assured
    made.filters["sort_of"] = system_words.sort_of
    made.filters["unused"] = system_words.unused
    made.filters["zone_called"] = system_words.zone_called
    made.tests["a_day"] = lambda text: parse_day(text) is not None
    globals_: Mapping[str, Any] = {"static": static}
    made.globals.update(globals_)
    return made
