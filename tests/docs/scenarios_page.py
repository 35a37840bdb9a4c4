"""`docs/scenarios.md`: every scenario of the catalogue by theme, its story, its predicate in words and its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.catalogues.scenarios import by_theme
from meterward.catalogues.techniques import techniques
from tests.docs.markdown import code, link, page, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meterward.core.risk.scenario import Case, Likely, Scenario

INTRODUCTION = f"""\
What can happen to a smart metering system: where an assessment begins, and no replacement for one. A scenario is
proposed for the elements of your system that its conditions fit. Taking it up makes a risk; not taking it up is a
record too, with a reason.

What a scenario says of likelihood is where an estimate begins, on a scale from 1 to 5: a level less for each function
that is in use or protection that all links have, and where its security is assured as named; a level more where keys
are kept as named. It goes no lower than 1 and no higher than 5. The levels beside what it comes to are meant in the
same way. Neither counts until somebody estimates the risk.

An element has to meet all conditions, each by one of the values named. How the keys of a population are kept is told in
your own words; scenarios know `shared`, `default`, `test`, `pairing` and `device-pair`.

Under “From” stands where the idea comes from. What follows a colon was found in the source or in reports of it; a
source without one is on the subject, and no more is claimed.

Techniques are those of {techniques().edition}.
{techniques().attribution}
"""

CONDITIONS: Mapping[str, str] = {
    "types": "of type {}",
    "categories": "of category {}",
    "operators": "operated by {}",
    "supply": "able to do to supply: {}",
    "data": "with data: {}",
    "offers": "that offer {}",
    "lacks": "on which not all is in use of {}",
    "unprotected": "with a link that lacks {}",
    "keys": "with a population whose keys are {}",
    "states": "with a population in state {}",
    "beside": "linked with {}",
    "assurance": "assured by {}",
}
"""Each condition of a predicate, in words."""


def scenarios_page() -> str:
    """The page."""
    source = "the files in `src/meterward/catalogues/scenarios`"
    themes = {theme: there for theme, there in by_theme().items() if there}
    return page("Scenarios", source, [INTRODUCTION], _contents(themes), *(_theme(*one) for one in themes.items()))


def _contents(themes: Mapping[str, tuple[Scenario, ...]]) -> Iterator[str]:
    rows = ((link(one.name, ""), one.title, theme) for theme, there in themes.items() for one in there)
    yield from table(["scenario", "what happens", "theme"], rows)


def _theme(theme: str, there: tuple[Scenario, ...]) -> Iterator[str]:
    yield from (f"## {theme}", "")
    for scenario in there:
        yield from _scenario(scenario)


def _scenario(scenario: Scenario) -> Iterator[str]:
    yield from (f"### `{scenario.name}`", "", f"**{scenario.title}.** {scenario.story}", "")
    yield f"- **Causes:** {_listed(scenario.causes)}."
    yield f"- **Comes to:** {', '.join(f'`{name}` {level}' for name, level in scenario.consequences.items())}."
    yield f"- **Techniques:** {', '.join(f'{one} {techniques().names[one]}' for one in scenario.techniques)}."
    yield f"- **Can happen to:** elements {'; '.join(_conditions(scenario))}."
    yield f"- **Likelihood:** {_likelihood(scenario.likely)}."
    yield "- **From:**"
    yield from (f"  - {one}" for one in scenario.provenance)
    yield ""
    yield from table(["case", "begins at"], map(_case, scenario.cases))


def _conditions(scenario: Scenario) -> Iterator[str]:
    for name, words in CONDITIONS.items():
        if values := getattr(scenario.applies, name):
            yield words.format(_some(values))


def _likelihood(likely: Likely) -> str:
    said = [f"begins at {likely.starts}"]
    if likely.lowered_by:
        said.append(f"less for each in use of {_some(likely.lowered_by)}")
    if likely.lowered_by_links:
        said.append(f"less for each that all links have of {_some(likely.lowered_by_links)}")
    if likely.lowered_by_assurance:
        said.append(f"less where its security is {_some(likely.lowered_by_assurance)}")
    if likely.raised_by:
        said.append(f"more where keys are {_some(likely.raised_by)}")
    return "; ".join(said)


def _case(case: Case) -> tuple[str, str]:
    return case.says, str(case.likely) if case.applies else "does not apply"


def _some(values: Iterable[str]) -> str:
    return code(*sorted(values))


def _listed(texts: tuple[str, ...]) -> str:
    first, *rest = texts
    return "; ".join((first, *map(_within_a_sentence, rest)))


def _within_a_sentence(text: str) -> str:
    """Begun with a small letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
