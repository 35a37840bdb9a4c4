"""Build a bundle: the log of a ledger, some of its records or all, and what it takes to check them offline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.base.canonical import Json, canonical
from meterward.core.bundle.manifest import CHECKPOINT, FILES, MANIFEST, NOTE, PROOFS, RECORDS, FileKept
from meterward.core.ledger.proof_text import Proof
from meterward.core.ledger.proofs import inclusion
from meterward.core.ledger.tiles import HEIGHT, WIDTH, EntryBundle, Tile, TileNodes, expand, pack_entries
from meterward.core.ledger.tree import leaf_hash
from meterward.usecases.list_entries import entries_of
from meterward.usecases.withhold import files_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.notes import Note
    from meterward.usecases.ports import Sink

_TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """What a bundle is made of. `lines` gives the lines of the ledger up to its checkpoint, as often as it is asked."""

    lines: Callable[[], Iterable[Mapping[str, Json]]]
    checkpoint: Note
    chosen: Callable[[int], bool]
    """Whether the record at an index goes into the bundle."""
    file: Callable[[str], Iterable[bytes] | None]
    """The content of an attached file by its digest; None if it is not there."""
    sign: Callable[[bytes], Note]
    """Signs a manifest."""
    tell: Callable[[int, int], None] = lambda _done, _total: None
    shown: Callable[[Mapping[str, Json]], Mapping[str, Json]] = lambda line: line
    """A line as it is shown: without what is withheld."""


def build_bundle(source: Source, manifest: Manifest, sink: Sink) -> Manifest:
    """Put a bundle together. What it says of its files is added to the manifest, which comes last but for its note."""
    building = _Building(source, manifest, sink)
    building.log()
    building.records()
    building.files()
    building.put(CHECKPOINT, [str(source.checkpoint).encode()])
    return building.close()


@dataclass(slots=True)
class _Building:
    source: Source
    manifest: Manifest
    sink: Sink
    kept: dict[str, FileKept] = field(default_factory=dict)
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    digests: dict[str, None] = field(default_factory=dict)
    """Of the files that the chosen records name."""
    proved: dict[int, bytes] = field(default_factory=dict)
    """The leaves of the records that get a proof of their own."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        digest, size = sha256(), 0

        def passing() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                yield piece

        self.sink.put(name, passing())
        self.kept[name] = FileKept(size, digest.hexdigest())

    def log(self) -> None:
        """The entries, their tiles, and those above."""
        row = [self._tile(0, index, leaves) for index, leaves in enumerate(_full(self._leaves()))]
        level, above = 1, [digest for digest in row if digest]
        while above:
            row = [self._hashes(level, index, hashes) for index, hashes in enumerate(_full(above))]
            level, above = level + 1, [digest for digest in row if digest]

    def records(self) -> None:
        """The chosen records, a line each; and of each a proof of its own, if they are not all there."""
        self.put(RECORDS, self._lines())
        if not self.manifest.is_whole:
            nodes = TileNodes(lambda level, index, _width: self.tiles[level, index], self.manifest.size)
            for index in filter(self.source.chosen, range(self.manifest.size)):
                path = tuple(inclusion(index, self.manifest.size, nodes.node))
                proof = Proof(self.proved[index], index, path, self.source.checkpoint)
                self.put(f"{PROOFS}{index + 1}.tlog-proof", [str(proof).encode()])

    def files(self) -> None:
        """Every file that the chosen records name and that is there."""
        for digest in sorted(self.digests):
            pieces = self.source.file(digest)
            if pieces is not None:
                self.put(f"{FILES}{digest}", pieces)

    def close(self) -> Manifest:
        """The manifest of it all, and the note that signs it."""
        manifest = replace(self.manifest, files=dict(sorted(self.kept.items())))
        written = manifest.written()
        self.sink.put(MANIFEST, [written])
        self.sink.put(NOTE, [str(self.source.sign(written)).encode()])
        return manifest

    def _lines(self) -> Iterator[bytes]:
        for index, line in enumerate(self.source.lines()):
            if self.source.chosen(index):
                shown = self.source.shown(line)
                self.digests.update(dict.fromkeys(files_shown(shown)))
                yield canonical(dict(shown)) + b"\n"

    def _leaves(self) -> Iterator[bytes]:
        for entry in entries_of(self.source.lines()):
            leaf = entry.leaf()
            if not self.manifest.is_whole and self.source.chosen(entry.index):
                self.proved[entry.index] = leaf
            yield leaf
            if not entry.index % _TELL_EVERY:
                self.source.tell(entry.index, self.manifest.size)

    def _tile(self, level: int, index: int, leaves: Sequence[bytes]) -> bytes | None:
        self.put(EntryBundle(index, len(leaves)).path, [pack_entries(leaves)])
        return self._hashes(level, index, [leaf_hash(leaf) for leaf in leaves])

    def _hashes(self, level: int, index: int, hashes: Sequence[bytes]) -> bytes | None:
        """Put a tile of hashes; its own hash, if it is full."""
        data = self.tiles[level, index] = b"".join(hashes)
        self.put(Tile(level, index, len(hashes)).path, [data])
        return expand(data)[HEIGHT] if len(hashes) == WIDTH else None


def _full(items: Iterable[bytes]) -> Iterator[list[bytes]]:
    """As many at a time as a tile is wide."""
    some: list[bytes] = []
    for item in items:
        some.append(item)
        if len(some) == WIDTH:
            yield some
            some = []
    if some:
        yield some
