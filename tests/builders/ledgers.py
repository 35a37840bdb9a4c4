"""Random ledgers that are valid.

Few names, days from 2012 to 2016, and many collisions, replacements, corrections, ends, withdrawals, proofs that run
out, and late entries.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.builders.act import Act
from tests.builders.changes import ACTS, CHANGES, changed, made_by
from tests.builders.dice import Dice
from tests.builders.diligence import DILIGENCE, there
from tests.builders.lines import LICENCES, Draft
from tests.builders.scribe import Scribe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPENING = date(2012, 10, 1)
COMMENCEMENTS = (date(2013, 3, 4), date(2012, 11, 30), date(2013, 8, 31))
_BYTES = 10
GAPS = (0, 1, 10, 30, 45, 0, 5, 0, 120)
LATE = (0, 0, 0, 0, 1, 40, 200)
LICENSED = ((LICENCES[0],),) * 6 + (LICENCES, (LICENCES[1],))

_CONSIDERING = ("management.informed", "management.considered", "role.appointed")
_ACTIONS = ("action.planned", "action.completed")
_THEMES: Mapping[str, tuple[str, ...]] = {
    "everything": tuple(name for name in ACTS if name not in ("date.determined", "pack.adopted")),
    "policy": (
        "policy.issued",
        "assessment.completed",
        "risk.treated",
        "policy.reviewed",
        *("state.evidenced", "judgement.made of provisions") * 2,
        "state.evidenced of access",
        "state.evidenced of statements",
        "judgement.made",
        "incident.recorded",
        *_CONSIDERING,
    ),
    "audits": (
        "auditor.recognised",
        "audit.engaged",
        "independence.declared",
        "audit.reported",
        "judgement.made",
        "document.received",
        "recommendation.decided",
        *_ACTIONS,
        *_CONSIDERING,
    ),
    "directions": (
        "direction.issued",
        "direction.answered",
        "document.received",
        "state.evidenced",
        "evidence.requested",
        "evidence.produced",
        "pack.adopted",
    ),
    "system": (
        "element.declared",
        *("system.described",) * 2,
        *("state.evidenced of every cell",) * 4,
        "state.evidenced",
        "incident.recorded",
        "judgement.made",
    ),
    "risk": (
        *("policy.issued", "assessment.completed", "risk.treated", "context.established") * 2,
        *("risk.identified", "measure.planned") * 2,
        *("risk.estimated", "measure.progressed") * 3,
        *("judgement.made of provisions", "policy.reviewed"),
    ),
    "standard": ("standard.assessed", *_ACTIONS, "judgement.made", "pack.adopted"),
    "people": ("need.determined", *("state.evidenced",) * 3, *("judgement.made",) * 2),
}
"""What a story is mostly about: a few kinds only, so that they meet."""
THEMES = tuple(_THEMES)
_LITTLE = ("date.determined", "pack.adopted")


def moves_of(theme: str) -> tuple[str, ...]:
    """What may happen in a story, each as often as it stands here. A story that shrinks becomes full of nothing."""
    return ("nothing", *_THEMES[theme] * 6, *CHANGES, *CHANGES, "correct", "end", *_LITTLE)


def ledgers(*themes: str, most: int = 40) -> st.SearchStrategy[Scribe]:
    """Any ledger of a licensee with two licences under the condition."""
    numbers = st.lists(st.binary(min_size=_BYTES, max_size=_BYTES), min_size=most // 2, max_size=most)
    return st.builds(
        lambda theme, drawn, day, diligent: play(theme, map(int.from_bytes, drawn), day, diligent=diligent),
        st.sampled_from(themes or THEMES),
        numbers,
        st.sampled_from(COMMENCEMENTS),
        st.booleans(),
    )


def rich_ledger(seed: int, theme: str = "everything", count: int = 60) -> Scribe:
    """A ledger in which much happens, the same for the same seed."""
    chance = Random(seed)
    numbers = [chance.getrandbits(8 * _BYTES) for _ in range(count)]
    return play(theme, numbers, chance.choice(COMMENCEMENTS), diligent=seed % 2 == 1)


def opened(commencement: date = COMMENCEMENTS[0]) -> Scribe:
    """A ledger with two licences, and nothing told but the day of commencement."""
    scribe = Scribe()
    for draft in _opening(commencement):
        assert scribe.write(draft), draft
    return scribe


def play(theme: str, numbers: Iterable[int], commencement: date, *, diligent: bool = False) -> Scribe:
    """Make move after move, each from one number; a move that cannot be made is left out.

    A senior manager and an auditor are there already. A diligent licensee has begun by doing what the theme asks for.
    """
    scribe, options = opened(commencement), moves_of(theme)
    begun = DILIGENCE[theme](commencement) if diligent and theme in DILIGENCE else ()
    for draft in (*there(OPENING), *begun):
        assert scribe.write(draft), draft
    today = scribe.records[-1].recorded
    for number in numbers:
        dice = Dice(number)
        what, gap, late = dice.pick(options), dice.pick(GAPS), dice.pick(LATE)
        today += timedelta(days=gap)
        for draft in _drafts(what, Act(scribe, today - timedelta(days=late), today, dice)):
            scribe.write(draft)
    return scribe


def _opening(commencement: date) -> list[Draft]:
    facts = {"clock": "simulated", "purpose": "test"}
    told = {"event": "commencement", "day": str(commencement), "instrument": "notice"}
    held = [
        Draft("licence.held", OPENING, OPENING, {"fuel": name, "held_from": "2010-01-01"}, f"licence/{name}")
        for name in LICENCES
    ]
    return [
        Draft("ledger.opened", OPENING, OPENING, facts, licences=LICENCES),
        *(replace(draft, licences=(name,)) for draft, name in zip(held, LICENCES, strict=True)),
        Draft("date.determined", OPENING, OPENING, told, "licensee", licences=LICENCES),
    ]


def _drafts(what: str, act: Act) -> list[Draft]:
    if what == "nothing":
        return []
    if what in CHANGES:
        return changed(what, act)
    made = made_by(what, act)
    licences, files = act.dice.pick(LICENSED), act.dice.pick((True, True, True, False))
    return [replace(draft, licences=licences, files=files) for draft in made]
