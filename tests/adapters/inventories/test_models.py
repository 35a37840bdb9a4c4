"""Threat models as others write them, and YAML and JSON that are made to harm."""

from __future__ import annotations

import json

import pytest

from meterward.core.base.problem import Code
from meterward.usecases.ports.inventories import ColumnMapping, Columns
from tests.builders.inventories import read, sound, wrong

FILL = {"categories": "communication_equipment", "operator": "licensee", "power": "within", "in_service": "2013-03-04"}
MAPPING = ColumnMapping((Columns("element", fill=FILL, words={"type": {"*": "other"}}),))

OTM = """
otmVersion: 0.2.0
project: {name: Metering, id: metering}
trustZones:
  - {id: z-1, name: Control room, risk: {trustRating: 80}}
components:
  - {id: hes, name: Head end, type: generic-service, parent: {trustZone: z-1}, tags: [java]}
  - {id: db, name: Store, type: sql, parent: {component: hes}, attributes: {zone: Inner, data: [keys, consumption]}}
dataflows:
  - {id: f1, name: Readings, source: hes, destination: db, bidirectional: yes, attributes: {protocol: SQL over TLS}}
threats:
  - {id: t, name: T, risk: {likelihood: 1, impact: 1}}
"""
THREAGILE = """
threagile_version: 1.0.0
title: Metering
technical_assets:
  Head end: &base
    id: hes
    technology: web-server
    owner: Meter Ops
    tags: [linux]
    communication_links:
      Readings: {target: db, protocol: https, description: down}
  Store:
    <<: *base
    id: db
    technology: unknown-technology
    owner: ~
    communication_links: {}
trust_boundaries:
  Control room: {id: control, technical_assets_inside: [hes]}
"""


def test_components_zones_and_flows_of_a_threat_model() -> None:
    found = sound(OTM, "model", MAPPING)
    hes, db = found.drawn.elements["element/hes"], found.drawn.elements["element/db"]
    assert (found.source, hes.label, hes.zone, hes.type) == ("otm", "Head end", "Control-room", "other")
    assert (db.within, db.zone, db.data) == ("element/hes", "Inner", ("keys", "consumption"))
    flow = found.drawn.links["link/f1"]
    assert (flow.source, flow.target, flow.both_ways, flow.protocol) == (
        "element/hes",
        "element/db",
        True,
        "SQL-over-TLS",
    )
    assert "threats" in found.notes[0]
    assert "item tags" in found.notes[1]


def test_json_and_yaml_say_the_same() -> None:
    model = {
        "otmVersion": "0.2.0",
        "components": [{"id": "a", "name": "A", "type": "x", "parent": {"trustZone": "z"}}],
        "trustZones": [{"id": "z", "name": "Zone"}],
    }
    as_yaml = """
otmVersion: 0.2.0
components: [{id: a, name: A, type: x, parent: {trustZone: z}}]
trustZones: [{id: z, name: Zone}]
"""
    assert sound(json.dumps(model), "a", MAPPING).drawn == sound(as_yaml, "b", MAPPING).drawn


def test_assets_boundaries_and_links_of_threagile() -> None:
    found = sound(THREAGILE, "model.txt", MAPPING)
    hes, db = found.drawn.elements["element/hes"], found.drawn.elements["element/db"]
    assert (found.source, hes.label, hes.zone, hes.type, hes.party) == (
        "threagile",
        "Head end",
        "Control-room",
        "other",
        "Meter-Ops",
    )
    assert (db.label, db.zone, db.type, db.party) == ("Store", None, None, None)
    assert found.drawn.links["link/hes-Readings"].protocol == "https"
    assert "linux" in found.notes[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("destination: db", "destination: nowhere"), "element/nowhere, and there is no such element"),
        (("destination: db", "destination: hes"), "It links element/hes with itself"),
        (("{component: hes}", "{trustZone: z-9}"), "the trust zone “z-9”"),
        (("{component: hes}", "{component: db}"), "element/db is part of itself."),
        (("id: db, name", "id: hes, name"), "stands there twice"),
        (("components:", "components: 7\nmore:"), "It is not a list"),
        (("otmVersion: 0.2.0", "otmVersion: 0.1.0"), "“0.1.0”, and 0.2 is read"),
        (("name: Head end", "name: [[1]]"), "neither a text nor a list"),
        (("id: hes, name", "id: 電力, name"), "can stand in a name"),
    ],
)
def test_what_does_not_hold_together_is_a_problem_with_its_path(change: tuple[str, str], said: str) -> None:
    found = read(OTM.replace(*change), "model.yaml", MAPPING)
    assert isinstance(found, list)
    assert any(said in one.message for one in found), found
    assert all(one.field.startswith("model.yaml") for one in found)


def test_what_the_format_does_not_tell_has_to_be_filled() -> None:
    (found,) = wrong(OTM, "model.yaml", ColumnMapping((Columns("element", words={"type": {"*": "other"}}),)))
    assert found.message == "Nothing tells, of each element: categories, operator, power, in_service."


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 10)}]\n" for one in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (f"otmVersion: 0.2.0\n{LAUGHS}", Code.INVENTORY_BOUNDS, "billion laughs"),
        ("otmVersion: &a [*a]", Code.INVENTORY_DAMAGED, "stands for nothing yet"),
        (f"otmVersion: {'[' * 5000}", Code.INVENTORY_BOUNDS, "too deep"),
        (f"otmVersion: {'{a: ' * 70}", Code.INVENTORY_BOUNDS, "too deep"),
        ("otmVersion: !!python/object/apply:os.system [ls]", Code.INVENTORY_BOUNDS, "would run a program"),
        ("otmVersion: !mine 1", Code.INVENTORY_BOUNDS, "has the tag"),
        ("otmVersion: 0.2\notmVersion: 0.2", Code.INVENTORY_DAMAGED, "stands twice"),
        ("otmVersion: 0.2\n---\nb: 1", Code.INVENTORY_DAMAGED, "second document"),
        ("otmVersion: [1", Code.INVENTORY_DAMAGED, "not sound YAML"),
        ("otmVersion: {[a]: b}", Code.INVENTORY_DAMAGED, "A key is no text"),
        ("otmVersion: {<<: 7}", Code.INVENTORY_DAMAGED, "is no group"),
        ('{"otmVersion": ' + "[" * 200_000, Code.INVENTORY_BOUNDS, "too deep"),
        ('{"otmVersion": 1, "otmVersion": 2}', Code.INVENTORY_DAMAGED, "stands twice"),
        ('{"otmVersion": 1', Code.INVENTORY_DAMAGED, "not sound JSON"),
        ('{"otmVersion": ' + "9" * 5000 + "}", Code.INVENTORY_UNKNOWN, "It is of Open Threat Model “999"),
        ('{"otmVersion": 0.2, "a": NaN}', Code.INVENTORY_DAMAGED, "NaN is no number"),
        ('{"otmVersion": 0.2, "a": [-Infinity]}', Code.INVENTORY_DAMAGED, "-Infinity is no number"),
        (r'{"otmVersion": 0.2, "a": ["\ud800"]}', Code.INVENTORY_DAMAGED, "half a character"),
        ('{"otmVersion": 0.2, "a": ' + "[" * 64 + "]" * 64 + "}", Code.INVENTORY_BOUNDS, "too deep"),
        ('{"other": 1}', Code.INVENTORY_UNKNOWN, "a kind that is not read here"),
    ],
)
def test_what_is_made_to_harm_is_refused_by_name(text: str, code: Code, said: str) -> None:
    (found,) = wrong(text, "model.yaml")
    assert (found.code, said in found.message) == (code, True), found


@pytest.mark.parametrize("text", ["a: &a x\nb: [" + "*a, " * 10_001 + "]\notmVersion: 0.2", "[" + "{}," * 30 + "{}]"])
def test_too_many_values_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.adapters.inventories.yaml_tree.MOST_VALUES", 30)
    (found,) = wrong(text, "model.yaml")
    assert found.code is Code.INVENTORY_BOUNDS


def test_too_many_values_of_json_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.adapters.inventories.json_tree.MOST_VALUES", 30)
    (found,) = wrong('{"otmVersion": [' + "{}," * 30 + "{}]}")
    assert found.code is Code.INVENTORY_BOUNDS


def test_a_key_that_stands_twice_among_many_is_found_at_once() -> None:
    many = ",".join(f'"k{place}":1' for place in range(100_000))
    (found,) = wrong(f'{{"otmVersion":"0.2",{many},"k99999":1}}', "model.json")
    assert "the key “k99999” stands twice" in found.message


def test_a_number_is_the_text_that_it_is() -> None:
    model = (
        '{"otmVersion": 0.2, "components": [{"id": 1.10, "name": "a \\ud83d\\ude00", "attributes": '
        '{"categories": "network", "operator": "licensee", "power": "within", "in_service": "2013-03-04"}}]}'
    )
    (one,) = sound(model, "model.json").drawn.elements.items()
    assert (one[0], one[1].label) == ("element/1.10", "a \U0001f600")


def test_what_is_long_is_quoted_by_its_beginning() -> None:
    long = "z" * 500
    attributes = sound(OTM.replace("{zone: Inner", f"{{zone: Inner, {long}: 1"), "model", MAPPING)
    tags = sound(THREAGILE.replace("[linux]", f"[{long}]"), "model.yaml", MAPPING)
    zone = wrong(OTM.replace("{trustZone: z-1}", f"{{trustZone: {long}}}"), "model.yaml", MAPPING)
    said = [*attributes.notes, *tags.notes, *(one.message for one in zone)]
    assert sum("zzzz…" in one for one in said) == 3
    assert max(map(len, said)) < 200


def test_what_is_not_taken_is_told() -> None:
    nested = OTM.replace("risk: {trustRating: 80}", "parent: {trustZone: z-0}")
    assert "threats, what trust zones lie in" in sound(nested, "model", MAPPING).notes[0]
    nested = THREAGILE.replace("{id: control,", "{id: control, trust_boundaries_nested: [inner],")
    (note, *_) = sound(nested + "shared_runtimes: {vm: {id: vm}}\n", "model.yaml", MAPPING).notes
    assert note == "model.yaml: not taken, because no field has it: shared_runtimes, trust_boundaries_nested."
