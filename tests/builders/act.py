"""The next act of a story: when, on what, and how the dice fall."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.core.records.terms import LICENSEE, SYSTEM
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from datetime import date

    from tests.builders.dice import Dice
    from tests.builders.scribe import Scribe


class Act:
    """The next act: on which day, what there is to act on, and how the dice fall."""

    def __init__(self, scribe: Scribe, occurred: date, recorded: date, dice: Dice) -> None:
        self.scribe, self.occurred, self.recorded, self.dice = scribe, occurred, recorded, dice

    def day(self, *days: int) -> str:
        """A day so many days from the act's own."""
        return str(self.occurred + timedelta(days=self.dice.pick(days)))

    def new(self, space: str) -> str:
        """A subject that is not there yet; the fourth of a kind is refused."""
        taken = self.scribe.admission.subjects
        return next((name for one in "123" if (name := f"{space}/{one}") not in taken), f"{space}/1")

    def known(self, *spaces: str) -> str:
        """A subject that is there, of one of some namespaces; none gives one that admission refuses."""
        subjects = [name for name in self.scribe.admission.subjects if name.partition("/")[0] in spaces]
        return self.dice.pick(subjects or [f"{spaces[0]}/none"])

    def among(self, *options: tuple[str, str, str]) -> tuple[str, str, str]:
        """One of some names with their subjects and aspects, of those whose subject is there."""
        subjects = self.scribe.admission.subjects
        return self.dice.pick([one for one in options if one[1] in subjects or one[1] in (SYSTEM, LICENSEE)])

    def draft(self, kind: str, subject: str = "", *, acting: str = "", **facts: object) -> Draft:
        """A record of this act."""
        return Draft(kind, self.occurred, self.recorded, facts, subject, acting)
