"""What `ARCHITECTURE.md` says of imports is what the contracts hold, and maps name what is there."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.docs.generate import ROOT

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def layers(name: str) -> list[str]:
    """The lines of the fenced block of that name."""
    found = re.search(rf"^```{name}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"ARCHITECTURE.md has no block “{name}”"
    return found[1].splitlines()


def contract(identity: str) -> list[str]:
    """The layers of a contract, without the marks of those that may be absent."""
    return [re.sub(r"[()]", "", layer) for layer in CONTRACTS[identity]["layers"]]


def test_the_layers_are_those_of_the_contract() -> None:
    assert layers("layers") == contract("rungs")


def test_the_layers_of_core_are_those_of_the_contract() -> None:
    assert layers("layers core") == contract("core")


def mapped(name: str) -> list[str]:
    """Every folder and module that the map in a document names, by its path from the root."""
    found: list[str] = []
    above: dict[int, str] = {}
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    block = next(block for block in blocks if "src/" in block)
    for line in block.splitlines():
        depth = len(line) - len(line.lstrip())
        inside = max((one for one in above if one < depth), default=None)
        above = {one: path for one, path in above.items() if one < depth}
        above[depth] = (above[inside] if inside is not None else "") + line.split()[0]
        found.append(above[depth])
    return found


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_what_a_map_names_is_there(name: str) -> None:
    paths = mapped(name)
    assert len(paths) >= 10
    assert [path for path in paths if not list(ROOT.glob(path.replace("<pack>", "*")))] == []
