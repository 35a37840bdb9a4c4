"""The register of risks at a moment as files, to be taken away: all of it, or the risks that somebody looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.adapters.inventories.write_register import FORMS, write_register
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds
from meterward.usecases.register_columns import TITLES
from meterward.usecases.register_rows import KINDS, Told, narrowed, register_told, together
from meterward.wiring.risk_charting import texts_of
from meterward.wiring.seeing import seen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from meterward.adapters.background import Job
    from meterward.core.records.record import Record
    from meterward.present.answer import Question
    from meterward.wiring.seeing import Known

__all__ = ["FORMS", "TITLES"]


def register_file(
    question: Question, licence: str, risks: Collection[str], form: str, table: str
) -> tuple[str, bytes] | list[Problem] | Job:
    """A file of some risks with what is done about them, and its name: a spreadsheet, or one table of it as CSV."""
    found = seen(question, licence, lambda known: _told(question.source, known))
    if not isinstance(found, Told):
        return found
    files = write_register(narrowed(found, risks), f"{question.source}-{question.as_at.isoformat()}", form)
    if isinstance(files, Problem):
        return [files]
    wanted = {
        name: one for name, one in files.items() if form != "csv" or name.endswith(f"-{TITLES[table].casefold()}.csv")
    }
    if not wanted:
        what = f"There are no {TITLES[table].casefold()} of these risks on {in_words(question.as_at)}."
        return [Problem(Code.RECORD_UNKNOWN, what, "Look at another day, or at more risks.")]
    return next(iter(wanted.items()))


def _told(ledger: str, known: Known) -> Told:
    """The register as the licences have it, with the texts that were not erased."""
    kinds = [all_kinds()[name] for name in KINDS]
    texts = texts_of(ledger, {one.id for each in known.dossiers for kind in kinds for one in each.reader.all(kind)})

    def text(record: Record[Any]) -> Mapping[str, str]:
        return texts.get(record.id.hex(), {})

    return together([register_told(each.reader, text, known.day) for each in known.dossiers])
