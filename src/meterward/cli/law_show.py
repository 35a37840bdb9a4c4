"""`meterward law show`: a law pack, or one of its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_items, print_text, widest
from meterward.cli.completing import packs_and_clauses
from meterward.cli.exits import Exit
from meterward.cli.law_json import duty_json, law_json, provision_json
from meterward.cli.options import format_option, law_option
from meterward.cli.output import say_json
from meterward.cli.refusal import misused
from meterward.cli.terminal import console
from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Problem
from meterward.core.obligations.law import Duty
from meterward.core.obligations.registry import FACTS
from meterward.law.pack import DOCUMENTS
from meterward.usecases.explain_clause import force_in_words, limit_in_words, shaping
from meterward.usecases.explain_words import kind_in_words, word_of
from meterward.usecases.find_clause import clause_order, names, unknown_clause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

    from meterward.core.facts.reference import Period
    from meterward.core.obligations.law import Pack, Provision

_NAME = 14
_INPUTS = {
    "proofs": "proofs",
    "acts": "acts",
    "triggers": "triggers",
    "adverse": "adverse records",
    "mixed": "records for and against",
}


@click.command()
@click.argument("what", required=False, metavar="[PACK|CLAUSE]", shell_complete=packs_and_clauses)
@law_option("The law pack of a CLAUSE.")
@format_option("table", "json")
def show(what: str | None, law: str, output_format: str) -> int:
    r"""Show a law PACK (clauses, parameters, states, questions), or all that it says of a CLAUSE (every reading).

    \b
    Examples:
      meterward law show
      meterward law show Z.14
      meterward law show 'Z.9(a)' --format json
    """
    is_pack = what in wiring.pack_names()
    pack = wiring.load_pack(what if what and is_pack else law)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    if what is None or is_pack:
        if output_format == "json":
            say_json(law_json(pack))
        else:
            _pack(console(), pack)
        return Exit.IN_ORDER
    return _clause(pack, what, output_format)


def _clause(pack: Pack, clause: str, output_format: str) -> int:
    provisions = [one for one in pack.provisions if names(clause, one.clause)]
    duties = [one for one in pack.duties if names(clause, one.clause, one.id)]
    if not provisions and not duties:
        return misused(unknown_clause(pack, clause)).show(output_format)
    if output_format == "json":
        said = {"duties": [duty_json(one) for one in duties], "provisions": [provision_json(one) for one in provisions]}
        say_json({"format": "meterward.clause/1", "clause": clause, **said})
        return Exit.IN_ORDER
    on = console()
    chosen: list[Provision | Duty] = [*provisions, *duties]
    for place, one in enumerate(chosen):
        if place:
            on.print()
        _one(on, pack, one)
    return Exit.IN_ORDER


def _pack(on: Console, pack: Pack) -> None:
    print_text(on, Text(pack.title, "bold"))
    print_text(on, Text(f"{pack.source}. Pack {pack.name}, version {pack.version}, digest {pack.digest[:16]}…", "dim"))
    print_text(on, Text("Every sentence and every reading is our interpretation, never the law.", "dim"))
    everything: list[Provision | Duty] = [*pack.provisions, *pack.duties]
    everything.sort(key=lambda one: clause_order(one.clause))
    for part, title in pack.parts.items():
        there = [one for one in everything if one.part == part]
        on.print(Text(f"\n{title if part == '-' else f'Part {part}  {title}'}", "bold dim"))
        for one in there:
            _line(on, one)
    _section(on, "Parameters", [(one.name, f"{one.says} {_values(one.values)}") for one in pack.parameters])
    reference = pack.reference
    _section(
        on, "States that records give evidence of", [(k, _state(v.says, v.months)) for k, v in reference.states.items()]
    )
    questions = [(name, f"{one.says}; by {', '.join(one.roles)}") for name, one in reference.questions.items()]
    _section(on, "Questions of judgement", questions)
    _section(on, "Editions of ISO 27001 and when each is accepted", _periods(reference.editions))
    _section(on, "Auditors' schemes and when each existed", _periods(reference.schemes))
    on.print(Text("\nMore of a clause: meterward law show Z.14", "dim"))


def _line(on: Console, one: Provision | Duty) -> None:
    kind = f"{kind_in_words(one.kind)}, not scored"
    if isinstance(one, Duty):
        readings = len(one.readings)
        kind = f"{one.kind}, {word_of(one.force)}" + (f", {plural(readings, 'reading')}" if readings > 1 else "")
    width = on.width - _NAME - 2 * GAP
    said = Text.assemble(one.title, (f"\n{kind}", "dim"))
    print_columns(on, [(Text(_name(one), "bold"), _NAME), (said, width)], GAP)


def _one(on: Console, pack: Pack, one: Provision | Duty) -> None:
    on.print(Text.assemble((f"{_name(one)}  {one.title}", "bold"), (f"  Part {one.part}", "dim")), soft_wrap=True)
    print_text(on, Text(one.says), GAP)
    if isinstance(one, Duty):
        print_items(on, list(_about(pack, one)))
        _readings(on, one)
    else:
        print_items(
            on, [("Kind", f"{kind_in_words(one.kind)}, not scored"), ("Shapes", ", ".join(one.shapes) or "every duty")]
        )


def _name(one: Provision | Duty) -> str:
    return one.id if isinstance(one, Duty) else one.clause


def _readings(on: Console, duty: Duty) -> None:
    if len(duty.readings) > 1:
        on.print(Text("  Readings, the default first", "bold"))
        ids = [Text(reading.id) for reading in duty.readings]
        for reading, identity in zip(duty.readings, ids, strict=True):
            width = on.width - 2 * GAP - widest(ids) - GAP
            print_columns(on, [(identity, widest(ids)), (Text(reading.says), width)], 2 * GAP)


def _about(pack: Pack, duty: Duty) -> Iterator[tuple[str, str]]:
    yield "Kind", f"{kind_in_words(duty.kind)} ({force_in_words(duty)}), by the {duty.bearer}"
    yield "When", duty.trigger
    yield "Shown by", duty.proof
    if limit := limit_in_words(duty.due):
        yield "Limit", limit
    if duty.parameters:
        yield "Parameters", ", ".join(duty.parameters)
    if duty.children:
        yield "Rolls up", ", ".join(duty.children)
    for name in duty.facts:
        yield "Fact", f"{name}: {FACTS[name].says}"
    for name, label in _INPUTS.items():
        if selectors := getattr(duty.inputs, name):
            yield "Reads", f"{label}: {', '.join(_selector(one) for one in selectors)}"
    yield "Shaped by", ", ".join(one.clause for one in shaping(pack, duty))


def _selector(selector: str) -> str:
    if selector == DOCUMENTS:
        return "every kind that makes a document"
    kind, _, condition = selector.partition("?")
    return f"{kind} where {condition.replace('=', ' is ')}" if condition else kind


def _section(on: Console, title: str, items: list[tuple[str, str]]) -> None:
    on.print(Text(f"\n{title}", "bold dim"))
    print_items(on, items)


def _values(values: tuple[str, ...]) -> str:
    default, *others = values
    return f"[{default}; or {', '.join(others)}]"


def _state(says: str, months: int) -> str:
    return f"{says}; a proof without an end speaks for {months} months" if months else says


def _periods(periods: Mapping[str, Period]) -> list[tuple[str, str]]:
    return [(name, _period(period)) for name, period in periods.items()]


def _period(period: Period) -> str:
    return f"from {in_words(period.first)}" + (f" to {in_words(period.last)}" if period.last else "")
