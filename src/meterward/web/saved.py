"""The saved views of a list: those of whoever looks at it, each with its address, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from meterward.core.access import Action, Subject, may
from meterward.wiring.gating import caller_in, person_in
from meterward.wiring.saving import LONGEST_NAME, MOST_VIEWS, saved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from meterward.web.moments import Moment

DONE = {"saved": "Saved. Only you see it.", "renamed": "Renamed.", "deleted": "Deleted."}
"""What a page says of what was just done with a view, by what its address says."""


class View(NamedTuple):
    """A saved view: its address at the moment that is shown, and whether it is what the page shows."""

    name: str
    address: str
    here: bool


def saved_views(
    request: HttpRequest, ledger: str, listed: str, moment: Moment, asked: Mapping[str, str]
) -> dict[str, Any]:
    """What a list shows of them beside what it is asked for."""
    caller = caller_in(request)
    keeps = may(caller, Action.KEEP_VIEWS, Subject(ledger, None, (caller.person, caller.organisation))).allowed
    there = [
        (one.name, dict(parse_qsl(one.query))) for one in (saved(person_in(request), ledger, listed) if keeps else ())
    ]
    return {
        "keeps_views": keeps,
        "listed_as": listed,
        "own_views": [View(name, f"/{ledger}/{listed}{moment.also(**said)}", said == asked) for name, said in there],
        "view_done": DONE.get(request.GET.get("view", ""), ""),
        "longest_name": LONGEST_NAME,
        "most_views": MOST_VIEWS,
        "to_views": f"/{ledger}/{listed}/views{moment.also(**asked)}",
    }
