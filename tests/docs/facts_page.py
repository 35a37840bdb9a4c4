"""`docs/facts.md`: every fact that the law can name, with what it is folded from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.obligations.registry import FACTS
from tests.docs.asked import kinds_of_fact
from tests.docs.law_page import every_pack, to_duty
from tests.docs.markdown import link, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.fact import Fact

INTRODUCTION = """\
The law names facts; each domain folds records into them, in one of four shapes: a *state* that holds or not, a *matter*
that is owed and answered, a *version* of an artefact with its contents, an *act* that counts or not. So a domain can
grow without the law changing, and the law without the domain
([decision 0001](decisions/0001-facts-between-access-and-records.md)).
"""


def facts_page() -> str:
    """The page."""
    source = "`FACTS` in the domains of `src/meterward/core`"
    return page("Facts that the law can name", source, [INTRODUCTION], *map(_section, FACTS.values()))


def _section(fact: Fact) -> Iterator[str]:
    duties = [duty.id for pack in every_pack() for duty in pack.duties if fact.name in duty.facts]
    kinds = sorted({kind for pack in every_pack() for kind in kinds_of_fact(pack, fact.name)})
    place = fact.tell.__module__.replace(".", "/")
    yield from (f"## `{fact.name}`", "", fact.says, "")
    yield f"- **Folded from:** {', '.join(link(kind, 'kinds.md') for kind in kinds)}."
    yield f"- **Named by:** {', '.join(map(to_duty, duties))}."
    yield f"- **Made in:** `src/{place}.py`."
    yield ""
