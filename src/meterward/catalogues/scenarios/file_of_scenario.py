"""How a file of a scenario is written, and read strictly: whatever does not fit is a `ScenarioError`.

Prose and lists stand at the top; `[consequences]`, `[applies]` and `[likely]` are as in `core.risk.scenario`.
`[element]` is the element that cases are about; each `[[case]]` says what is different in its own `element`, and
what is around it: `links` (the protections of each), `populations` (state and keys of each), `beside` (the types of
elements that it is linked with). It ends with `likely`, or with `applies = false`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from meterward.core.records.fields import fields_of, reader
from meterward.core.records.kinds.element_declared import ElementDeclared, unoffered
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import (
    Category,
    Consequence,
    Data,
    DeviceState,
    ElementType,
    Protection,
    SecurityFunction,
    Supply,
)
from meterward.core.records.unfit import UnfitError
from meterward.core.risk.scenario import MOST_LIKELY, RAREST, Applies, Around, Case, Likely, Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

THEMES: Mapping[str, str] = {
    "commands": "Commands and supply",
    "firmware": "Firmware and the supply chain",
    "keys": "Keys and certificates",
    "premises": "Equipment at the premises",
    "networks": "Networks on the way",
    "operations": "Head end and operations",
    "people": "People, contractors and sites",
    "data": "Data about customers",
    "money": "Theft, prepayment and bills",
}
"""What scenarios are about, as it is called, in the order in which they are listed."""

_FUNCTIONS, _ASSURANCE = get_args(SecurityFunction), ("none", "contract", "certified", "audited")
_KEYS = ("shared", "default", "test", "pairing", "device-pair")
_APPLIES: Mapping[str, tuple[str, ...]] = {
    "types": get_args(ElementType),
    "categories": get_args(Category),
    "operators": ("licensee", "on_behalf", "outside"),
    "supply": get_args(Supply),
    "data": get_args(Data),
    "offers": _FUNCTIONS,
    "lacks": _FUNCTIONS,
    "unprotected": get_args(Protection),
    "keys": _KEYS,
    "states": get_args(DeviceState),
    "beside": get_args(ElementType),
    "assurance": _ASSURANCE,
}
_LIKELY: Mapping[str, tuple[str, ...]] = {
    "lowered_by": _FUNCTIONS,
    "lowered_by_links": get_args(Protection),
    "raised_by": _KEYS,
    "lowered_by_assurance": _ASSURANCE,
}
_PROSE = ("title", "story")
_LISTS = ("causes", "techniques", "provenance")
_ALL = (*_PROSE, *_LISTS, "theme", "consequences", "applies", "likely", "element", "case")
_USUAL = {
    "categories": ["communication_equipment"],
    "operator": "licensee",
    "power": "within",
    "in_service": "2013-03-04",
}
"""What an element of a case is, if nothing else is said: no scenario turns on the day or on whose power it is in."""
_HERE = "element/here"


class ScenarioError(ValueError):
    """A file of a scenario that does not read; the files are ours, so this is a mistake in one."""


class _Population(NamedTuple):
    """The devices of a case."""

    state: DeviceState
    keys: Literal["shared", "default", "test", "pairing", "device-pair"] | None = None


def read_scenario(name: str, told: Mapping[str, Any]) -> Scenario:
    """The scenario that a file tells; its name is the file's."""
    try:
        return _scenario(told)._replace(name=name)
    except UnfitError as unfit:
        raise ScenarioError(f"{name}.toml: {unfit.path} of a case {unfit.found}. {unfit.hint}") from unfit
    except ScenarioError as error:
        raise ScenarioError(f"{name}.toml: {error}") from error


def _scenario(told: Mapping[str, Any]) -> Scenario:
    _fields(told, _ALL, "the file", needed=_ALL)
    title, story = (_text(told[field], field) for field in _PROSE)
    causes, techniques, provenance = (_texts(told[field], field) for field in _LISTS)
    if not told["case"]:
        raise ScenarioError("it has no case")
    return Scenario(
        "",
        title,
        story,
        causes,
        _consequences(told["consequences"]),
        techniques,
        Applies(**_sets(told["applies"], _APPLIES, "applies")),
        _likely(told["likely"]),
        provenance,
        tuple(_case(told["element"], one) for one in told["case"]),
        _one_of(told["theme"], tuple(THEMES), "theme"),
    )


def _consequences(told: Mapping[str, Any]) -> Mapping[Consequence, int]:
    if not told:
        raise ScenarioError("it has no consequence")
    for name, level in told.items():
        _one_of(name, get_args(Consequence), "consequences")
        _level(level, f"consequences.{name}")
    return {name: told[name] for name in get_args(Consequence) if name in told}


def _likely(told: Mapping[str, Any]) -> Likely:
    _fields(told, ("starts", *_LIKELY), "likely", needed=("starts",))
    sets = _sets({name: value for name, value in told.items() if name != "starts"}, _LIKELY, "likely")
    return Likely(_level(told["starts"], "likely.starts"), **sets)


def _case(usual: Mapping[str, Any], told: Mapping[str, Any]) -> Case:
    _fields(told, ("says", "element", "links", "populations", "beside", "applies", "likely"), "a case", ("says",))
    says = _text(told["says"], "case.says")
    if ("likely" in told) == ("applies" in told) or told.get("applies", False) is not False:
        raise ScenarioError(f"the case “{says}” does not end with a level of likelihood or with applies = false")
    likely = _level(told["likely"], "case.likely") if "likely" in told else None
    return Case(says, _around({**usual, **told.get("element", {})}, told), likely is not None, likely)


def _around(element: Mapping[str, Any], told: Mapping[str, Any]) -> Around:
    one = _ELEMENT({**_USUAL, "offers": element.get("enabled", []), **element})
    if missing := unoffered(one):
        raise ScenarioError(f"an element of a case uses {', '.join(missing)} and does not offer it")
    links = [
        LinkRow(f"link/{place}", _HERE, "element/there", protection=_some_of(one, get_args(Protection), "links"))
        for place, one in enumerate(told.get("links", []))
    ]
    devices = [_POPULATION(one) for one in told.get("populations", [])]
    populations = [
        PopulationRow(f"population/{place}", _HERE, 1, state, keys=keys) for place, (state, keys) in enumerate(devices)
    ]
    beside = _some_of(told.get("beside", []), get_args(ElementType), "beside")
    others = tuple(_ELEMENT({**_USUAL, "type": other}) for other in beside)
    return Around(one, tuple(links), tuple(populations), others)


_ELEMENT: Callable[[Mapping[str, Any]], ElementDeclared] = reader(ElementDeclared, fields_of(ElementDeclared))
_POPULATION: Callable[[Mapping[str, Any]], _Population] = reader(_Population, fields_of(_Population))


def _sets(told: Mapping[str, Any], known: Mapping[str, tuple[str, ...]], where: str) -> dict[str, frozenset[str]]:
    _fields(told, tuple(known), where)
    return {name: frozenset(_some_of(value, known[name], f"{where}.{name}")) for name, value in told.items()}


def _some_of(told: object, known: tuple[str, ...], where: str) -> tuple[Any, ...]:
    if not isinstance(told, list):
        raise ScenarioError(f"{where} is no list")
    found = tuple(_one_of(one, known, where) for one in told)
    if len(set(found)) < len(found):
        raise ScenarioError(f"{where} names something twice")
    return found


def _one_of(told: object, known: tuple[str, ...], where: str) -> str:
    if not isinstance(told, str) or told not in known:
        raise ScenarioError(f"{where} has {told!r}, which is none of {', '.join(known)}")
    return told


def _level(told: object, where: str) -> int:
    if type(told) is not int or not RAREST <= told <= MOST_LIKELY:
        raise ScenarioError(f"{where} is {told!r}, which is no level from {RAREST} to {MOST_LIKELY}")
    return told


def _text(told: object, where: str) -> str:
    if not isinstance(told, str) or not told.strip():
        raise ScenarioError(f"{where} has no text")
    return " ".join(told.split())


def _texts(told: object, where: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not told:
        raise ScenarioError(f"{where} is no list, or an empty one")
    return tuple(_text(one, where) for one in told)


def _fields(told: object, known: tuple[str, ...], where: str, needed: tuple[str, ...] = ()) -> None:
    if not isinstance(told, dict):
        raise ScenarioError(f"{where} is no table")
    if unknown := [name for name in told if name not in known]:
        raise ScenarioError(f"{where} has {', '.join(unknown)}; it may have {', '.join(known)}")
    if missing := [name for name in needed if name not in told]:
        raise ScenarioError(f"{where} lacks {', '.join(missing)}")
