"""What `ARCHITECTURE.md` says of imports is what the contracts in `pyproject.toml` hold."""

from __future__ import annotations

import re
import tomllib

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
