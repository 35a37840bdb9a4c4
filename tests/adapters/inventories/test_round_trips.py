"""What was exported and is imported again is the same, as far as the format can say it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.values import Label
from meterward.core.system.model import Drawn
from tests.builders.inventories import sound, systems

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def files(drawn: Drawn, source: str) -> Mapping[str, bytes]:
    found = AnyFormat().write(drawn, source, "system")
    assert not isinstance(found, list)
    return found


def plain(drawn: Drawn) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    return dict(drawn.elements), dict(drawn.links), dict(drawn.populations)


@MANY
@given(systems())
def test_files_with_commas_say_everything(drawn: Drawn) -> None:
    back = [sound(raw, name, known=drawn.elements).drawn for name, raw in files(drawn, "csv").items()]
    assert len(back) == 1 + bool(drawn.links) + bool(drawn.populations)
    joined: tuple[dict[str, object], ...] = ({}, {}, {})
    for one in back:
        for whole, part in zip(joined, plain(one), strict=True):
            whole.update(part)
    assert joined == plain(drawn)


@MANY
@given(systems())
def test_a_spreadsheet_says_everything(drawn: Drawn) -> None:
    ((name, raw),) = files(drawn, "xlsx").items()
    assert plain(sound(raw, name).drawn) == plain(drawn)


@pytest.mark.parametrize("label", ["_x000A_", "a_x005F_x0041_", "_x00", "_X000A_"])
def test_a_text_that_looks_like_an_escape_of_a_spreadsheet_stays(label: str) -> None:
    element = ElementDeclared(("network",), "licensee", "within", date(2020, 1, 1), Label(label))
    ((name, raw),) = files(Drawn({"element/a": element}), "xlsx").items()
    assert sound(raw, name).drawn.elements["element/a"].label == label


@MANY
@given(systems())
def test_a_threat_model_says_all_but_populations(drawn: Drawn) -> None:
    ((name, raw),) = files(drawn, "otm").items()
    found = sound(raw, name)
    assert plain(found.drawn) == plain(drawn._replace(populations={}))
    assert found.spaces == {"element", "link"}


@MANY
@given(systems())
def test_a_threagile_model_says_all_but_populations(drawn: Drawn) -> None:
    ((name, raw),) = files(drawn, "threagile").items()
    found = sound(raw, name)
    assert plain(found.drawn) == plain(drawn._replace(populations={}))
    assert found.spaces == {"element", "link"}


@pytest.mark.parametrize("source", ["csv", "xlsx", "otm", "threagile"])
def test_no_system_is_written_too(source: str) -> None:
    assert all(raw for raw in files(Drawn({}), source).values())


def test_a_format_that_is_not_written_is_told() -> None:
    found = AnyFormat().write(Drawn({}), "cvs", "system")
    assert isinstance(found, list)
    assert found[0].hint.startswith("Did you mean csv?")
