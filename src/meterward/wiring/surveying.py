"""What the folds of the system know of a ledger in the store, at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.usecases.survey_system import Surveyed, survey
from meterward.wiring.installed import installation
from meterward.wiring.seeing import seen

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.present.answer import Question

__all__ = ["has_file", "survey_of"]


def survey_of(question: Question, licence: str = "") -> Surveyed | list[Problem] | Job:
    """What is known at a moment, of one licence or of all; on the way if many entries are still to be read."""
    return seen(question, licence, lambda known: survey(known.dossiers, known.day))


def has_file(ledger: str, digest: str | None) -> bool:
    """Whether a file of that content is kept for a ledger."""
    return bool(digest and installation().uploads.get(ledger, digest))
