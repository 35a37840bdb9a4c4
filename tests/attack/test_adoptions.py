"""A law pack that nobody has cannot have been adopted: its parameters would be passed over in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from meterward.core.records.story import Teller
from tests.builders.brightwater import one, opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said


@pytest.mark.parametrize(
    ("pack", "version", "code"),
    [("condition_z_2012", 1, None), ("condition_z_2012", 99, "pack.unknown"), ("condition_z", 1, "pack.unknown")],
)
@pytest.mark.parametrize("command", [["records", "check"], ["position"]])
def test_only_a_pack_that_is_here_is_adopted(
    command: list[str], pack: str, version: int, code: str | None, tmp_path: Path, ask: Callable[..., Said]
) -> None:
    adopted = one("pack.adopted", "2013-02-01", "licensee", facts={"pack": pack, "pack_version": version})
    path = tmp_path / "ledger.jsonl"
    lines = Teller("brightwater", ["electricity", "gas"]).tell([*opening(), adopted])
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    said = ask(*command, path, "--format", "json")
    problems = said.json.get("problems", [])
    assert [one["code"] for one in problems] == ([code] if code else [])
    assert (said.exit == Exit.DATA) is bool(code)
