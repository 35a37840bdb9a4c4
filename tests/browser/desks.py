"""Desks at one server: the browsers of several people, who sign in once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.desk import LEDGER, PATIENCE, WIDE, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState


class Desks:
    """Desks at one server. Each is cleared when its test ends."""

    def __init__(self, browser: Browser, address: str, sessions: dict[tuple[str, str], StorageState]) -> None:
        self.browser, self.address, self.sessions = browser, address, sessions
        self.taken: list[Desk] = []

    def take(self, name: str = "", path: str = f"/{LEDGER}/", **options: Any) -> Desk:  # noqa: ANN401 - what a context takes
        """A desk; with a name, of somebody who is signed in and looks at a page."""
        width, height = WIDE
        session = self.sessions.get((self.address, name))
        steady = {"viewport": {"width": width, "height": height}, "locale": "en-GB", "reduced_motion": "reduce"}
        desk = Desk(self.browser.new_context(storage_state=session, **{**steady, **options}), self.address)
        desk.context.set_default_timeout(PATIENCE)
        self.taken.append(desk)
        if session:
            desk.open(path)
        elif name:
            desk.sign_in(name, path)
            self.sessions[self.address, name] = desk.context.storage_state()
        return desk

    def clear(self) -> None:
        """Leave every desk; whatever went wrong at one fails the test."""
        for desk in self.taken:
            desk.close()
