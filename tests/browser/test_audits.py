"""The pages of audits are well made, on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import flaws

if TYPE_CHECKING:
    from tests.browser.desks import Desks


WELL_MADE = {
    "security": ("/northlight/audits", "/northlight/audits/1", "/northlight/audits/2"),
    "auditor": (
        "/auditor-a/",
        "/auditor-a/audits/northlight/2",
        "/auditor-a/auditing/samples/1",
        "/auditor-a/auditing/draw/northlight/2",
        "/auditor-a/append/audit.scoped",
    ),
}


def test_pages_of_audits_are_well_made(desks: Desks) -> None:
    for name, places in WELL_MADE.items():
        page = desks.take(name, places[0]).page
        for place in places:
            page.goto(desks.address + place)
            assert flaws(page) == [], place
