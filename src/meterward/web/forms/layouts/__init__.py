"""The forms that were made by hand, for the kinds used most; every other kind's form is generated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.web.forms.layout import generated
from meterward.web.forms.layouts import (
    actions,
    answers,
    assessments,
    audits,
    directions,
    elements,
    findings,
    incidents,
    measures,
    policy,
    procurement,
    reports,
    risks,
)

if TYPE_CHECKING:
    from meterward.core.records.kind import Kind
    from meterward.web.forms.layout import Layout

_MODULES = (
    findings,
    policy,
    incidents,
    answers,
    directions,
    elements,
    procurement,
    risks,
    measures,
    assessments,
    audits,
    reports,
    actions,
)
BY_HAND = {one.kind: one for module in _MODULES for one in module.LAYOUTS}
"""The layouts made by hand, by kind."""


def layout_of(kind: Kind[Any]) -> Layout:
    """The form of a kind."""
    return BY_HAND.get(kind.name) or generated(kind)
