"""Withholding on the command line: what is asked, what is refused, and how a bundle with parts withheld reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from meterward.usecases.withhold import Asked
from tests.builders.northlight import SMALL, maker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said, Terminal

FACT = Asked("facts", "power", "element.declared")


def _verified(folder: Path, ask: Callable[..., Said], asked: tuple[Asked, ...], *options: str) -> Said:
    """What a reader sees of the small ledger without some of its parts."""
    by = maker(SMALL)
    for name, data in by.bundle(withheld=asked).files.items():
        path = folder / "bundle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    policy = folder / "policy"
    policy.write_text("".join(f"log {key}\n" for key in by.policy().logs) + "quorum none\n")
    return ask("bundle", "verify", folder / "bundle", "--policy", policy, *options)


def _text_salts(store: Terminal) -> list[bytes]:
    """The salts of the texts of a ledger, as the store has them."""
    told = store.enter("bundle", "build", str(store.home.parent / "all"), "--licensee", "brightwater")
    assert told.exit == Exit.IN_ORDER
    lines = (store.home.parent / "all" / "records.jsonl").read_bytes().splitlines()
    found = [json.loads(line)["salts"]["text"].encode() for line in lines if json.loads(line).get("text")]
    assert found
    return found


def test_where_facts_are_withheld_the_verdict_and_the_exit_code_are_no_pass(
    tmp_path: Path, ask: Callable[..., Said]
) -> None:
    said = _verified(tmp_path, ask, (FACT,))
    assert said.exit == Exit.OPEN
    last = said.out.strip().splitlines()[-1]
    assert last == "Verified in part: where some duties stand rests on facts that were withheld."
    assert "10 ◐ The position comes out again" in said.out
    assert "Withheld by northlight: “It is a trade secret.”" in said.out
    assert "· element.declared, 8 entries from 17 to 24: facts.power" in said.out
    assert "Verified." not in said.out


def test_a_script_hears_what_is_withheld_and_what_is_indeterminate(tmp_path: Path, ask: Callable[..., Said]) -> None:
    found = json.loads(_verified(tmp_path, ask, (FACT,), "--format", "json").out)
    assert (found["verified"], found["verified_in_part"]) == (False, True)
    assert found["steps"][9]["outcome"] == "partial"
    assert found["withheld"]["by"] == "northlight"
    assert found["withheld"]["records"][0] == {"entry": 17, "kind": "element.declared", "withheld": ["facts.power"]}
    assert "Z.7(a)" in found["indeterminate"]["electricity"]


def test_without_texts_and_files_a_bundle_is_verified_as_a_whole(tmp_path: Path, ask: Callable[..., Said]) -> None:
    said = _verified(tmp_path, ask, (Asked("text"), Asked("files")))
    assert said.exit == Exit.IN_ORDER
    assert said.out.strip().endswith("Verified.")
    assert "Withheld by northlight" in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "but not which"),
        (("--withhold", "everything"), "does not say what to withhold"),
        (("--withhold", "policy.painted:text"), "is no kind"),
        (("--withhold", "policy.issued:facts.colour"), "has no facts.colour"),
        (("--withhold", "policy.issued:text.colour"), "has no text.colour"),
        (("--withhold", "deadbeef00:text"), "No record that is chosen has deadbeef00:text"),
        (("--withhold", "ledger.opened:facts"), "are never withheld"),
    ],
)
def test_what_cannot_be_withheld_is_refused_and_nothing_is_written(
    words: tuple[str, ...], told: str, brightwater_store: Terminal, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = brightwater_store.enter(
        "bundle", "build", str(out), "--licensee", "brightwater", "--because", "A test.", *words
    )
    assert said.exit in (Exit.USAGE, Exit.DATA)
    assert told in " ".join(said.err.split())
    assert not out.exists()


def test_nothing_is_withheld_without_a_reason(brightwater_store: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = brightwater_store.enter("bundle", "build", str(out), "--licensee", "brightwater", "--withhold-texts")
    assert said.exit == Exit.DATA
    assert "--because" in said.err
    assert not out.exists()


def test_what_is_withheld_from_a_ledger_of_the_store_is_nowhere_in_the_bundle(
    brightwater_store: Terminal, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("--withhold-texts", "--withhold-files", "--because", "A test.")
    said = brightwater_store.enter("bundle", "build", str(out), "--licensee", "brightwater", *words)
    assert said.exit == Exit.IN_ORDER, said.err
    lines = [json.loads(line) for line in (out / "records.jsonl").read_bytes().splitlines()]
    assert not any(line.get("text") for line in lines)
    assert not any((out / "records.jsonl").read_bytes().count(salt) for salt in _text_salts(brightwater_store))
    assert any("text" in line.get("withheld", {}) for line in lines)
    assert not (out / "files").exists()
