"""Bundles of some of the records: what is chosen, what is refused, and what a reader is told of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from meterward.usecases.select_records import Chosen
from meterward.usecases.withhold import Asked
from tests.builders.northlight import LARGE, maker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.bundles import MemoryBundle
    from tests.builders.terminal import Said, Terminal

OF = ("--licensee", "brightwater")
NOBODY_CAN_TELL = "Where the duties stand, nobody can tell from some of the records."


def _built(store: Terminal, out: Path, *words: str) -> str:
    said = store.enter("bundle", "build", out, *OF, *words)
    return f"{said.exit} {' '.join((said.out + said.err).split())}"


def _read(folder: Path, bundle: MemoryBundle, ask: Callable[..., Said], count: int = LARGE) -> Said:
    for name, data in bundle.files.items():
        path = folder / "bundle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    policy = folder / "policy"
    policy.write_text("".join(f"log {key}\n" for key in maker(count).policy().logs) + "quorum none\n")
    return ask("bundle", "verify", folder / "bundle", "--policy", policy)


def test_a_clause_takes_in_those_beneath_it(brightwater_store: Terminal, tmp_path: Path) -> None:
    told = _built(brightwater_store, tmp_path / "some", "--clause", "Z.14")
    assert told.startswith(f"{Exit.IN_ORDER} Written:")
    assert " of " in told
    kinds = (tmp_path / "some" / "records.jsonl").read_text()
    assert '"kind":"auditor.recognised"' in kinds or '"kind":"audit.' in kinds
    assert "incident.recorded" not in kinds


def test_how_much_of_the_ledger_was_written_is_told(brightwater_store: Terminal, tmp_path: Path) -> None:
    told = _built(brightwater_store, tmp_path / "all")
    count = len((tmp_path / "all" / "records.jsonl").read_bytes().splitlines())
    assert f"all {count:,} records" in told
    few = _built(brightwater_store, tmp_path / "few", "--subject", "policy/1")
    some = len((tmp_path / "few" / "records.jsonl").read_bytes().splitlines())
    assert 0 < some < count
    assert f"{some:,} of {count:,} records" in few


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--clause", "Z.99"), "has no clause “Z.99”"),
        (("--subject", "audit/999"), "No record of the ledger is what was chosen."),
        (("--first", "2150-01-01"), "No record of the ledger is what was chosen."),
    ],
)
def test_a_choice_of_nothing_is_refused_and_nothing_is_written(
    words: tuple[str, ...], told: str, brightwater_store: Terminal, tmp_path: Path
) -> None:
    said = _built(brightwater_store, tmp_path / "none", *words)
    assert said.startswith(str(int(Exit.DATA)))
    assert told in said
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["all.zip", "all.tar.gz", "all.tgz"])
def test_a_folder_never_bears_the_name_of_another_archive(
    name: str, brightwater_store: Terminal, tmp_path: Path
) -> None:
    said = _built(brightwater_store, tmp_path / name)
    assert f"“{name}” is neither" in said
    assert not (tmp_path / name).exists()


def test_a_selection_is_never_called_verified_without_saying_that_it_is_one(
    tmp_path: Path, ask: Callable[..., Said]
) -> None:
    said = _read(tmp_path, maker(LARGE).bundle(Chosen(subject="policy/1")), ask)
    assert said.exit == Exit.IN_ORDER
    last = said.out.strip().splitlines()[-1]
    assert last.startswith("Verified: ")
    assert last.endswith(f" of {LARGE + 1} records. {NOBODY_CAN_TELL}"), "with the one that tells of the key"


def test_a_selection_of_which_facts_are_withheld_says_so_at_the_end(tmp_path: Path, ask: Callable[..., Said]) -> None:
    asked = (Asked("facts", "power", "element.declared"),)
    said = _read(tmp_path, maker(LARGE).bundle(Chosen(), ["element.declared"], asked), ask)
    assert said.out.strip().splitlines()[-1].startswith("Verified in part"), "all of it, to compare with"
    chosen = maker(LARGE).bundle(Chosen(clause="Z.4"), ["element.declared"], asked)
    last = _read(tmp_path / "some", chosen, ask).out.strip().splitlines()[-1]
    assert "of them facts are withheld, so that nobody can tell what they say." in last
    assert last.endswith(NOBODY_CAN_TELL)


def test_what_was_tampered_with_is_told_apart_with_what_to_do(tmp_path: Path, ask: Callable[..., Said]) -> None:
    whole = maker(LARGE).bundle()
    records = whole.files["records.jsonl"]
    damaged = whole.changed("records.jsonl", records + b"\n").changed("tile/0/000", None).changed("more.txt", b"!")
    said = _read(tmp_path, damaged, ask)
    assert said.exit == Exit.OPEN
    assert "3 files are not as the signed manifest says." in said.out
    assert "· tile/0/000, which is missing" in said.out
    assert "· more.txt, which the manifest does not name" in said.out
    assert "· records.jsonl, which was changed" in said.out
    assert said.out.strip().splitlines()[-1].startswith("Not verified: step 2 failed. Rely on nothing in it.")


def test_whoever_serves_the_example_is_told_where_its_store_is(brightwater_store: Terminal, tmp_path: Path) -> None:
    (tmp_path / "example").symlink_to(brightwater_store.home)
    said = brightwater_store.enter("ledger", "show", *OF, "--home", tmp_path)
    assert said.exit == Exit.NO_FILE
    assert "The example has a home of its own: name it with --home" in " ".join(said.err.split())
