"""What the folds of the system know of a ledger in the store, at a moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meterward.usecases.survey_system import Surveyed, survey
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Question
    from meterward.usecases.follow_ledger import State

__all__ = ["has_file", "survey_of"]


def survey_of(question: Question, licence: str = "") -> Surveyed | list[Problem] | Job:
    """What is known at a moment, of one licence or of all; on the way if many entries are still to be read."""

    def show(_: Pack, state: State) -> Surveyed:
        return survey([one for one in state.dossiers if licence in ("", one.name)], question.as_at)

    return answering().look(replace(question, hypothesis={}), show)


def has_file(ledger: str, digest: str | None) -> bool:
    """Whether a file of that content is kept for a ledger."""
    return bool(digest and installation().uploads.get(ledger, digest))
