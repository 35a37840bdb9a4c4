"""Resources and sites: what the policy's implementation needs, whether each need is met, and whether that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.facts.asked import Asked
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.evidence import evidenced, judged
from meterward.core.facts.fact import Fact, Tell, Told
from meterward.core.facts.request import request
from meterward.core.records.kinds import need_determined
from meterward.core.records.terms import LICENSEE

if TYPE_CHECKING:
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader


def needs(concern: str, question: str) -> Tell:
    """What tells of the needs of one concern, and of the judgement on them."""

    def tell(read: Reader, ask: Ask) -> Told:
        members = [
            Member(evidenced(read, ask, "need_met", record.subject), record.occurred, read.until(record))
            for record in read.all(need_determined.KIND)
            if record.facts.concern == concern
        ]
        missing = request(need_determined.KIND, f"each {concern} that is needed", facts={"concern": concern})
        each = all_of(f"each {concern} need is met", members, missing)
        return Told(states=(Member(each), Member(judged(read, ask, question, LICENSEE))))

    return tell


ASKED = (
    Asked("need_met", ("need",)),
    Asked("resource_adequate", (LICENSEE,)),
    Asked("site_controls_appropriate", (LICENSEE,)),
)

FACTS = (
    Fact(
        "resources",
        "Whether each need for people, budget or tools is met, and enough.",
        needs("resource", "resource_adequate"),
    ),
    Fact(
        "sites",
        "Whether each physical or environmental control is in place, and appropriate.",
        needs("site", "site_controls_appropriate"),
    ),
)
