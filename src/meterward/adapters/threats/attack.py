"""ATT&CK for ICS as STIX 2.1: techniques and mitigations by their external ids, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

from meterward.adapters.threats.shape import Shape
from meterward.core.base.problem import Code
from meterward.core.risk.techniques import Technique

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.adapters.threats.shape import Group
    from meterward.core.base.problem import Problem
    from meterward.core.risk.techniques import Standing

_Kind: TypeAlias = Literal["technique", "mitigation"]
_KINDS: Mapping[str, _Kind] = {"attack-pattern": "technique", "course-of-action": "mitigation"}
_ATTACK = "mitre-attack", "mitre-ics-attack"
_Told: TypeAlias = "dict[str, tuple[Group, str]]"


def is_stix(tree: Group) -> bool:
    """Whether a file is a bundle of STIX objects."""
    return tree.get("type") == "bundle" and "objects" in tree


def read_attack(tree: Group, name: str) -> tuple[Technique, ...] | list[Problem]:
    """Every technique and mitigation, by id; or what is wrong with the bundle."""
    shape = Shape(name)
    objects: _Told = {}
    for one, path in shape.groups(tree["objects"], "objects"):
        key = shape.text(one.get("id"), f"{path}.id")
        if key in objects:
            shape.wrong(f"{path}.id", f"{key[:80]} stands in it twice.", "Give the bundle as it was published.")
        objects[key] = (one, path)
    ids = {key: _external(shape, one, path) for key, (one, path) in objects.items() if _kind(one)}
    instead, by = _related(shape, objects, ids)
    found = [
        Technique(named, *_told(shape, objects[key]), instead.get(key, ""), tuple(sorted(by.get(key, ()))))
        for key, named in ids.items()
    ]
    if not found and not shape.problems:
        shape.wrong("objects", "It has no technique.", "Give the ATT&CK bundle for ICS.", Code.THREATS_UNKNOWN)
    return shape.problems or tuple(sorted(found))


def _told(shape: Shape, told: tuple[Group, str]) -> tuple[str, _Kind, Standing]:
    """What an object says of itself."""
    one, path = told
    return shape.text(one.get("name"), f"{path}.name"), _KINDS[str(one["type"])], _standing(one)


def _kind(one: Group) -> _Kind | None:
    """Which of what is read here an object is, whatever it gives as its type."""
    return _KINDS.get(str(one.get("type")))


def _standing(one: Group) -> Standing:
    if one.get("revoked") is True:
        return "revoked"
    return "deprecated" if one.get("x_mitre_deprecated") is True else "current"


def _external(shape: Shape, one: Group, path: str) -> str:
    where = f"{path}.external_references"
    for reference, place in shape.groups(one.get("external_references"), where):
        if reference.get("source_name") in _ATTACK:
            return shape.text(reference.get("external_id"), f"{place}.external_id")
    shape.wrong(where, "It has no id of ATT&CK.", "Give the ATT&CK bundle for ICS as it was published.")
    return ""


def _related(shape: Shape, objects: _Told, ids: Mapping[str, str]) -> tuple[dict[str, str], defaultdict[str, set[str]]]:
    """What took the place of what, and which mitigations there are against what."""
    instead, by = dict[str, str](), defaultdict[str, set[str]](set)
    for one, path in objects.values():
        if one.get("type") != "relationship":
            continue
        ends = [shape.text(one.get(end), f"{path}.{end}") for end in ("source_ref", "target_ref")]
        if missing := [end for end in ends if end and end not in objects]:
            hint = "Give the whole bundle: what a relationship joins stands in it."
            what = f"It refers to {missing[0][:80]}, which is not there."
            shape.wrong(path, what, hint, Code.THREATS_REFERENCE)
        source, target = ends
        if one.get("relationship_type") == "revoked-by" and target in ids:
            instead[source] = ids[target]
        if one.get("relationship_type") == "mitigates" and _standing(one) == "current" and source in ids:
            by[target].add(ids[source])
    return instead, by
