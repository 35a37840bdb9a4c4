"""What the operator does at a terminal: invite somebody of any organisation, and reset ways in that were lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters.home import is_behind_https
from meterward.usecases.ports import PersonKept, WaysTaken
from meterward.wiring.setting_up import nobody
from meterward.wiring.store import within

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.problem import Problem
    from meterward.wiring.installed import Installation
    from meterward.wiring.ways_in.inviting import Invited

HOSTS = "METERWARD_HOSTS"
_USUAL = "http://localhost:8000"


class Reset(NamedTuple):
    """Whose ways in were reset, and what was taken away."""

    person: PersonKept
    taken: WaysTaken


def invite_person(home: Path, person: PersonKept, email: str) -> Invited | Problem:
    """Invite somebody of any organisation."""

    def invited(_: Installation) -> Invited | Problem:
        from meterward.wiring.ways_in.inviting import invite  # noqa: PLC0415 - rows can be loaded only within a store

        return invite(person, email, _root())

    return within(home, invited)


def reset_person(home: Path, sign_in: str) -> Reset | Problem:
    """Take from somebody whatever lets them in but their password (`storage.repositories.resetting`)."""

    def done(store: Installation) -> Reset | Problem:
        from meterward.storage.repositories.people import row_of  # noqa: PLC0415 - rows load only within a store
        from meterward.storage.repositories.resetting import reset  # noqa: PLC0415 - the same

        person = store.people.get(sign_in)
        return Reset(person, reset(row_of(sign_in))) if person else nobody(store.people, sign_in)

    return within(home, done)


def _root() -> str:
    """Where browsers reach the installation: under the first name that is set."""
    first, *_ = [*os.environ.get(HOSTS, "").split(), ""]
    return f"{'https' if is_behind_https() else 'http'}://{first}" if first else _USUAL
