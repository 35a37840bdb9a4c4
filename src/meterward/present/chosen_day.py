"""What is to be known of a position as at a day that the reader of a bundle chose, beside the bundle's own day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from meterward.core.base.days import in_words


class ChosenDay(NamedTuple):
    """The day that the reader chose, and those that it is to be told apart from."""

    as_at: date
    compared: date
    """The day of the bundle, whose receipts were compared."""
    first: date
    """The day on which the first entry was recorded."""
    last: date
    """The day on which the last entry was."""
    today: date

    @property
    def sentence(self) -> str:
        """Which day is shown, and what was compared."""
        shown = f"As at {in_words(self.as_at)}"
        if self.as_at == self.compared:
            return f"{shown}: the day of the bundle, whose receipts step 10 compared."
        return (
            f"{shown}, the day that you named: computed here from the records of the bundle, and claimed by nobody. "
            f"The receipts that step 10 compared are of the bundle's own day, {in_words(self.compared)}."
        )

    @property
    def notes(self) -> list[str]:
        """What the day being before the records, among them, after them or in the future means."""
        found = []
        if self.as_at < self.first:
            began = in_words(self.first)
            found.append(f"It is before the first entry, of {began}: what the records tell of it was recorded later.")
        elif self.as_at < self.last:
            found.append(f"It is as known at the last entry, of {in_words(self.last)}: what was recorded later counts.")
        elif self.as_at > self.last:
            ended = in_words(self.last)
            found.append(f"It is after the last entry, of {ended}: what was recorded since is not in this bundle.")
        if self.as_at > self.today:
            found.append("It lies ahead: this is how things will stand if nothing more is recorded.")
        return found
