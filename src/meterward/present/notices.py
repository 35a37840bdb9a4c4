"""What is said plainly above an answer: another day, less than all that is known, a hypothesis, an example."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

from meterward.core.base.days import in_words, plural
from meterward.law.pack import DEFAULT
from meterward.present.phrases import entries

if TYPE_CHECKING:
    from meterward.core.base.timeline import Span
    from meterward.core.obligations.receipt import Receipt
    from meterward.present.answer import Answer

_GROUP = 4
_GROUPS = 4


def as_at(answer: Answer) -> str:
    """The day of the answer, in a few words."""
    return f"as at {in_words(answer.question.as_at)}"


def known(answer: Answer) -> str:
    """What was known, in a few words."""
    asked = answer.question.known_at
    if asked is None and _is_page(answer):
        return f"known on {in_words(answer.question.today)} ({entries(answer.loaded.size)})"
    if asked is None:
        return f"known now ({entries(answer.loaded.size)})"
    if isinstance(asked, date):
        return f"known at {in_words(asked)} ({entries(answer.loaded.size)})"
    return f"known at {entries(asked)}"


def notices(answer: Answer) -> list[str]:
    """Everything that a reader must know before relying on the answer, a sentence each."""
    question = answer.question
    found = []
    if answer.purpose:
        clock = "; its clock is simulated" if answer.loaded.records[0].facts.clock == "simulated" else ""
        article = "an" if answer.purpose[0] in "aeiou" else "a"
        found.append(f"This is {article} {answer.purpose} ledger{clock}.")
    if question.as_at != question.today:
        found.append(_another_day(answer))
    if question.known_at is not None:
        back = "" if _is_page(answer) else " Leave out --known-at for everything."
        found.append(f"Only what was {known(answer)} counts; later entries and corrections are left out.{back}")
    if question.hypothesis:
        values = ", ".join(f"{name} = {value}" for name, value in sorted(question.hypothesis.items()))
        found.append(f"A hypothesis: {values}. Nobody adopted this; the receipt says so too.")
    return found


def _another_day(answer: Answer) -> str:
    """That the answer is not of today. Whoever reads a page may have got it by mail, and later."""
    day, today = in_words(answer.question.as_at), in_words(answer.question.today)
    if answer.question.as_at > answer.question.today:
        ahead = f"which lay ahead when this page was made, on {today}" if _is_page(answer) else "which lies ahead"
        return f"As at {day}, {ahead}: how things will stand if nothing more is recorded."
    if _is_page(answer):
        return f"As at {day}: how things stood then. This page was made on {today}."
    return f"As at {day}, not today. Leave out --as-at for today."


def _is_page(answer: Answer) -> bool:
    """Whether the answer is a page, whose readers need not be the person at the terminal."""
    return answer.output == "html"


def recompute(answer: Answer, licence: str) -> str:
    """The command that computes this very answer again, today or in ten years."""
    question = answer.question
    words = ["meterward", "position", *question.named, "--licence", licence, "--as-at", question.as_at.isoformat()]
    words += ["--known-at", str(answer.loaded.size)]
    if question.law != DEFAULT:
        words += ["--law", question.law]
    for name, value in sorted(question.hypothesis.items()):
        words += ["--param", f"{name}={value}"]
    return shlex.join(words)


def made_from(answer: Answer, receipt: Receipt) -> str:
    """What the answer was computed from."""
    count = plural(receipt.count, "record")
    return (
        f"Computed from {count} in effect; ledger of {entries(answer.loaded.size)}, root {grouped(answer.loaded.root)}."
    )


def grouped(digest: str) -> str:
    """The first digits of a digest, in groups that an eye can compare."""
    return " ".join(digest[_GROUP * place : _GROUP * (place + 1)] for place in range(_GROUPS))


def in_groups(digest: str) -> str:
    """A whole digest, in groups that an eye can compare."""
    return " ".join(digest[place : place + _GROUP] for place in range(0, len(digest), _GROUP))


def law_in_brief(answer: Answer) -> str:
    """The title of the law pack, without what follows its colon."""
    return answer.pack.title.partition(":")[0]


def spoken(span: Span[object]) -> str:
    """A stretch of days, as a reader says it."""
    return f"{in_words(span.first)} to {in_words(span.last)}"
