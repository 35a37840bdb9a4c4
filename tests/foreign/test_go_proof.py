"""Go checks a proof that was taken along, from its own text alone, and refuses one with anything altered."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from meterward.core.ledger.notes import ED25519
from tests.builders.northlight import SMALL, maker
from tests.builders.proofs import PLACE, file, taken

if TYPE_CHECKING:
    from tests.foreign.golang import Go


def keys() -> list[str]:
    """The key of the log that Go knows how to use."""
    return [str(key) for key in maker(SMALL).policy().logs if key.type == ED25519]


@pytest.mark.parametrize("place", [0, PLACE, SMALL])
def test_go_finds_the_entry_in_the_log(go: Go, place: int) -> None:
    found = go.ask("take along", note=file(place), keys=keys())
    assert b64decode(found["leaf"]) == taken(place).leaf


def test_go_refuses_what_was_altered_as_we_do(go: Go) -> None:
    proof, other = taken(), taken(PLACE + 1)
    for changed in (
        proof._replace(leaf=proof.leaf + b" "),
        proof._replace(leaf=other.leaf),
        proof._replace(place=PLACE + 1),
        proof._replace(path=proof.path[1:]),
        proof._replace(path=other.path),
    ):
        assert go.why("take along", note=str(changed).encode(), keys=keys()) == "invalid transparency proof"
