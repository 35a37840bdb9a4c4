"""A register as tables: what is written is read back as what was told, and what is changed in it is told, no more."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.inventories.write_register import write_register
from meterward.core.base.problem import Problem
from meterward.usecases.compare_register import Change, RegisterDifference, against, compare_register, lines_of
from meterward.usecases.read_register import RegisterRead, read_register
from meterward.usecases.register_rows import Told, narrowed, register_told, together
from meterward.usecases.say_lines import Saying
from tests.builders.risk_told import APRIL, JUNE, MAY, accepted, estimate, measure, progress, risk, scales
from tests.builders.stories import LICENCE, LICENSEE, reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.record import Record

ACTOR: dict[str, Any] = {"person": "p-01", "role": "senior_manager", "organisation": LICENSEE}
STATEMENT: dict[str, Any] = {"licensee": LICENSEE, "licences": [LICENCE], "occurred": str(JUNE), "actor": ACTOR}
TEXTS = {"risk.estimated": {"rationale": "As it is."}, "risk.identified": {"story": "=How,\nit goes; “so”.\r\n"}}
POINTS = {"low": 1, "likely": 40, "high": 5_000}


def texts(record: Record[Any]) -> Mapping[str, str]:
    """The texts that the records of these tests have."""
    return TEXTS.get(record.kind.name, {})


def told(*story: Mapping[str, Any]) -> Told:
    """The register of June."""
    return register_told(reader(*story), texts, JUNE)


def difference(register: Told, files: Mapping[str, bytes]) -> RegisterDifference | list[Problem]:
    """What some files say otherwise, all together."""
    changes: list[Change] = []
    notes: list[str] = []
    for name, content in files.items():
        tables = AnyFormat().tables(io.BytesIO(content), name)
        assert not isinstance(tables, list), tables
        read = read_register(tables, None, register.scales)
        found = compare_register(register, read, ()) if isinstance(read, RegisterRead) else read
        if isinstance(found, list):
            return found
        changes += found.changes
        notes += found.notes
    whole = RegisterDifference(tuple(changes), tuple(notes))
    saying = Saying(STATEMENT, "", lambda: ("1" * 32, "2" * 32), files={"register.csv": "ab" * 32})
    return against(whole, lines_of(whole, [saying] * len(changes))) or whole


def written(register: Told, form: str = "csv") -> dict[str, bytes]:
    """The files of a register."""
    files = write_register(register, "northlight", form)
    assert not isinstance(files, Problem)
    return files


STORY = (
    scales(),
    risk(label="Many are cut off", scenario="mass-disconnection", owner="p-07"),
    risk("R2", consequences=["supply", "money"]),
    estimate(3, 2, sources=["A report, of 2013; read twice", "What was seen"]),
    estimate(None, POINTS, often={"low": 1, "likely": 100, "high": 20_000}, state="inherent"),
    measure(APRIL, due=MAY, likelihood=1, consequence=2),
    progress("operating", MAY),
    accepted(MAY, JUNE),
)


def changed(old: str, new: str, table: str = "risks") -> RegisterDifference | list[Problem]:
    """What comes of it if one cell is written otherwise."""
    register = told(*STORY)
    text = written(register)[f"northlight-{table}.csv"].decode("utf-8-sig")
    assert text.count(old) == 1, text
    return difference(register, {"register.csv": text.replace(old, new).encode()})


def changes(found: RegisterDifference | list[Problem]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a difference does to what."""
    assert isinstance(found, RegisterDifference), found
    return [(one.what, one.subject, one.fields) for one in found.changes]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_is_read_back_as_what_was_told(form: str) -> None:
    register = told(*STORY)
    files = written(register, form)
    assert len(files) == (4 if form == "csv" else 1)
    assert changes(difference(register, files)) == []


LEVELS = st.integers(1, 3)
THREE = st.lists(st.integers(0, 10**15), min_size=3, max_size=3).map(sorted).filter(lambda found: found[2] > 0)
AMOUNTS = st.one_of(LEVELS, THREE.map(lambda found: dict(zip(("low", "likely", "high"), found, strict=True))))
LABELS = st.text(min_size=1, max_size=30).filter(
    lambda text: text.isprintable() and text == text.strip() and not (text[0] == "(" and text[-1] == ")")
)
STATES = st.sampled_from(("inherent", "current", "target"))


@st.composite
def registers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Stories of a few risks with whatever estimates and measures."""
    story = [scales()]
    for name in draw(st.sets(st.sampled_from(("R1", "R-2", "r.3(a)")), min_size=1)):
        story.append(
            risk(name, label=draw(LABELS), consequences=draw(st.sampled_from((["supply"], ["bills", "money"]))))
        )
        for state in draw(st.sets(STATES)):
            sources = draw(st.lists(LABELS, max_size=2))
            story.append(estimate(draw(LEVELS), draw(AMOUNTS), state=state, name=name, sources=sources or None))
        if draw(st.booleans()):
            story.append(measure(APRIL, f"M-{name}", name, likelihood=draw(LEVELS)))
            story.append(progress(draw(st.sampled_from(("started", "effective"))), MAY, name=f"M-{name}"))
    return story


@settings(max_examples=40, deadline=None)
@given(registers(), st.sampled_from(("csv", "xlsx")), st.sets(st.sampled_from(("risk/R1", "risk/R-2", "risk/r.3(a)"))))
def test_a_round_trip_of_any_register_or_of_a_part_loses_nothing(
    story: list[dict[str, Any]], form: str, some: set[str]
) -> None:
    register = told(*story)
    assert changes(difference(register, written(register, form))) == []
    part = narrowed(together([register, register]), some)
    assert set(part.rows["risk"]) == some & set(register.rows["risk"])
    assert changes(difference(register, written(part, form))) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Many are cut off", "Many lose supply", ("changed", "risk/R1", ("label",))),
        ("1 to 5000, likely 40", "1 to 5000, likely 50", ("estimated", "risk/R1", ("inherent supply",))),
        ("1 to 5000, likely 40", "high", ("estimated", "risk/R1", ("inherent supply",))),
        ("1 to 20000, likely 100", "2", ("estimated", "risk/R1", ("inherent likelihood",))),
        ("What was seen", "What was heard", ("estimated", "risk/R1", ("current sources",))),
    ],
)
def test_one_cell_is_one_record(old: str, new: str, what: tuple[str, str, tuple[str, ...]]) -> None:
    assert changes(changed(old, new)) == [what]


def test_cells_of_measures_and_treatments_are_records_too() -> None:
    assert changes(changed("2013-05-01", "2013-07-01", "measures")) == [("changed", "measure/1", ("due",))]
    stopped = changed("operating,evidenced", "stopped,claimed", "measures")
    assert changes(stopped) == [("progressed", "measure/1", ("progress", "strength"))]
    longer = changed("2013-06-03", "2013-09-30", "treatments")
    assert [one[:2] for one in changes(longer)] == [("treated", "risk/R1")]


def test_a_changed_estimate_keeps_what_the_row_says_and_replaces_nothing() -> None:
    found = changed("1 to 5000, likely 40", "2 to 5000, likely 40")
    assert isinstance(found, RegisterDifference)
    (one,) = found.changes
    assert one.facts["often"] == {"low": 1, "likely": 100, "high": 20_000}
    assert one.facts["consequences"] == [{"consequence": "supply", "points": {**POINTS, "low": 2}}]
    assert (one.text, one.link) == ({"rationale": "As it is."}, None)


def test_a_risk_ends_by_a_reason_and_never_by_being_left_out() -> None:
    register = told(*STORY)
    gone = difference(register, {"r.csv": b"risk,ended because\nR2,Sold with the trial.\n"})
    assert changes(gone) == [("ended", "risk/R2", ("ended because",))]
    assert isinstance(gone, RegisterDifference)
    assert gone.changes[0].text == {"reason": "Sold with the trial."}
    assert gone.notes == (
        (
            "Not in the file, and as told before: 1 risk (risk/R1). "
            "To end a risk, say why in the column “ended because”."
        ),
    )


def test_a_new_risk_comes_with_its_estimate_by_the_usual_words() -> None:
    rows = "Risk ID,Title,Consequences,Likelihood,Current supply,Rationale\nR9,Stolen tool,supply,high,Level 2,Seen.\n"
    found = difference(told(*STORY), {"r.csv": rows.encode()})
    assert [one[:2] for one in changes(found)] == [("identified", "risk/R9"), ("estimated", "risk/R9")]
    assert isinstance(found, RegisterDifference)
    assert found.changes[1].facts["likelihood"] == 3
    assert found.changes[1].facts["context"] == "context/1"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            "risk,current likelihood,current supply,current rationale\nR1,2,9 to 1 likely 4,So.",
            "9, 4 and 1 do not rise",
        ),
        ("risk,current likelihood,current supply,current rationale\nR1,2,9;4;1,So.", "9, 4 and 1 do not rise."),
        ("risk,current likelihood,current supply,current rationale\nR1,2,0;0;0,So.", "It is nothing, or less."),
        ("risk,current likelihood,current supply,current rationale\nR1,2,inf,So.", "“inf”"),
        (
            "risk,current likelihood,current supply,current rationale\nR1,2,1;2;9000000000000000,So.",
            "9,000,000,000,000,000",
        ),
        ("risk,current likelihood,current supply,current rationale\nR1,2,40000,So.", "the levels go from 1 to 3"),
        ("risk,current likelihood,current supply,current rationale\nR1,2,extreme,So.", "no level of a scale of 3"),
        ("risk,current likelihood,current rationale,current bills\nR1,1,So.,2", "no scale for “bills”"),
        ("risk,current likelihood\nR1,1", "and not why"),
        ("risk,current likelihood,current supply,current context\nR1,1,2,context/9", "There is no context/9."),
        ("risk,current supply (MWh)\nR1,2", "is in “MWh”, and “supply” is counted in “of something”"),
        ("risk,label,elements,consequences\nR9,New,element/x,supply", "There is no element/x."),
        ("risk,label\nR9,New", "It is missing."),
        ("risk,label\nR1,One\nR1,Three", "stands there twice; first at"),
        ("risk,ended because\nR9,Gone.", "never in the register"),
        ("measure,effects\n1,R1: likelihood", "“R1: likelihood”"),
        ("measure,effects\n1,R9: likelihood 1", "There is no risk/R9."),
        ("measure,progress,strength\n1,effective,checked", "a register shows nothing by itself"),
        ("risk,option\nR2,retain", "An acceptance has an end"),
        ("colour,shape\nred,round", "None of its headers tells what its rows are"),
    ],
)
def test_what_cannot_be_is_a_problem_of_its_row(rows: str, says: str) -> None:
    found = difference(told(*STORY), {"r.csv": f"{rows}\n".encode()})
    assert isinstance(found, list), found
    assert any(says in one.message for one in found), found
    assert all(one.field.startswith("r.csv") for one in found)
