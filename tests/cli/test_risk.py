"""`meterward risk`: a register goes in from files, is listed, and comes out the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from meterward.cli.exits import Exit
from tests.builders.harbour import LICENSEE, OF
from tests.builders.risk_acts import context

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.terminal import Said, Terminal

ON = ("--on", "2014-02-03")
AT = ("--as-at", "2014-02-03")
SAID_BY = ("--as", "security")
RISKS = (
    "risk,label,consequences,current likelihood,current supply,current rationale\n"
    "R-1,Many are cut off,supply; reputation,high,High,The head end has one key.\n"
    "R-2,A tool is lost,supply,low,1 to 90; likely 4,It happened twice.\n"
)
MEASURES = "measure,label,option,effects,due,progress\nM-1,Two release it,modify,R-1: likelihood 2,2014-06-30,started\n"


def establish(terminal: Terminal) -> None:
    """Append a context of three levels each."""
    actor = {"person": "p-01", "role": "security_manager", "organisation": LICENSEE}
    statement = {"kind": "context.established", "version": 1, "licensee": LICENSEE, "licences": ["gas"]}
    statement |= {"occurred": "2014-01-06", "subject": "context/1", "actor": actor}
    line = {"statement": statement, "facts": context(2), "salts": {"facts": "3" * 32}, "files": {"m.pdf": "ab" * 32}}
    said = terminal.enter("append", LICENSEE, "-", piped=json.dumps(line) + "\n")
    assert said.exit == Exit.IN_ORDER, said.out + said.err


def hold_electricity(terminal: Terminal) -> None:
    """Append a second licence."""
    actor = {"person": "p-01", "role": "security_manager", "organisation": LICENSEE}
    statement = {"kind": "licence.held", "version": 1, "licensee": LICENSEE, "licences": ["electricity"]}
    statement |= {"occurred": "2014-01-06", "subject": "licence/electricity", "actor": actor}
    line = {
        "statement": statement,
        "facts": {"fuel": "electricity", "held_from": "2013-03-04"},
        "salts": {"facts": "4" * 32},
    }
    said = terminal.enter("append", LICENSEE, "-", piped=json.dumps(line) + "\n")
    assert said.exit == Exit.IN_ORDER, said.out + said.err


def bring(terminal: Terminal, folder: Path, text: str, *more: str, name: str = "register.csv") -> Said:
    """Import a file."""
    (folder / name).write_text(text)
    return terminal.enter("risk", "import", str(folder / name), *OF, *ON, *more)


def lines(terminal: Terminal) -> list[dict[str, Any]]:
    """The lines of the ledger."""
    return [json.loads(line) for line in terminal.enter("export", LICENSEE).out.splitlines()]


def test_a_register_goes_in_as_one_act_is_listed_and_comes_out_the_same(store: Terminal, tmp_path: Path) -> None:
    establish(store)
    before = len(lines(store))
    looked = bring(store, tmp_path, RISKS)
    assert looked.exit == Exit.IN_ORDER, looked.err
    assert "2 identified, 2 estimated." in looked.words
    assert "Nothing was appended yet" in looked.words
    assert len(lines(store)) == before
    assert "Appended: entries" in bring(store, tmp_path, RISKS, *SAID_BY).words
    told = lines(store)[before:]
    assert [one["statement"]["kind"] for one in told] == ["risk.identified", "risk.estimated"] * 2
    digest = hashlib.sha256(RISKS.encode()).hexdigest()
    assert all(one["files"] == {"register.csv": digest} for one in told)
    assert told[1]["text"] == {"rationale": "The head end has one key."}
    assert "1 planned, 1 progressed." in bring(store, tmp_path, MEASURES, *SAID_BY, name="m.csv").words
    assert "There is nothing to append." in bring(store, tmp_path, RISKS, *SAID_BY).words
    for form in ("csv", "xlsx"):
        said = store.enter("risk", "export", str(tmp_path / form), *OF, *AT, "--to", form)
        assert said.exit == Exit.IN_ORDER, said.err
        for file in sorted((tmp_path / form).iterdir()):
            again = store.enter("risk", "import", str(file), *OF, *ON)
            assert "There is nothing to append." in again.words, again.out + again.err
    listed = store.enter("risk", "list", *OF, *AT)
    assert listed.exit == Exit.IN_ORDER, listed.out
    assert "R-1 – 4 4 – treated Many are cut off" in listed.words  # noqa: RUF001 - the dash is the shape of none
    assert "2 risks: 0 open, 0 unrated." in listed.words
    (register,) = store.enter("risk", "list", *OF, *AT, "--format", "json").json["registers"]
    assert [(one["risk"], one["standing"]) for one in register["risks"]] == [
        ("risk/R-1", "treated"),
        ("risk/R-2", "within"),
    ]


def test_files_have_the_risks_of_every_licence_or_of_the_one_that_is_named(store: Terminal, tmp_path: Path) -> None:
    establish(store)
    hold_electricity(store)
    only = {"gas": "R-1,Gas alone,supply\n", "electricity": "R-2,Electricity alone,supply\n"}
    for licence, row in only.items():
        bring(store, tmp_path, f"risk,label,consequences\n{row}", *SAID_BY, "--licence", licence)

    def written(folder: str, *more: str) -> str:
        said = store.enter("risk", "export", str(tmp_path / folder), *OF, *AT, *more)
        assert said.exit == Exit.IN_ORDER, said.err
        (file,) = (tmp_path / folder).glob("*-risks.csv")
        return file.read_text(encoding="utf-8")

    every, gas = written("every"), written("gas", "--licence", "gas")
    assert ("Gas alone" in every, "Electricity alone" in every) == (True, True)
    assert ("Gas alone" in gas, "Electricity alone" in gas) == (True, False)
    unknown = store.enter("risk", "export", str(tmp_path / "none"), *OF, *AT, "--licence", "water")
    assert "has no licence “water”" in unknown.complaint


def test_a_risk_leaves_the_register_by_its_reason_once(store: Terminal, tmp_path: Path) -> None:
    establish(store)
    bring(store, tmp_path, RISKS, *SAID_BY)
    ended = "risk,ended because\nR-2,No such tool is used any more.\n"
    assert "1 ended." in bring(store, tmp_path, ended, *SAID_BY).words
    last = lines(store)[-1]
    assert (last["statement"]["kind"], last["statement"]["subject"]) == ("record.ended", "risk/R-2")
    assert last["text"] == {"reason": "No such tool is used any more."}
    assert "There is nothing to append." in bring(store, tmp_path, ended, *SAID_BY).words
    assert "1 risk: 1 open, 0 unrated." in store.enter("risk", "list", *OF, *AT).words


def test_one_row_that_cannot_be_is_told_and_nothing_is_appended(store: Terminal, tmp_path: Path) -> None:
    establish(store)
    before = len(lines(store))
    wrong = bring(store, tmp_path, RISKS.replace("1 to 90; likely 4", "90;4;1"), *SAID_BY)
    assert wrong.exit == Exit.DATA
    assert "line 3" in wrong.complaint
    assert "90, 4 and 1 do not rise." in wrong.complaint
    assert len(lines(store)) == before


def test_only_a_senior_manager_accepts_by_a_file(store: Terminal, tmp_path: Path) -> None:
    establish(store)
    bring(store, tmp_path, RISKS, *SAID_BY)
    accepted = "risk,option,accepted_until,why\nR-1,retain,2014-12-31,It is replaced by then.\n"
    assert "1 treated." in bring(store, tmp_path, accepted).words
    refused = bring(store, tmp_path, accepted, *SAID_BY)
    assert refused.exit == Exit.DATA
    assert "“security” is no senior_manager, and only one accepts a risk." in refused.complaint


def test_another_table_or_a_model_is_refused(store: Terminal, tmp_path: Path) -> None:
    assert bring(store, tmp_path, "colour,shape\nred,round\n").exit == Exit.DATA
    model = bring(store, tmp_path, '{"otmVersion": "0.2.0", "project": {"name": "a", "id": "a"}}', name="m.json")
    assert model.exit == Exit.DATA
    empty = store.enter("risk", "export", str(tmp_path / "out"), *OF, *AT)
    assert empty.exit == Exit.DATA
    assert "Nothing stands in the risk register of harbour" in empty.complaint


def test_scenarios_are_listed_and_told(store: Terminal) -> None:
    listed = store.enter("risk", "scenarios")
    assert listed.exit == Exit.IN_ORDER
    assert "mass-disconnection" in listed.out
    one = store.enter("risk", "scenarios", "mass-disconnection", "--format", "json").json
    assert one["name"] == "mass-disconnection"
    assert one["story"] in store.enter("risk", "scenarios", "mass-disconnection").words.replace("  ", " ")
    unknown = store.enter("risk", "scenarios", "mass-disconection")
    assert unknown.exit == Exit.USAGE
    assert "mass-disconnection" in unknown.complaint
