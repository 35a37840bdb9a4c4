"""An import that tells the system in several entries is told as a whole, or not at all: killed, or on a full disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.failures.kills import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.failures.kills import Campaign

ELEMENTS = 4_000
LEAST = 4
HEAD = "id,name,categories,operator,power,in service\n"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command that imports elements enough for two entries."""
    file = tmp_path_factory.mktemp("files") / "elements.csv"
    rows = (f"e{place},{'long name ' * 11}{place},network,licensee,within,2013-03-04\n" for place in range(ELEMENTS))
    file.write_text(HEAD + "".join(rows))
    return "system", "import", str(file), "--as", "security"


@pytest.fixture(scope="module")
def signing(campaign: Campaign) -> Path:
    """A home with a ledger in which the key that signs stands already: it is an entry of its own, before all others."""
    home = campaign.folder / "signing"
    shutil.copytree(campaign.begun(), home)
    campaign.checked(home, None, 1)
    return home


@pytest.fixture(scope="module")
def whole(campaign: Campaign, signing: Path, words: tuple[str, ...]) -> int:
    """How many entries tell all of it."""
    home = campaign.folder / "whole"
    shutil.copytree(signing, home)
    before = campaign.checked(home)["size"]
    done = run(campaign.nursery, home, *words, "--licensee", "harbour")
    assert done["exit"] == 0, done["said"]
    entries = int(campaign.checked(home)["size"]) - int(before)
    assert entries > 1
    return entries


def told_after(campaign: Campaign, home: Path, before: dict[str, Any], words: tuple[str, ...]) -> int:
    """How many entries an import has left, once the same import was made again and says the same."""
    left = int(campaign.checked(home, before)["size"]) - int(before["size"])
    again = run(campaign.nursery, home, *words, "--licensee", "harbour")
    assert again["exit"] == 0, again["said"]
    return left


def test_who_is_killed_while_importing_has_told_all_of_it_or_nothing(
    campaign: Campaign, signing: Path, words: tuple[str, ...], whole: int
) -> None:
    killed, seen = campaign.killed, set[int]()
    for number in range(5 * LEAST):
        if number >= LEAST and campaign.killed > killed:
            break
        home = campaign.folder / f"import-{number}"
        shutil.copytree(signing, home)
        before = campaign.checked(home)
        campaign.kill(campaign.nursery.fork("commanding", home, words=list(words)), 1.5)
        seen.add(told_after(campaign, home, before, words))
        assert int(campaign.checked(home, before)["size"]) - int(before["size"]) == whole
        shutil.rmtree(home)
    assert campaign.killed > killed
    assert seen <= {0, whole}


@pytest.mark.parametrize("limit", [50_000, 1_000_000])
def test_a_disk_that_fills_while_importing_leaves_nothing_told(
    campaign: Campaign, signing: Path, words: tuple[str, ...], whole: int, limit: int
) -> None:
    home = campaign.folder / f"squeezed-{limit}"
    shutil.copytree(signing, home)
    before = campaign.checked(home)
    found = campaign.nursery.fork("squeezed", home, words=list(words), limit=limit).result()
    assert found["exit"] != 0, found["said"]
    assert told_after(campaign, home, before, words) == 0
    assert int(campaign.checked(home, before)["size"]) - int(before["size"]) == whole
