"""Bundles built from a ledger of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.adapters.bundles import misnamed, sink_at
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import Manifest
from meterward.core.bundle.trust import sign_manifest
from meterward.law.pack import DEFAULT
from meterward.usecases.build_bundle import Source, build_bundle
from meterward.usecases.find_clause import kinds_read_by
from meterward.usecases.read_ledger import Loaded
from meterward.usecases.select_records import Chosen, select_records
from meterward.usecases.withhold import Asked, Withholder
from meterward.wiring.recomputing import receipts_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from meterward.core.ledger.checkpoints import Said
    from meterward.core.obligations.law import Pack
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

_PIECE = 2**20


class Wanted(NamedTuple):
    """What bundle is wanted: of which ledger, with which records, with the position as at which day, and where."""

    licensee: str
    chosen: Chosen
    as_at: date
    out: Path
    withheld: tuple[Asked, ...] = ()
    because: str = ""
    """Why anything is withheld."""


def build(
    home: Path, wanted: Wanted, tell: Callable[[int, int], None], warn: Callable[[str], None]
) -> Manifest | Problem:
    """Build a bundle of a ledger of the store in a home; it is there as a whole, or not at all.

    Its checkpoint is published first. Whoever builds it is warned where a witness did not cosign that.
    """
    if wrong := misnamed(wanted.out):
        return wrong
    from meterward.wiring.publishing import published_for  # noqa: PLC0415 - verifying needs no store
    from meterward.wiring.store import head_of, within  # noqa: PLC0415 - the same

    def made(store: Installation) -> Manifest | Problem:
        from meterward.wiring.entering import introduce_first_key  # noqa: PLC0415 - rows can be loaded only here
        from meterward.wiring.keeping import ready  # noqa: PLC0415 - the same

        head = head_of(store.ledgers, wanted.licensee)
        if not isinstance(head, Problem):
            head = ready(store, head.ledger) or introduce_first_key(head.ledger) or head_of(store.ledgers, head.ledger)
        if isinstance(head, Problem):
            return head
        published = published_for(store, head.ledger, warn)
        return published if isinstance(published, Problem) else _build(store, head, published, wanted, tell)

    return within(home, made)


def _build(
    store: Installation, head: Head, published: Said, wanted: Wanted, tell: Callable[[int, int], None]
) -> Manifest | Problem:
    pack = wiring.load_pack(DEFAULT)
    if isinstance(pack, Problem):
        return pack
    head = replace(head, size=published.checkpoint.size)
    records = list(store.ledgers.records(head.ledger, 0, head.size))
    loaded = Loaded(head.keeper, records, head.size, published.checkpoint.root.hex())
    found = _chosen(store, head, wanted, pack, loaded.records)
    if isinstance(found, Problem):
        return found
    places, withholder = found
    receipts = receipts_shown(loaded, withholder.hidden, pack, wanted.as_at)
    if isinstance(receipts, str):
        return Problem(Code.PACK_INVALID, receipts, "“meterward records check” says what is wrong with the records.")
    log = store.keys.of_log(head.ledger)
    source = Source(
        lambda: store.ledgers.lines(head.ledger, 0, head.size),
        published.note,
        places.__contains__,
        lambda digest: _pieces(store, head.ledger, digest),
        lambda manifest: sign_manifest(manifest, head.ledger, published.checkpoint.origin, log.ed25519),
        tell,
        withholder.shown,
    )
    told = withholder.told(head.keeper) if wanted.withheld else None
    manifest = replace(_manifest(head, wanted), pack=pack.digest, receipts=tuple(receipts), withheld=told)
    try:
        with sink_at(wanted.out) as sink:
            return build_bundle(source, manifest, sink)
    except FileExistsError:
        hint = "Choose another place: a bundle is never written over what is there."
        return Problem(Code.FILE_UNWRITABLE, f"“{wanted.out}” is there already.", hint)
    except OSError as error:
        hint = "Choose another place, in a folder that is there and has room."
        return Problem(Code.FILE_UNWRITABLE, f"“{wanted.out}” cannot be written: {error.strerror or error}.", hint)


def _chosen(
    store: Installation, head: Head, wanted: Wanted, pack: Pack, records: Sequence[Record[Any]]
) -> tuple[Collection[int], Withholder] | Problem:
    """The places of the records that are wanted, and what of them is withheld; or why that cannot be."""
    kinds = kinds_read_by(pack, wanted.chosen.clause) if wanted.chosen.clause else frozenset[str]()
    places = kinds if isinstance(kinds, Problem) else select_records(records, wanted.chosen, kinds)
    if isinstance(places, Problem):
        return places
    withholder = _withholder(store, head, wanted, places)
    return withholder if isinstance(withholder, Problem) else (places, withholder)


def _withholder(store: Installation, head: Head, wanted: Wanted, places: Collection[int]) -> Withholder | Problem:
    """What is withheld from a bundle with the records at some places; or why it cannot be."""
    found = Withholder(wanted.withheld, wanted.because)
    if not wanted.withheld and not wanted.because:
        return found
    return found.look(lambda: store.ledgers.lines(head.ledger, 0, head.size), places.__contains__) or found


def _manifest(head: Head, wanted: Wanted) -> Manifest:
    """What a bundle says of itself, but for the law and what came out by it."""
    chosen, day = wanted.chosen.said(), wanted.as_at.isoformat()
    return Manifest(head.ledger, head.keeper, head.size, chosen, day, wiring.engine(), "")


def _pieces(store: Installation, ledger: str, digest: str) -> Iterator[bytes] | None:
    """A file that was kept for a ledger, or for none, as tokens of time stamps are.

    Whoever knows the digest of a file of another organisation could name it in a record, and have it in a bundle.
    """
    if not store.uploads.get(ledger, digest) and store.uploads.known([digest]):
        return None
    file = store.blobs.open(digest)
    return _read(file) if file else None


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")
