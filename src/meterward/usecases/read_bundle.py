"""Read what a bundle holds, each part by itself: its files, its log, its records. Nothing is believed unread."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.base.days import plural
from meterward.core.bundle.entries import Entries
from meterward.core.bundle.manifest import MANIFEST, NOTE, is_part
from meterward.core.bundle.steps import Found, failed, passed
from meterward.core.ledger.tiles import Tile, new_bundles, tiles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.usecases.ports import Bundle

LONGEST_LINE = 1_048_576
_MOST_READ = 64 * 2**20
"""A file that is read whole, such as the manifest, has so many bytes at most."""
_PIECE = 2**20
_MOST_NAMED = 20


def read_whole(bundle: Bundle, name: str, most: int = _MOST_READ) -> bytes:
    """A file that is small; empty if it is not there, or is not small."""
    try:
        if bundle.size(name) > most:
            return b""
    except KeyError:
        return b""
    with bundle.open(name) as file:
        return file.read()


def check_files(bundle: Bundle, manifest: Manifest) -> Found:
    """Whether the files of a bundle are those of its manifest, to the last bit, and there are no others."""
    there, said = set(bundle.names()) - {MANIFEST, NOTE}, set(manifest.files)
    wrong = [f"{name}, which is missing" for name in sorted(said - there)]
    wrong += [f"{name}, which the manifest does not name" for name in sorted(there - said)]
    changed = (name for name in sorted(said & there) if not _is_kept(bundle, name, manifest))
    wrong += [f"{name}, which was changed" for name in changed]
    wrong += [f"{name}, which is nothing that a bundle has" for name in sorted(said & there) if not is_part(name)]
    if wrong:
        first, more = wrong[:_MOST_NAMED], len(wrong) - _MOST_NAMED
        says = f"{plural(len(wrong), 'file')} {'is' if len(wrong) == 1 else 'are'} not as the signed manifest says."
        return failed(says, *first, *([f"and {more:,} more"] if more > 0 else []))
    return passed(f"{len(said):,} files, each as the signed manifest says.")


def read_entries(bundle: Bundle, checkpoint: Checkpoint, tell: Callable[[int, int], None]) -> tuple[Found, Entries]:
    """The entries of the log, compared with its tiles and with its checkpoint."""
    entries = Entries()
    for part in new_bundles(0, checkpoint.size):
        tile = Tile(0, part.index, part.width)
        entries.take(part, read_whole(bundle, part.path), read_whole(bundle, tile.path))
        # A checkpoint can say any size, and what is not there cannot be looked for so many times.
        if len(entries.wrong) >= _MOST_NAMED:
            return failed("The entries and the tiles do not belong together.", *entries.wrong[:_MOST_NAMED]), entries
        tell(entries.size, checkpoint.size)
    entries.check_above(lambda tile: read_whole(bundle, tile.path))
    more = _more_of_log(bundle, checkpoint.size)
    if entries.wrong or more:
        return failed("The entries and the tiles do not belong together.", *entries.wrong[:_MOST_NAMED], *more), entries
    if entries.tree.root() != checkpoint.root or entries.size != checkpoint.size:
        return failed("The entries do not come to the root that was signed."), entries
    if entries.disordered:
        says = "Entries run backwards in time, or are not numbered one after the other."
        return failed(says, *entries.disordered[:_MOST_NAMED]), entries
    return passed(f"All {entries.size:,} entries come to the root that was signed, in their order."), entries


def lines_of(bundle: Bundle, name: str) -> Iterator[bytes]:
    """The lines of a file of a bundle, without line feeds; one that is too long is cut, which its digest gives away."""
    with bundle.open(name) as file:
        while line := file.readline(LONGEST_LINE + 1):
            yield line.removesuffix(b"\n")


def _is_kept(bundle: Bundle, name: str, manifest: Manifest) -> bool:
    kept = manifest.files[name]
    return bundle.size(name) == kept.size and digest_of(bundle, name) == kept.sha256


def digest_of(bundle: Bundle, name: str) -> str:
    """The SHA-256 of a file, in hex."""
    found = sha256()
    with bundle.open(name) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _more_of_log(bundle: Bundle, size: int) -> list[str]:
    """What lies among the files of the log and is none of a log of this size."""
    own = {tile.path for tile in tiles_of(size)} | {part.path for part in new_bundles(0, size)}
    return [name for name in bundle.names() if name.startswith("tile/") and name not in own][:_MOST_NAMED]
