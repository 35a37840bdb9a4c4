"""`docs/law.md`: every clause of every law pack, from its data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meterward.core.base.days import in_words
from meterward.core.obligations.law import DutyKind, Limit, Pack
from meterward.law import pack as packs
from tests.docs.asked import BY_NAME, asked
from tests.docs.markdown import anchor, code, link, page, sentence, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from meterward.core.facts.reference import Period, StateRule
    from meterward.core.obligations.law import Due, Duty, Provision, Reading
    from tests.docs.asked import Asked

INTRODUCTION = """\
How Meterward reads the law: clause by clause, with every sensible reading where the text leaves room, the first of them
the default. **A reading is the product's interpretation, and is shown as such, never as the law.** Green is only what
is met under every reading. The sentences here are ours; clause numbers, dates and defined terms are the source's.

A *kind of duty* says what is asked for and what each day then comes to; a *fact* is what a domain makes of the records
([facts.md](facts.md)). What a duty reads it reads in one of five roles, each with a property that tests hold it to
([decision 0007](decisions/0007-five-roles-of-inputs.md)):

- a *proof*: taking it away never improves a status;
- an *act* does what is owed: taking it away never turns something owed into something done;
- a *trigger* asks for something: without any, nothing is asked;
- an *adverse* record speaks against: taking it away never makes a status worse;
- a *mixed* one speaks for and against: taking it away changes no day before its own.

A limit that is *our own* is one that no clause and no instrument sets: passing it draws attention, and never breaches.
"""

_UNITS = {Limit.DAYS: "days", Limit.WORKING_DAYS: "working days", Limit.MONTHS: "months"}
_SOURCES = {
    "clause": "set by the clause",
    "instrument": "set by the instrument",
    "product": "our own limit",
}


@cache
def every_pack() -> tuple[Pack, ...]:
    """The law packs there are."""
    loaded = [packs.load(name) for name in packs.names()]
    return tuple(pack for pack in loaded if isinstance(pack, Pack))


def heading(duty: Duty) -> str:
    """The heading of a duty."""
    return f"{duty.id}: {duty.title}"


def to_duty(identity: str) -> str:
    """A duty's id, linked to where the law page has it."""
    duty = next(duty for pack in every_pack() for duty in pack.duties if duty.id == identity)
    return f"[{identity}](law.md#{anchor(heading(duty))})"


def law_page() -> str:
    """The page."""
    return page(
        "The law, clause by clause",
        "`pack.toml` of each pack in `src/meterward/law`",
        [INTRODUCTION],
        *(part for pack in every_pack() for part in (_head(pack), _clauses(pack), _data(pack))),
    )


def _head(pack: Pack) -> Iterator[str]:
    yield from (f"## `{pack.name}`", "", f"{pack.title}. Source: {pack.source}. Version {pack.version}.", "")
    rows = [(part, title) for part, title in pack.parts.items() if part != "-"]
    yield from table(("part", "title"), rows)
    yield from ("### Parameters", "", "What the draft left in brackets. The first value is the default.", "")
    parameters = [(f"`{one.name}`", sentence(one.says), code(*one.values)) for one in pack.parameters]
    yield from table(("parameter", "what it says", "values"), parameters)
    adopted = link("pack.adopted", "kinds.md")
    yield f"A licensee adopts others by a record of {adopted}; `--param` only tries one out."
    yield ""


def _clauses(pack: Pack) -> Iterator[str]:
    yield from ("### Clauses that shape the others", "", "They are not scored; they stand in the traces.", "")
    rows = [(one.clause, one.title, one.kind.value, one.says, _shapes(one)) for one in pack.provisions]
    yield from table(("clause", "about", "kind", "how it is read", "shapes"), rows)
    yield from ("### Duties", "")
    duties = [(to_duty(duty.id), duty.title, duty.kind.value, duty.force.value) for duty in pack.duties]
    yield from table(("duty", "what it asks", "kind", "force"), duties)
    for duty in pack.duties:
        yield from _duty(pack, duty)


def _shapes(provision: Provision) -> str:
    return ", ".join(provision.shapes) or "all"


def _duty(pack: Pack, duty: Duty) -> Iterator[str]:
    yield from (f"#### {heading(duty)}", "", duty.says, "")
    yield f"- **Kind:** {duty.kind.value}, {_force(duty)}; part {duty.part}, {pack.parts[duty.part]}."
    yield f"- **When:** {duty.trigger}{_due(duty.due)}."
    yield f"- **What shows it:** {duty.proof}."
    if duty.kind is DutyKind.UMBRELLA:
        yield f"- **Rolls up:** {', '.join(map(to_duty, duty.children))}."
    if duty.facts:
        yield f"- **Facts:** {', '.join(link(fact, 'facts.md') for fact in duty.facts)}."
    if duty.parameters:
        yield f"- **Parameters:** {code(*duty.parameters)}."
    yield from _reads(duty)
    if len(duty.readings) == 1:
        yield from (f"- **Reading:** `{duty.readings[0].id}`. {duty.readings[0].says}", "")
    else:
        yield ""
        yield from table(("reading", "what it says"), [(f"`{one.id}`", _reading(one)) for one in duty.readings])
    _, cells = asked(pack, duty)
    yield from table(("asks for", "which", "that", "of", "side"), _asks(pack, cells))


def _force(duty: Duty) -> str:
    others = [f"{one.force.value} where `{one.parameter}` is `{one.value}`" for one in duty.force_where]
    return ", ".join((duty.force.value, *others))


def _reading(reading: Reading) -> str:
    limit = f" Limit{_due(reading.due)[1:]}." if reading.due else ""
    mixed = f" Mixed here: {', '.join(map(_selector, reading.mixed))}." if reading.mixed else ""
    return reading.says + limit + mixed


def _reads(duty: Duty) -> Iterator[str]:
    roles = [f"{words}: {', '.join(map(_selector, given))}" for words, given in _roles(duty) if given]
    if roles:
        yield f"- **Reads:** {'; '.join(roles)}."


def _roles(duty: Duty) -> Iterator[tuple[str, Sequence[str]]]:
    inputs = duty.inputs
    yield "as proof", inputs.proofs
    yield "as act", inputs.acts
    yield "as trigger", inputs.triggers
    yield "as adverse", inputs.adverse
    yield "as mixed", inputs.mixed


def _due(due: Due | None) -> str:
    if due is None:
        return ""
    count = f"`{due.parameter}`" if due.parameter else str(due.count)
    return f", within {count} {_UNITS[due.unit]} ({_SOURCES[due.source]})"


def _selector(selector: str) -> str:
    if selector == packs.DOCUMENTS:
        return "every kind that makes a document"
    kind, _, condition = selector.partition("?")
    return link(kind, "kinds.md") + (f" with `{condition.replace('=', ': ')}`" if condition else "")


def _asks(pack: Pack, cells: set[Asked]) -> Iterator[Sequence[str]]:
    sides: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one in cells:
        sides.setdefault((one.kind, one.name), {}).setdefault(one.subject, set()).add(one.aspect)
    for (kind, name), by_subject in sorted(sides.items()):
        grouped: dict[frozenset[str], list[str]] = {}
        for subject, aspects in sorted(by_subject.items()):
            grouped.setdefault(frozenset(aspects), []).append(subject)
        for found, subjects in grouped.items():
            of = ", ".join(_subject(subject) for subject in subjects)
            yield link(kind, "kinds.md"), f"`{name}`", _says(pack, kind, name), of, _sides(found)


def _subject(name: str) -> str:
    return f"`{name}`" if name in ("system", "licensee") else f"`{name}/…`"


def _says(pack: Pack, kind: str, name: str) -> str:
    return pack.reference.states[name].says if kind == "state.evidenced" else pack.reference.questions[name].says


def _sides(aspects: Iterable[str]) -> str:
    return ", ".join(BY_NAME.get(aspect, f"`{aspect}`") for aspect in sorted(aspects) if aspect)


def _data(pack: Pack) -> Iterator[str]:
    reference = pack.reference
    yield from ("### States", "", "What a record of [`state.evidenced`](kinds.md#stateevidenced) can be about.", "")
    rows = [(f"`{name}`", sentence(rule.says), _speaks(rule)) for name, rule in reference.states.items()]
    yield from table(("state", "what it says", "how long a proof speaks"), rows)
    yield from ("### Questions", "", "What a record of [`judgement.made`](kinds.md#judgementmade) can answer.", "")
    questions = [
        (f"`{name}`", sentence(one.says), code(*one.roles), code(*one.grounds))
        for name, one in reference.questions.items()
    ]
    yield from table(("question", "yes says", "who may answer", "reasons speak to"), questions)
    yield from ("### Dated data", "")
    yield from table(("edition of ISO 27001", "accepted"), _periods(reference.editions))
    yield from table(("auditors' scheme", "existed"), _periods(reference.schemes))
    equivalent = code(*reference.judged_equivalent)
    yield from (f"Only where somebody judged it equivalent, in status and in effect, counts: {equivalent}.", "")
    yield from (f"Others set the licensee deadlines by {code(*reference.instruments)}.", "")
    yield from (f"An audit covers {', '.join(reference.audit_coverage)}.", "")
    yield from table(("our own limit", ""), [(f"`{name}`", str(count)) for name, count in reference.limits.items()])
    days = pack.working_days
    yield f"Working days are counted with the bank holidays from {in_words(days.first)} to {in_words(days.last)}."
    yield ""


def _speaks(rule: StateRule) -> str:
    if rule.most_months:
        return f"{rule.most_months} months at most, whatever end it gives"
    return (
        f"to the end that it gives, else {rule.months} months (our own limit)"
        if rule.months
        else "to the end that it gives, if any"
    )


def _periods(periods: Mapping[str, Period]) -> Iterator[Sequence[str]]:
    for name, period in periods.items():
        yield name, f"from {in_words(period.first)}" + (f" to {in_words(period.last)}" if period.last else "")
