"""Installations that know nothing of each other, each with a home of its own, and what lies between them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from meterward.core.records.keeper import Keeper
from meterward.present.ledger_words import policy_text
from meterward.usecases.name_log import log_of
from meterward.usecases.ports import PersonKept
from meterward.wiring.appending import append
from meterward.wiring.delivering import Coming, receive, send
from meterward.wiring.example_store import EXAMPLE_PASSWORD
from meterward.wiring.installed import installation
from tests.builders.parties import entered, open_for
from tests.builders.stores import copy_sqlite, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE, THERE, AUDITOR = "authority", "brightwater", "auditor-a"
PEOPLE = {HERE: PersonKept("officer", "p-31", HERE), THERE: PersonKept("security", "p-01", THERE)}
PEOPLE[AUDITOR] = PersonKept("auditor", "p-21", AUDITOR)


class Two:
    """Two homes, each with one ledger, and what lies between them."""

    def __init__(self, between: Path, prepared: Path) -> None:
        self.between = between
        self.homes = {name: copy_sqlite(prepared, between / name) for name in (HERE, THERE)}
        for name, keeper in ((HERE, Keeper.AUTHORITY), (THERE, Keeper.LICENSEE)):
            with self.at(name):
                open_for(name, keeper)
                installation().people.keep(PEOPLE[name], EXAMPLE_PASSWORD)

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Work in one of the installations."""
        with installed(self.homes[name]):
            yield

    def policy(self, name: str) -> Path:
        """The policy of a log, which goes by a way of its own."""
        path = self.between / f"{name}.policy"
        with self.at(name):
            path.write_text(policy_text(name, log_of(installation().keys, name).keys))
        return path

    def say(self, name: str, *lines: dict[str, Any]) -> None:
        """Say something in one of the ledgers."""
        with self.at(name):
            entered(append(name, lines))

    def sent(self, name: str, to: str, called: str) -> Path:
        """A delivery."""
        path = self.between / called
        with self.at(name):
            made = send(self.homes[name], name, to, path, lambda *_: None)
        assert not hasattr(made, "hint"), made
        return path

    def takes(self, name: str, path: Path, policy: Path | None = None) -> object:
        """What comes of taking in a delivery."""
        with self.at(name):
            return receive(self.homes[name], Coming(path, name, policy, PEOPLE[name].sign_in), lambda *_: None)

    def last(self, name: str) -> dict[str, Any]:
        """The last line of a ledger."""
        with self.at(name):
            *_, found = installation().ledgers.lines(name)
        return found

    def kinds(self, name: str) -> list[str]:
        """The kinds of the records of a ledger, in order."""
        with self.at(name):
            return [one.kind.name for one in installation().ledgers.records(name)]
