"""`docs/kinds.md`: every kind of record, from its declaration."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

from meterward.core.records.admission import ANY
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import AUDITORS, EVERYBODY, PERSONNEL, REGULATORS, Role
from meterward.law import pack as packs
from tests.docs.law_page import every_pack, to_duty
from tests.docs.markdown import code, link, page, sentence, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.obligations.law import Duty
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Constraint, Kind

INTRODUCTION = f"""\
A record is one act, told by whoever did it. Its facts are what evaluation reads; its texts are for people, can be
erased, and are never evaluated. [formats.md](formats.md) has the line that a record stands on, [law.md](law.md) the
clauses.

A *name* has letters, digits and `._()-`, in up to four parts with slashes between; a *day* is written `2013-03-04`; a
*count* is a whole number. A fact that is optional is left out, never `null`.

Who may append a record is told by role: *the licensee* is any of {code(*PERSONNEL)}; *an auditor* {code(*AUDITORS)}; *a
regulator* {code(*REGULATORS)}. `{Role.OPERATOR}` keeps the ledger.
"""

_ELSEWHERE = "no clause: it stands in the ledgers of auditors or regulators, over which no law is evaluated"
ITSELF = {
    "audit.answered": "no clause: it answers what auditors asked for",
    "audit.asked": "no clause: it says what auditors ask for, and by when",
    "audit.scoped": "no clause: it plans an audit; what a report covers is what counts",
    "bundle.taken": _ELSEWHERE,
    "case.closed": _ELSEWHERE,
    "case.noted": _ELSEWHERE,
    "case.opened": _ELSEWHERE,
    "delegation.given": "no clause: it says who else may append in a role, and until when",
    "delivery.confirmed": "no clause: it says that what was said elsewhere was entered there",
    "direction.advised": "no clause: a direction binds, whatever the lawyers hold",
    "direction.agreed": _ELSEWHERE,
    "direction.drafted": _ELSEWHERE,
    "direction.progressed": "no clause: it says how far things are; what shows a step is its own record",
    "direction.questioned": "no clause: a direction binds, whoever doubts it",
    "evidence.read": "no clause: it is in the log of reads, and says who read what",
    "finding.made": _ELSEWHERE,
    "glass.broken": "no clause: it says who took a role in an emergency, and until when",
    "glass.reviewed": "no clause: it says what came of that",
    "licensee.listed": _ELSEWHERE,
    "report.commented": "no clause: it corrects a draft, which is no report",
    "sample.drawn": _ELSEWHERE,
    "test.performed": _ELSEWHERE,
    "access.granted": "no clause: it says who of another organisation may read and append",
    "checkpoint.stamped": "no clause: it says by when the entries were there",
    "assessment.reviewed": "no clause: it empties the queue of what to assess again",
    "match.settled": "no clause: it empties the queue of what to assess again",
    "scenario.dismissed": "no clause: it says why a scenario makes no risk",
    "threats.matched": "no clause: it fills the queue of what to assess again",
    "coverage.measured": "no clause: it says how many of the premises supplied a metering system was found for",
    "key.introduced": "no clause: it says by which keys statements are signed",
    "ledger.loss_accepted": "no clause: it says that entries were lost, and which",
    "ledger.opened": "the ledger: it comes first, and says which clock stamps the others",
    "licence.held": "every clause: it names the licence and its fuel",
    "date.determined": "every clause: it says from when to when the condition binds",
    "pack.adopted": "every clause: it sets the parameters",
    "rollout.planned": "no clause: it says what the growth of the system is held against",
    "record.ended": "every clause that reads the record which it ends",
    "record.withdrawn": "every clause that read the record which it withdraws",
}
"""Kinds that are read before any clause is: by admission, by the index of effective records and by the regimes."""

_GROUPS: tuple[tuple[str, Sequence[Role]], ...] = (
    ("the licensee", PERSONNEL),
    ("an auditor", AUDITORS),
    ("a regulator", REGULATORS),
)
_LINKS = {
    "corrects": "correct an earlier one of its kind (which then was never true)",
    "replaces": "replace an earlier one of its kind, from its own day on",
    "ends": "end the effect of a record that lasts, from its own day on",
    "withdraws": "withdraw a record as an error (which then was never true)",
}


def kinds_page() -> str:
    """The page."""
    kinds = list(all_kinds().values())
    rows = [(link(kind.name, ""), kind.summary.split(". ")[0].rstrip(".") + ".") for kind in kinds]
    contents = [INTRODUCTION, *table(("kind", "what it says"), rows)]
    return page(
        "Kinds of record", "the declarations in `src/meterward/core/records/kinds`", contents, *map(_section, kinds)
    )


def readers(kind: Kind[Any]) -> list[str]:
    """The duties that read a kind, by id, in the order of the law."""
    return [duty.id for pack in every_pack() for duty in pack.duties if _reads(duty, kind)]


def _reads(duty: Duty, kind: Kind[Any]) -> bool:
    return any(kind.name in packs.kinds_of(selector) for selector in duty.inputs.all())


def _section(kind: Kind[Any]) -> Iterator[str]:
    yield from (f"## `{kind.name}`", "", kind.summary, "")
    yield from (f"- {line}" for line in _says(kind))
    yield ""
    yield from table(("fact", "type", "needed", "what it says"), _facts(kind.fields))
    for field in kind.fields:
        if field.inner:
            yield from (f"Each of `{field.name}` has:", "")
            yield from table(("fact", "type", "needed", "what it says"), _facts(field.inner))
    rows = [(f"`{name}`", "yes" if name in kind.needs_text else "optional", says) for name, says in kind.text.items()]
    yield from table(("text", "needed", "what it says"), rows)
    yield from ("Facts, for example:", "", "```json", json.dumps(dict(kind.example), indent=2), "```", "")


def _says(kind: Kind[Any]) -> Iterator[str]:
    yield f"**Who may append it:** {_by(kind.by)}."
    if kind.worked_out:
        yield f"**By hand:** never. {kind.worked_out}"
    yield f"**Subject:** {_subject(kind)}."
    acts = " or ".join(_LINKS[name] for name in kind.links)
    verb = "always to" if kind.needs_link else "it may"
    yield f"**On other records:** {verb} {acts}." if kind.links else "**On other records:** it acts on none."
    if kind.lasting:
        yield "**How long:** until a [`record.ended`](#recordended) ends it, or another takes its place."
    if kind.document:
        yield "**Document:** the act makes one, which is attached as a file by its SHA-256 and kept."
    rules = [words for words in map(constraint_words, kind.constraints) if words]
    if rules:
        yield "**Rules:** " + " ".join(rules)
    yield f"**Version:** {kind.version}."
    yield f"**Read by:** {_read_by(kind)}."


def _by(roles: Sequence[Role]) -> str:
    if set(roles) == set(EVERYBODY):
        return "anybody"
    words, left = [], list(roles)
    for called, group in _GROUPS:
        if set(group) <= set(left):
            words.append(called)
            left = [role for role in left if role not in group]
    return ", ".join([*words, *([code(*left)] if left else [])])


def _subject(kind: Kind[Any]) -> str:
    if kind.introduces:
        return f"a new `{kind.introduces}/…`, which later records then name"
    if kind.about == ANY:
        return "any that an earlier record introduced"
    if not kind.about:
        return "none"
    return "one of: " + ", ".join(
        f"`{name}`" if name in ("system", "licensee") else f"`{name}/…`" for name in kind.about
    )


def _facts(fields: Sequence[Field]) -> Iterator[Sequence[str]]:
    for field in fields:
        yield f"`{field.name}`", field.shape, "yes" if field.required else "optional", field.says


def constraint_words(constraint: Constraint) -> str:
    """What a constraint asks for, in a sentence: its docstring, or what it was made from."""
    if constraint.__doc__:
        return sentence(" ".join(constraint.__doc__.split()))
    made = inspect.getclosurevars(constraint).nonlocals
    if "why" in made:
        return sentence(f"`{made['name']}`: {made['why']}" if "name" in made else str(made["why"]))
    if "last" in made:
        return f"`{made['last']}` is not before `{made['first']}`."
    return f"`{made['name']}` names each thing once."


def _read_by(kind: Kind[Any]) -> str:
    if kind.name in ITSELF:
        return ITSELF[kind.name]
    return ", ".join(map(to_duty, readers(kind))) or "no clause"
