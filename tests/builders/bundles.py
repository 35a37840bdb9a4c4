"""A small bundle of a ledger that is signed: built once, to be verified and tampered with."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Self

from meterward import wiring
from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.adapters.in_memory.ledgers import MemoryLedgers
from meterward.core.base.canonical import canonical
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import MANIFEST, NOTE, FileKept, Manifest, read_manifest
from meterward.core.bundle.trust import sign_manifest
from meterward.core.ledger.checkpoints import Checkpoint, attest, origin_of
from meterward.core.ledger.notes import ED25519, ML_DSA_44, Note, NoteKey
from meterward.core.ledger.policy import Policy, read_policy
from meterward.law.pack import DEFAULT
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.build_bundle import Source, build_bundle
from meterward.usecases.introduce_key import Introduction, key_line
from meterward.usecases.read_ledger import Loaded, one_by_one
from meterward.usecases.select_records import Chosen, select_records
from meterward.usecases.sign_statements import Signers
from meterward.usecases.verify_bundle import Verification, Verifier, verify_bundle
from meterward.usecases.withhold import Asked, Withholder
from meterward.wiring.recomputing import receipts_shown, recompute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from types import TracebackType

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Pack

DAY = AS_AT = date(2018, 1, 1)
CONTENT = b"What was attached, word for word."


@dataclass(slots=True)
class MemoryBundle:
    """See `Bundle` and `Sink`: files in memory."""

    files: dict[str, bytes] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """See `Bundle.names`."""
        return tuple(sorted(self.files))

    def size(self, name: str) -> int:
        """See `Bundle.size`."""
        return len(self.files[name])

    def open(self, name: str) -> BinaryIO:
        """See `Bundle.open`."""
        return io.BytesIO(self.files[name])

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """See `Sink.put`."""
        self.files[name] = b"".join(pieces)

    def __enter__(self) -> Self:
        """See `Sink`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See `Sink`."""

    def changed(self, name: str, data: bytes | None) -> MemoryBundle:
        """The same with another file, or without it."""
        files = {one: kept for one, kept in self.files.items() if one != name}
        return MemoryBundle(files if data is None else {**files, name: data})


class Maker:
    """A ledger in memory that somebody keeps, with its keys: whatever a licensee can do, honest or not."""

    def __init__(self, lines: Sequence[Mapping[str, Json]], ledger: str = "northlight") -> None:
        """Enter some lines, each signed, and then the key."""
        self.ledger, self.keys = ledger, MemoryKeys()
        self.write(lines)

    def write(self, lines: Sequence[Mapping[str, Json]]) -> None:
        """Begin the ledger with some lines, by the keys that there are: whoever has these can begin it again."""
        ledger = self.ledger
        self.ledgers = MemoryLedgers(lambda: f"{DAY}T12:00:00Z")
        self.signers = Signers(self.ledgers, self.keys)
        self.ledgers.open(ledger)
        self.append(lines, keep_recorded=True)
        head = self.ledgers.head(ledger)
        assert head
        new = Introduction(head.keeper, self.keys.first(head.keeper).public)
        self.append([key_line(self.ledgers, head, new, DAY, "0" * 32)])

    def append(self, lines: Sequence[Mapping[str, Json]], *, keep_recorded: bool = False) -> None:
        """Enter lines that are in order."""
        order = Order(lines, keep_recorded=keep_recorded)
        done = append_records(self.ledgers, self.ledger, order, lambda _: (), self.signers.sign)
        assert isinstance(done, Appended), done

    def bundle_lines(self) -> list[dict[str, Json]]:
        """The lines of the ledger as somebody else could enter them: without what this one added."""
        kept = ("id", "signatures")
        lines = (
            {name: part for name, part in line.items() if name not in kept} for line in self.ledgers.lines(self.ledger)
        )
        return [line for line in lines if "key.introduced" not in str(line["statement"])]

    @property
    def origin(self) -> str:
        """What the log is called."""
        return origin_of(self.ledger, self.keys.of_log(self.ledger).ed25519.public)

    def policy(self) -> Policy:
        """Whom somebody trusts who trusts this log."""
        log = self.keys.of_log(self.ledger)
        keys = (
            NoteKey(self.origin, ED25519, log.ed25519.public),
            NoteKey(self.origin, ML_DSA_44, log.ml_dsa_44.public),
        )
        found = read_policy(("".join(f"log {key}\n" for key in keys) + "quorum none\n").encode())
        assert isinstance(found, Policy)
        return found

    def checkpoint(self, size: int, root: bytes) -> Note:
        """A checkpoint that the log signs."""
        log, checkpoint = self.keys.of_log(self.ledger), Checkpoint(self.origin, size, root)
        signatures = (
            attest(checkpoint, self.origin, ED25519, log.ed25519),
            attest(checkpoint, self.origin, ML_DSA_44, log.ml_dsa_44, 1_500_000_000),
        )
        return Note(str(checkpoint), signatures)

    def sign(self, manifest: bytes) -> Note:
        """A manifest that the log signs."""
        return sign_manifest(manifest, self.ledger, self.origin, self.keys.of_log(self.ledger).ed25519)

    def bundle(
        self, chosen: Chosen | None = None, kinds: Collection[str] = (), withheld: Sequence[Asked] = ()
    ) -> MemoryBundle:
        """A bundle of the whole ledger, or of what is chosen, without what is withheld."""
        head, sink, pack = self.ledgers.head(self.ledger), MemoryBundle(), law()
        assert head
        root = self.ledgers.root(self.ledger, head.size)
        records = list(self.ledgers.records(self.ledger))
        places = select_records(records, chosen or Chosen(), kinds)
        assert not isinstance(places, Problem), places
        withholder = Withholder(withheld, "It is a trade secret.")
        if withheld:
            assert withholder.look(lambda: self.ledgers.lines(self.ledger), places.__contains__) is None
        loaded = Loaded(head.keeper, records, head.size, root)
        receipts = receipts_shown(loaded, withholder.hidden, pack, AS_AT)
        assert isinstance(receipts, list), receipts
        note = self.checkpoint(head.size, bytes.fromhex(root))
        source = Source(
            lambda: self.ledgers.lines(self.ledger),
            note,
            places.__contains__,
            _content,
            self.sign,
            shown=withholder.shown,
        )
        said = (chosen or Chosen()).said()
        engine, day = wiring.engine(), AS_AT.isoformat()
        told = withholder.told(head.keeper) if withheld else None
        made = tuple(receipts)
        manifest = Manifest(self.ledger, head.keeper, head.size, said, day, engine, pack.digest, made, withheld=told)
        build_bundle(source, manifest, sink)
        return sink

    def verify(self, bundle: MemoryBundle, policy: Policy | None = None) -> Verification:
        """What somebody finds who trusts this log."""
        packs = {law().digest: law().name}
        return verify_bundle(bundle, Verifier(policy or self.policy(), wiring.engine(), packs, one_by_one, recompute))


def resigned(bundle: MemoryBundle, by: Maker) -> MemoryBundle:
    """A bundle whose manifest was made anew for what is in it now, and signed: what a dishonest licensee would do."""
    manifest = read_manifest(bundle.files[MANIFEST])
    assert manifest
    files = {
        name: FileKept(len(data), sha256(data).hexdigest())
        for name, data in bundle.files.items()
        if name not in (MANIFEST, NOTE)
    }
    said = json.loads(bundle.files[MANIFEST]) | {"files": {name: list(kept) for name, kept in files.items()}}
    written = canonical(said) + b"\n"
    return bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode())


def law() -> Pack:
    """The law pack."""
    return wiring.packs_here()[DEFAULT]


def _content(digest: str) -> list[bytes] | None:
    return [CONTENT] if digest == sha256(CONTENT).hexdigest() else None
