"""`meterward append` and `meterward import`: records into a ledger of the store, whole orders or nothing."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.cli.exits import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.terminal import Terminal

TO = "brightwater"


def line(number: int = 0, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a line may have
    """An incident, as somebody writes it down today."""
    statement = {
        "kind": "incident.recorded",
        "version": 1,
        "licensee": TO,
        "licences": ["gas"],
        "occurred": "2014-11-18",
        "subject": f"incident/late-{number}",
        "actor": {"person": "p-01", "role": "security_manager", "organisation": TO},
    }
    facts = {"detected": "2014-11-18", "severity": "high"}
    said = {"statement": statement, "facts": facts, "salts": {"facts": f"{number:032x}"}}
    return {**said, **parts}


def text(*lines: dict[str, Any] | str) -> str:
    """Lines as a file has them."""
    return "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines)


def size(terminal: Terminal) -> int:
    """How many entries the ledger has."""
    return int(terminal.enter("records", "check", "--licensee", TO, "--format", "json").json["ledger"]["size"])


def test_records_are_appended_and_what_changes_is_told(keyed_store: Terminal) -> None:
    before = size(keyed_store)
    said = keyed_store.enter("append", TO, "-", piped=text(line(1), line(2)))
    assert said.exit == Exit.IN_ORDER
    assert f"Appended: Entries {before + 1} to {before + 2} of the ledger of brightwater." in said.words
    assert "gas Z." in said.words
    assert "incident/late-1" in said.words
    assert size(keyed_store) == before + 2
    last = json.loads(keyed_store.enter("export", TO).out.splitlines()[-1])
    assert last["statement"]["occurred"] == "2014-11-18"
    assert last["recorded"] > "2026"
    assert date.fromisoformat(last["recorded"][:10]) >= date(2026, 1, 1)


def test_a_script_learns_the_same(keyed_store: Terminal, tmp_path: Path) -> None:
    before, file = size(keyed_store), tmp_path / "line"
    file.write_text(text(line(1)))
    said = keyed_store.enter("append", TO, file, "--format", "json")
    assert said.exit == Exit.IN_ORDER
    assert said.json["format"] == "meterward.appended/1"
    assert (said.json["first_entry"], said.json["count"], said.json["size"]) == (before + 1, 1, before + 1)
    changed = said.json["changes"]
    assert changed
    assert all(one["before"] != one["after"] or one["fact"] for one in changed)


def test_what_is_worked_out_is_not_written_by_hand(keyed_store: Terminal) -> None:
    before, wrong = size(keyed_store), line(2)
    wrong["statement"] |= {"kind": "delivery.confirmed"}
    said = keyed_store.enter("append", TO, "-", piped=text(line(1), wrong))
    assert (said.exit, said.out) == (Exit.DATA, "")
    assert "[kind.worked-out]" in said.complaint
    assert "line 2, statement.kind" in said.complaint
    assert "meterward deliver receipts" in " ".join(said.complaint.split())
    assert size(keyed_store) == before


def test_one_bad_line_keeps_all_out_and_all_that_is_wrong_is_said(keyed_store: Terminal) -> None:
    before = size(keyed_store)
    wrong = line(2, facts={"detected": "2014-11-18", "severity": "huge"})
    said = keyed_store.enter("append", TO, "-", piped=text(line(1), wrong, "{", {"statement": {}}))
    assert (said.exit, said.out) == (Exit.DATA, "")
    for place in ("line 2, facts.severity", "line 3", "line 4, statement.kind"):
        assert place in said.complaint
    assert size(keyed_store) == before


def test_a_single_line_has_no_number(keyed_store: Terminal) -> None:
    said = keyed_store.enter("append", TO, "-", piped=text(line(1, facts={"severity": "high"})))
    assert said.exit == Exit.DATA
    assert "facts.detected" in said.complaint
    assert "line 1" not in said.complaint


def test_what_was_appended_is_not_appended_again(keyed_store: Terminal) -> None:
    assert keyed_store.enter("append", TO, "-", piped=text(line(1))).exit == Exit.IN_ORDER
    again = keyed_store.enter("append", TO, "-", piped=text(line(1)))
    assert again.exit == Exit.DATA
    assert "record.duplicate" in again.complaint


@pytest.mark.parametrize(
    ("piped", "says"),
    [
        ("", "There is no record in it."),
        (text(line(1, recorded="2014-11-18T10:00:00Z")), "The store itself says when something was recorded."),
        ("\ufeff" + text(line(1)), "byte order mark"),
        (text(line(1)) + "\n", "The line is empty."),
        (text(*["{}"] * 1_001), "more than 1,000 lines"),
    ],
    ids=["nothing", "recorded", "mark", "empty line", "too many"],
)
def test_what_is_no_order_is_said(piped: str, says: str, terminal: Terminal) -> None:
    said = terminal.enter("append", TO, "-", piped=piped)
    assert (said.exit, said.out) == (Exit.DATA, "")
    assert says in said.complaint


def test_where_there_is_nothing_to_append_to(keyed_store: Terminal, terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.enter("append", TO, tmp_path / "none").exit == Exit.NO_FILE
    elsewhere = keyed_store.enter("append", TO, "-", "--home", tmp_path / "none", piped=text(line(1)))
    assert (elsewhere.exit, "store.missing" in elsewhere.complaint) == (Exit.NO_FILE, True)
    unknown = keyed_store.enter("append", "harbour", "-", piped=text(line(1)))
    assert (unknown.exit, "ledger.unknown" in unknown.complaint) == (Exit.NO_FILE, True)


def test_a_record_of_another_licensee_is_refused(keyed_store: Terminal) -> None:
    other = line(1)
    other["statement"]["licensee"] = "harbour"
    said = keyed_store.enter("append", TO, "-", piped=text(other))
    assert said.exit == Exit.DATA
    assert "ledger.other-licensee" in said.complaint


def test_a_name_that_the_law_does_not_know_is_refused(keyed_store: Terminal) -> None:
    said = keyed_store.enter("records", "template", "pack.adopted", "--licensee", TO)
    adopted = line(1, facts={"pack": "condition_y", "pack_version": 1})
    adopted["statement"] |= {"kind": "pack.adopted", "subject": "licensee"}
    assert said.exit == Exit.IN_ORDER
    refused = keyed_store.enter("append", TO, "-", piped=text(adopted))
    assert refused.exit == Exit.DATA
    assert "pack.unknown" in refused.complaint


def test_a_template_for_the_store_is_of_its_licensee_and_has_no_stamp(terminal: Terminal) -> None:
    made = json.loads(terminal.enter("records", "template", "incident.recorded", "--licensee", TO).out)
    assert made["statement"]["licensee"] == TO
    assert "recorded" not in made
    assert "recorded" in json.loads(terminal.enter("records", "template", "incident.recorded").out)


FULL = """
import sys
import meterward.settings as settings
settings.DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA max_page_count = 1;"
from meterward.cli.main import main
main()
"""


def test_a_full_store_appends_nothing_and_says_so(keyed_store: Terminal) -> None:
    before = size(keyed_store)
    long = {"description": "What happened. " * 4_000}
    lines = text(*(line(number, text=long, salts={"facts": "0" * 32, "text": "0" * 32}) for number in range(20)))
    said = keyed_store.enter("append", TO, "-", piped=lines, command=[sys.executable, "-c", FULL])
    assert (said.exit, said.out) == (Exit.CANNOT_WRITE, "")
    assert "The store is full. Nothing was appended." in said.complaint
    assert size(keyed_store) == before


def test_an_import_keeps_the_days_and_stamps_anew(keyed_store: Terminal, tmp_path: Path) -> None:
    before, file = size(keyed_store), tmp_path / "many"
    file.write_text(text(*(line(number, recorded="2014-11-19T08:00:00Z") for number in range(1_200))))
    said = keyed_store.enter("import", TO, file)
    assert said.exit == Exit.IN_ORDER, said.err
    assert f"Imported: 1,200 entries, {before + 1} to {before + 1_200:,} of the ledger" in said.words
    lines = [json.loads(one) for one in keyed_store.enter("export", TO).out.splitlines()[before:]]
    assert len(lines) == 1_200
    assert {one["statement"]["occurred"] for one in lines} == {"2014-11-18"}
    assert min(one["recorded"] for one in lines) > "2026"


def test_an_import_stops_at_the_first_bad_batch_and_goes_on_where_it_stopped(
    keyed_store: Terminal, tmp_path: Path
) -> None:
    before, file = size(keyed_store), tmp_path / "many"
    lines = [line(number) for number in range(1_300)]
    wrong = line(1_149, facts={"detected": "2014-11-18", "severity": "huge"})
    file.write_text(text(*lines[:1_149], wrong, *lines[1_150:]))
    said = keyed_store.enter("import", TO, file)
    assert said.exit == Exit.DATA
    assert "Imported: 1,000 entries" in said.words
    assert "line 1,150, facts.severity" in said.complaint
    assert "Of lines 1,001 to 1,300 nothing was appended" in said.complaint
    assert f"meterward import brightwater {file} --from 1001" in said.complaint
    assert size(keyed_store) == before + 1_000
    file.write_text(text(*lines))
    on = keyed_store.enter("import", TO, file, "--from", "1001")
    assert on.exit == Exit.IN_ORDER, on.err
    assert size(keyed_store) == before + 1_300
    over = keyed_store.enter("import", TO, file, "--from", "1301")
    assert (over.exit, over.out) == (Exit.DATA, "")
    assert "the file has no line 1,301" in over.complaint


def test_an_import_names_a_single_bad_line(keyed_store: Terminal) -> None:
    said = keyed_store.enter("import", TO, "-", piped="{")
    assert (said.exit, said.out) == (Exit.DATA, "")
    assert "The file ends in the middle of this line" in said.complaint
    assert "Of line 1 nothing was appended" in said.complaint


def test_an_import_of_nothing_is_said(keyed_store: Terminal, terminal: Terminal, tmp_path: Path) -> None:
    assert keyed_store.enter("import", TO, tmp_path / "none").exit == Exit.NO_FILE
    assert keyed_store.enter("import", "harbour", "-", piped=text(line(1))).exit == Exit.NO_FILE
    assert keyed_store.enter("import", TO, "-").exit == Exit.DATA
    assert keyed_store.enter("import", TO, "-", "--from", "0").exit == Exit.USAGE
    assert terminal.enter("import", TO, "-", "--home", tmp_path / "none", piped=text(line(1))).exit == Exit.NO_FILE


def test_a_template_can_have_values_to_start_from(terminal: Terminal) -> None:
    done = terminal.enter("records", "template", "context.established", "--start", "--licensee", TO)
    facts = json.loads(done.out)["facts"]
    assert facts["likelihood"] == [0, 100, 1_000, 10_000, 100_000]
    assert "senior management has to set" in " ".join(done.complaint.split())
    refused = terminal.enter("records", "template", "policy.issued", "--start")
    assert (refused.exit, refused.out) == (Exit.USAGE, "")
    assert "These have some: context.established." in " ".join(refused.complaint.split())
