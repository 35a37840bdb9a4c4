"""Documentary evidence: retained with the records that it belongs to, and produced when asked for (Z.7(b))."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER, in_words
from meterward.core.base.timeline import constant
from meterward.core.facts.asked import Asked
from meterward.core.facts.combine import Member
from meterward.core.facts.evidence import evidenced
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.matter import UNANSWERED, Matter, done_by
from meterward.core.facts.owed import Source
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, state_of
from meterward.core.records.kinds import all_kinds, evidence_produced, evidence_requested
from meterward.core.records.record import Links, Record
from meterward.core.records.terms import LICENSEE

if TYPE_CHECKING:
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kind import Kind


def retained(read: Reader, ask: Ask) -> Told:
    """Each act that makes a document has that document by digest; and none was recorded as lost."""
    kinds = [kind for kind in all_kinds().values() if kind.document]
    parts = [_of_kind(read, kind) for kind in kinds]
    lost = Judged(evidenced(read, ask, "evidence_retained", LICENSEE), closes=True)
    lacking = tuple(matter for _, matters in parts for matter in matters)
    first = sorted((record for records, _ in parts for record in records), key=lambda record: record.order)[:2]
    if not first:
        return Told(judgements=(lost,), matters=lacking)
    kept = state_of("documents kept by digest", [Finding(one, one.occurred, NEVER) for one in first], None)
    return Told(states=(Member(kept, first[0].occurred),), judgements=(lost,), matters=lacking)


def produced(read: Reader, _: Ask) -> Told:
    """Each request for evidence, by the date it names or by our own limit, and whether all of it was produced."""
    return Told(matters=tuple(_asked(read, record) for record in read.all(evidence_requested.KIND)))


def _of_kind(read: Reader, kind: Kind[Any]) -> tuple[tuple[Record[Any], ...], tuple[Matter, ...]]:
    """The first two records of a kind that have their documents, and a matter for each that has not.

    Two, so that the explanation of one can say what would be without it.
    """

    def compute() -> tuple[tuple[Record[Any], ...], tuple[Matter, ...]]:
        records = read.all(kind)
        first = islice((record for record in records if record.files), 2)
        return tuple(first), tuple(_lacking(record) for record in records if not record.files)

    return read.keep(("retained", kind.name), compute)


def _lacking(record: Record[Any]) -> Matter:
    of = in_words(record.occurred) + (f", {record.subject}" if record.subject else "")
    words = f"a correction of that of {of}, with its document attached"
    return Matter(
        f"document of {record.kind.name} of {of}",
        record.occurred,
        None,
        Source.PRODUCT,
        constant(UNANSWERED),
        (record,),
        missing=request(record.kind, words, record.subject, links=Links(corrects=record.id)),
    )


def _asked(read: Reader, asked: Record[Any]) -> Matter:
    complete = [record for record in read.of(evidence_produced.KIND, asked.subject) if record.facts.complete]
    answered, explain = done_by(complete)
    return Matter(
        asked.subject,
        asked.occurred,
        asked.facts.due,
        Source.INSTRUMENT if asked.facts.due else Source.PRODUCT,
        answered,
        (asked,),
        explain,
        request(evidence_produced.KIND, f"all that {asked.subject} asks for", asked.subject),
        closed=read.ended(asked),
    )


ASKED = (Asked("evidence_retained", (LICENSEE,)),)

FACTS = (
    Fact("evidence_kept", "Whether the documents that acts make are kept, by digest, with their records.", retained),
    Fact("evidence_requests", "Each request for evidence, and when it was answered.", produced),
)
