"""A licensee in memory that publishes checkpoints of its ledger and asks witnesses about them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from meterward.adapters.in_memory.checkpoints import MemoryCheckpoints
from meterward.core.ledger.checkpoints import Said
from meterward.usecases.name_log import log_keys
from meterward.usecases.prove_record import Proving
from meterward.usecases.publish_checkpoint import Publication, Publisher
from meterward.wiring import example
from tests.builders.bundles import DAY, Maker
from tests.builders.witnesses import TIME, asked, reaching, witness

if TYPE_CHECKING:
    from meterward.usecases.cosign_checkpoints import Witness

LEDGER = "northlight"


@cache
def lines() -> list[dict[str, Any]]:
    """The first lines of the example."""
    told = [json.loads(line) for line in example(LEDGER, DAY).splitlines()[:30]]
    return [{name: part for name, part in line.items() if name != "id"} for line in told]


@dataclass
class Desk:
    """A licensee that publishes, and the witnesses that it asks."""

    maker: Maker = field(default_factory=lambda: Maker(lines()[:20]))
    kept: MemoryCheckpoints = field(default_factory=MemoryCheckpoints)
    left: list[dict[str, Any]] = field(default_factory=lambda: lines()[20:])

    @property
    def publisher(self) -> Publisher:
        """What publishes."""
        return Publisher(self.maker.ledgers, self.maker.keys, self.kept, Proving(self.maker.ledgers), lambda: TIME)

    def grow(self, count: int = 1) -> None:
        """Append more."""
        for _ in range(count):
            line = self.left.pop(0)
            self.maker.append([{name: part for name, part in line.items() if name != "recorded"}])

    def publish(self) -> Said:
        """Publish."""
        found = self.publisher.publish(LEDGER)
        assert isinstance(found, Said), found
        return found

    def ask(self, *witnesses: Witness) -> Publication:
        """Publish, and ask."""
        found = self.publisher.ask(LEDGER, [asked(one) for one in witnesses], reaching(*witnesses))
        assert isinstance(found, Publication), found
        return found

    def witness(self, number: int = 1) -> Witness:
        """A witness that knows the log."""
        return witness(*log_keys(self.maker.origin, self.maker.keys.of_log(LEDGER)), name=f"witness.example/w{number}")


def sizes(desk: Desk) -> list[int]:
    """The sizes of what was published."""
    return [one.size for one in desk.kept.all(LEDGER)]


def cosigners(said: Said) -> list[str]:
    """Who cosigned a checkpoint, once for each."""
    return sorted({one.name for one in said.note.signatures} - {said.checkpoint.origin})
