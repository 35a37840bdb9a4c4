"""Bundles verified anywhere, with what the reader brings along; no store is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meterward import wiring
from meterward.adapters import cores
from meterward.adapters.bundles import open_bundle
from meterward.adapters.certificates import certificates_in
from meterward.adapters.memory import at_rest
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import CHECKPOINT
from meterward.core.ledger.notes import read_note
from meterward.core.ledger.policy import Policy, read_policy
from meterward.usecases.read_bundle import read_whole
from meterward.usecases.read_ledger import one_by_one
from meterward.usecases.verify_bundle import Verification, Verifier, verify_bundle
from meterward.usecases.verify_time import Trusted
from meterward.wiring.recomputing import recompute

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.ports import Bundle

_LONGEST_POLICY = 1_000_000
_EARLIER = "Name a bundle, or a file with a checkpoint, that you were given before."


class Own(NamedTuple):
    """What the reader of a bundle brings along, which never comes from it: files of the reader's own."""

    policy: Path
    certificates: Path | None = None
    """Of those whom the reader believes about time."""
    time_required: bool = False
    since: Path | None = None
    """A bundle, or a checkpoint, that the reader had before."""


def verify(
    path: Path, own: Own, tell: Callable[[str, int, int], None], *, served: bool = False
) -> Verification | Problem:
    """Verify a bundle, step by step; and, if an earlier one is there, that it goes on from that.

    A process that serves pages, and goes on after it, starts no others for it.
    """
    trusted = policy_in(own.policy)
    if isinstance(trusted, Problem):
        return trusted
    roots = certificates_in(own.certificates) if own.certificates else ()
    if isinstance(roots, Problem):
        return roots
    bundle = open_bundle(path)
    if isinstance(bundle, Problem):
        return bundle
    earlier = _earlier(own.since) if own.since else None
    if isinstance(earlier, Problem):
        return earlier
    packs = {pack.digest: name for name, pack in wiring.packs_here().items()}
    believed = Trusted(roots, own.time_required)
    read = one_by_one if served else cores.on_every_core
    verifier = Verifier(trusted, wiring.engine(), packs, read, recompute, tell, believed, earlier)
    return _every_step(bundle, verifier, for_good=not served)


def policy_in(path: Path) -> Policy | Problem:
    """The policy in a file of the reader's own."""
    try:
        with path.open("rb") as file:
            return read_policy(file.read(_LONGEST_POLICY))
    except OSError as error:
        hint = "Name the file with the keys of those whom you trust; it never comes with what is verified by it."
        return Problem(Code.FILE_MISSING, f"The policy “{path}” cannot be read: {error.strerror}.", hint)


def _every_step(bundle: Bundle, verifier: Verifier, *, for_good: bool) -> Verification | Problem:
    try:
        with at_rest(for_good=for_good):
            return verify_bundle(bundle, verifier)
    except OSError as error:
        hint = "Nothing was verified. See that nobody changes it, copy it to a place of your own, and verify it again."
        return Problem(Code.FILE_UNREADABLE, f"The bundle cannot be read to its end: {error.strerror or error}.", hint)


def _earlier(path: Path) -> bytes | Problem:
    """The checkpoint of an earlier bundle, or the one that is in a file by itself. Nothing in it is believed here."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                data = file.read(_LONGEST_POLICY)
            if read_note(data):
                return data
    except OSError as error:
        return Problem(Code.FILE_MISSING, f"“{path}” cannot be read: {error.strerror}.", _EARLIER)
    bundle = open_bundle(path)
    return bundle if isinstance(bundle, Problem) else read_whole(bundle, CHECKPOINT)
