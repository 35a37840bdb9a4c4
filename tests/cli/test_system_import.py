"""`meterward system import` and `export`: the example licensee's files go in, are told apart, and come out the same."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit
from meterward.usecases.describe_system import compare_system
from tests.builders.harbour import OF
from tests.builders.terminal import PASSWORD, Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from meterward.core.base.problem import Problem
    from meterward.core.system.difference import Difference
    from meterward.core.system.model import System

FILES = Path(__file__).parents[2] / "examples" / "northlight"
SAID_BY = ("--as", "security")


def bring(terminal: Terminal, *more: str) -> None:
    """Import every file of the example."""
    for name in ("elements", "links", "populations"):
        said = terminal.enter("system", "import", str(FILES / f"{name}.csv"), *OF, *SAID_BY, *more)
        assert said.exit == Exit.IN_ORDER, said.out + said.err


def differs(terminal: Terminal, file: Path, *more: str) -> dict[str, Any]:
    """How a file differs from what is told, as a script reads it."""
    found: dict[str, Any] = terminal.enter("system", "import", str(file), *OF, "--format", "json", *more).json
    return found


def lines(terminal: Terminal) -> list[dict[str, Any]]:
    """The lines of the ledger."""
    return [json.loads(line) for line in terminal.enter("export", "harbour").out.splitlines()]


def changed(path: Path, name: str, old: str, new: str) -> Path:
    """A copy of a file of the example with something said otherwise."""
    text = (FILES / name).read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return path


def test_it_is_shown_before_anything_is_appended(store: Terminal) -> None:
    before = len(lines(store))
    said = store.enter("system", "import", str(FILES / "elements.csv"), *OF)
    assert said.exit == Exit.IN_ORDER
    assert "62 added, 0 changed, 0 gone." in said.words
    assert "Nothing was appended yet" in said.words
    assert len(lines(store)) == before


def test_one_import_is_one_act_with_its_file_attached(store: Terminal) -> None:
    before = len(lines(store))
    bring(store, "--note", "The inventory of March.")
    told = lines(store)[before:]
    assert [line["statement"]["kind"] for line in told] == ["system.described"] * 3
    raw = (FILES / "elements.csv").read_bytes()
    assert told[0]["files"] == {"elements.csv": hashlib.sha256(raw).hexdigest()}
    assert told[0]["text"] == {"note": "The inventory of March."}
    assert told[0]["statement"]["actor"] == {"person": "p-01", "role": "security_manager", "organisation": "harbour"}
    assert [len(told[0]["facts"]["elements"]), len(told[1]["facts"]["links"])] == [62, 141]
    assert sum(row["devices"] for row in told[2]["facts"]["populations"] if "meters" in row["element"]) == 2_400_000


def test_what_was_told_already_is_not_told_again(store: Terminal) -> None:
    bring(store)
    before = len(lines(store))
    for name in ("elements", "links", "populations"):
        said = store.enter("system", "import", str(FILES / f"{name}.csv"), *OF, *SAID_BY)
        assert "There is nothing to append." in said.words
    assert len(lines(store)) == before


def test_another_inventory_says_what_was_added_what_changed_and_what_is_gone(store: Terminal, tmp_path: Path) -> None:
    bring(store, "--on", "2014-01-06")
    file = tmp_path / "next.csv"
    rows = (FILES / "populations.csv").read_text().splitlines(keepends=True)
    (north,) = [row for row in rows if row.startswith("em-100-2-4-north-live")]
    others = [row for row in rows if row != north and not row.startswith("em-100-2-4-south-live")]
    new = north.replace("em-100-2-4-north", "em-100-new")
    file.write_text("".join([*others, north.replace("387000", "380000"), new]))
    found = differs(store, file)
    assert found["added"] == ["population/em-100-new-live"]
    assert found["changed"] == [{"name": "population/em-100-2-4-north-live", "fields": ["devices"]}]
    assert found["gone"] == ["population/em-100-2-4-south-live"]


def test_what_is_imported_again_on_the_same_day_takes_the_place_of_what_was_told_for_it(
    store: Terminal, tmp_path: Path
) -> None:
    bring(store)
    text = (FILES / "populations.csv").read_text()
    file = tmp_path / "populations.csv"
    for number, devices in enumerate(("380000", "387000", "1"), 2):
        file.write_text(text.replace("387000", devices, 1))
        found = differs(store, file, *SAID_BY)
        assert found["changed"] == [{"name": "population/em-100-2-4-north-live", "fields": ["devices"]}]
        assert lines(store)[-1]["facts"]["telling"] == number
        assert differs(store, file)["changed"] == [], "that is what is told for the day now"


@pytest.mark.parametrize("form", ["csv", "xlsx", "otm", "threagile"])
def test_what_is_written_is_read_back_as_what_was_told(store: Terminal, tmp_path: Path, form: str) -> None:
    bring(store)
    said = store.enter("system", "export", str(tmp_path / "out"), *OF, "--to", form)
    assert said.exit == Exit.IN_ORDER, said.err
    assert ("no place for them: populations" in said.words) == (form in {"otm", "threagile"})
    for file in sorted((tmp_path / "out").iterdir()):
        found = differs(store, file)
        assert (found["added"], found["changed"], found["gone"]) == ([], [], []), file.name


def test_a_bill_of_materials_changes_its_element_alone(store: Terminal, tmp_path: Path) -> None:
    bring(store, "--on", "2014-01-06")
    bill = tmp_path / "bill.json"
    parts = [{"type": "library", "name": f"part-{number}", "version": "1"} for number in range(3)]
    bill.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": parts}))
    found = differs(store, bill, "--bill-of", "element/field-tool-2", *SAID_BY)
    assert found["changed"] == [{"name": "element/field-tool-2", "fields": ["bill", "components"]}]
    (row,) = lines(store)[-1]["facts"]["elements"]
    assert (row["element"], row["told"]["components"]) == ("element/field-tool-2", 3)
    assert row["told"]["bill"] == hashlib.sha256(bill.read_bytes()).hexdigest()
    out = tmp_path / "out"
    said = store.enter("system", "export", str(out), *OF, "--to", "cyclonedx")
    assert (said.exit, [one.name for one in out.iterdir()]) == (Exit.IN_ORDER, ["field-tool-2.cdx.json"])
    assert (out / "field-tool-2.cdx.json").read_bytes() == bill.read_bytes()


def refused(store: Terminal, *words: str) -> str:
    """What is said of a command that is refused, and appends nothing."""
    before = len(lines(store))
    said = store.enter("system", *words, *OF)
    assert said.exit not in (Exit.IN_ORDER, Exit.INTERNAL)
    assert len(lines(store)) == before
    return " ".join(said.err.split())


def test_what_is_wrong_is_told_and_nothing_is_half_imported(store: Terminal, tmp_path: Path) -> None:
    elements = str(FILES / "elements.csv")
    assert "cannot be read" in refused(store, "import", str(tmp_path / "none.csv"), *SAID_BY)
    assert "has no role" in refused(store, "import", elements, "--as", "nobody")
    assert "no element/" in refused(store, "import", str(FILES / "links.csv"), *SAID_BY)
    astray = changed(tmp_path / "astray.csv", "elements.csv", "head_end", "hed_end")
    assert "line" in refused(store, "import", str(astray), *SAID_BY)
    mapping = tmp_path / "mapping.json"
    mapping.write_text("{}")
    assert refused(store, "import", elements, "--mapping", str(mapping), *SAID_BY)
    assert "no bill of materials" in refused(store, "import", elements, "--bill-of", "element/mdm", *SAID_BY)


def test_nothing_is_written_over_nor_of_nothing(store: Terminal, tmp_path: Path) -> None:
    assert "Nothing is told of the system" in refused(store, "export", str(tmp_path / "out"))
    bring(store)
    assert "cannot be written" in refused(store, "export", str(tmp_path))
    assert "has a bill of materials that is kept here" in refused(store, "export", str(tmp_path), "--to", "cyclonedx")


def test_it_is_told_of_the_licences_that_are_named_and_a_file_keeps_a_plain_name(tmp_path: Path) -> None:
    store = Terminal(tmp_path / "both")
    words = ("init", "harbour", "--licence", "gas=2013-03-04", "--licence", "electricity=2013-03-04")
    made = store.enter(*words, "--security-manager", "security", "--password-stdin", piped=PASSWORD)
    assert made.exit == Exit.IN_ORDER, made.err
    odd = tmp_path / "our inventory (März).csv"
    odd.write_bytes((FILES / "elements.csv").read_bytes())
    assert store.enter("system", "import", str(odd), *OF, *SAID_BY, "--licence", "gas").exit == Exit.IN_ORDER
    told = lines(store)[-1]
    assert told["statement"]["licences"] == ["gas"]
    assert list(told["files"]) == ["our-inventory-Marz-.csv"]
    assert len(differs(store, odd, "--licence", "electricity")["added"]) == 62
    assert "Import the file for each licence by itself" in refused(store, "import", str(odd))
    assert store.enter("system", "export", str(tmp_path / "out"), *OF).exit == Exit.IN_ORDER, "one licence tells of it"
    assert "has no licence “water”" in refused(store, "import", str(odd), "--licence", "water")


def test_nothing_is_read_from_a_pipe_or_a_device_that_may_never_end(store: Terminal, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        assert "it is a pipe or a device" in refused(store, "import", str(path))
    elements = str(FILES / "elements.csv")
    assert "it is a pipe or a device" in refused(store, "import", elements, "--mapping", str(pipe))
    assert "cannot be read: Is a directory" in refused(store, "import", str(tmp_path))


def test_what_is_attached_is_what_was_read_though_the_file_changes_meanwhile(
    store: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "elements.csv"
    raw = (FILES / "elements.csv").read_bytes()
    file.write_bytes(raw)

    def then_changed(systems: Mapping[str, System], day: date, *rest: Any) -> Difference | list[Problem]:  # noqa: ANN401 - as it is asked
        file.write_bytes(b"element,label\nother,Other\n")
        return compare_system(systems, day, *rest)

    monkeypatch.setattr("meterward.wiring.describing.compare_system", then_changed)
    said = store.enter("system", "import", str(file), *OF, *SAID_BY)
    assert said.exit == Exit.IN_ORDER, said.err
    assert lines(store)[-1]["files"] == {"elements.csv": hashlib.sha256(raw).hexdigest()}
