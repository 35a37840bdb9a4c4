"""What advisories match of the system, element by element, for people and for scripts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from meterward.cli.columns import print_text
from meterward.core.base.days import in_words, plural
from meterward.core.risk.matching import CONFIDENCES
from meterward.present.phrases import clean
from meterward.present.threat_words import KNOWN, SURE_MARKS, WHYS, standing_words, summary

if TYPE_CHECKING:
    from rich.console import Console

    from meterward.core.risk.techniques import Beside, Considered, Technique
    from meterward.usecases.match_threats import Compared, Found
    from meterward.wiring.matching import Matched, Wanted

MOST_SHOWN = 200
"""So many matches are listed; with --format json all are."""
_MOST_RISKS = 3


def show_matched(on: Console, done: Matched, wanted: Wanted) -> None:
    """Show what was found: how much, then element by element, the surest first."""
    for one in done.compared:
        print_text(on, Text(summary(one), "bold"))
        for note in one.intelligence.notes:
            print_text(on, Text(clean(note), "dim"))
        _standing(on, one)
    if done.without_bill:
        says = "says" if done.without_bill == 1 else "say"
        what = f"{plural(done.without_bill, 'element')} {says} to have a bill of materials that is not kept here."
        print_text(on, Text(what, "yellow"))
    _list(on, [match for one in done.compared for match in one.matches])
    if done.appended:
        first, last = done.appended.first + 1, done.appended.first + done.appended.count
        where = f"entry {last:,}" if first == last else f"entries {first:,} to {last:,}"
        print_text(on, Text(f"\nAppended: {where}, with the system of {in_words(wanted.as_at)}.", "bold"))
    else:
        print_text(on, Text("\nNothing was appended: --append --as NAME does that.", "dim"))


def matched_json(done: Matched) -> dict[str, Any]:
    """The same for a script, with every match."""
    appended = done.appended
    return {
        "format": "meterward.threats-matched/1",
        "elements_without_their_bill": done.without_bill,
        "sources": [_source_json(one) for one in done.compared],
        "entries": [appended.first + 1 + one for one in range(appended.count)] if appended else [],
    }


def _source_json(one: Compared) -> dict[str, Any]:
    told = one.intelligence
    return {
        "source": told.source,
        "as_at": one.as_at.isoformat(),
        "data": told.digest,
        "entries": told.entries,
        "components": one.components,
        "notes": [*told.notes],
        "techniques_no_longer_current": [
            {"id": each.id, "standing": each.standing, "instead": each.instead or None}
            for each in _past(told.techniques)
        ],
        "techniques": _techniques_json(one.techniques) if one.techniques else None,
        "matches": [
            {
                "match": each.name,
                "advisory": each.advisory,
                "title": each.title,
                "weaknesses": [*each.weaknesses],
                "element": each.element,
                "component": each.component,
                "why": each.why,
                "confidence": each.confidence,
                "exploited": each.exploited,
                "known": each.known,
                "risks": [*each.risks],
            }
            for each in one.matches
        ],
    }


def _techniques_json(beside: Considered) -> dict[str, Any]:
    return {name: [_technique_json(one) for one in ones] for name, ones in beside._asdict().items()}


def _technique_json(one: Beside) -> dict[str, Any]:
    said = {"id": one.id, "name": one.name or None, "standing": one.standing, "instead": one.instead or None}
    return {**said, "risks": [*one.risks], "scenarios": [*one.scenarios]}


def _past(techniques: tuple[Technique, ...]) -> list[Technique]:
    return [one for one in techniques if one.standing != "current" and one.kind == "technique"]


def _standing(on: Console, one: Compared) -> None:
    """How many techniques there are, which are no longer current, and which the risks of the register consider."""
    techniques, beside = one.intelligence.techniques, one.techniques
    if beside is None:
        return
    gone = [f"{one.id} ({one.standing}{f', now {one.instead}' if one.instead else ''})" for one in _past(techniques)]
    no_longer = f"; no longer: {', '.join(gone)}" if gone else ""
    current = plural(len(beside.by_risks) + len(beside.by_none), "technique")
    print_text(on, Text(clean(f"{current} current{no_longer}."), "dim"))
    print_text(on, Text(f"Risks of the register consider {len(beside.by_risks):,} of them."))
    if beside.past:
        print_text(on, Text("Considered, and no longer current:", "yellow"))
        for each in beside.past:
            print_text(on, Text(clean(f"{_called(each)}: {standing_words(each)}{_risks(each.risks)}"), "yellow"), 2)
    if beside.by_none:
        print_text(on, Text("No risk considers:"))
        for each in beside.by_none:
            print_text(on, Text(clean(_called(each)), "dim"), 2)


def _called(one: Beside) -> str:
    return f"{one.id} {one.name}".strip()


def _list(on: Console, matches: list[Found]) -> None:
    shown = sorted(matches, key=lambda one: one.element)[:MOST_SHOWN]
    for element, group in groupby(shown, key=lambda one: one.element):
        print_text(on, Text(f"\n{clean(element)}", "bold"))
        for one in sorted(group, key=lambda one: (CONFIDENCES.index(one.confidence), not one.exploited)):
            _show(on, one)
    if len(matches) > len(shown):
        left = len(matches) - len(shown)
        what = "1 more match" if left == 1 else f"{left:,} more matches"
        print_text(on, Text(f"\n… and {what}: --format json lists all.", "dim"))


def _show(on: Console, one: Found) -> None:
    said = Text("  ")
    said.append(f"{one.confidence:<9}", SURE_MARKS[one.confidence].style)
    said.append(clean(one.advisory), "bold")
    said.append(clean(f"  {one.component}"))
    if one.exploited:
        said.append("  known to be exploited", "red")
    print_text(on, said)
    print_text(on, Text(clean(f"{one.title}."), "dim"), 11)
    print_text(on, Text(f"{WHYS[one.why].capitalize()}; {KNOWN[one.known]}{_risks(one.risks)}.", "dim"), 11)


def _risks(risks: tuple[str, ...]) -> str:
    if not risks:
        return "; touches no risk of the register"
    more = f" and {len(risks) - _MOST_RISKS:,} more" if len(risks) > _MOST_RISKS else ""
    return f"; touches {', '.join(risks[:_MOST_RISKS])}{more}"
