"""Be a witness: cosign checkpoints of the logs that are known, each only after all that was cosigned of it before.

What is cosigned is durable before anybody hears of it. It is kept as the note that was cosigned, so that the witness
knows by its own signatures whether it can rely on what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Verdict, attest, attested, read_claim
from meterward.core.ledger.notes import COSIGNATURE, ML_DSA_44, Note, NoteKey, Signature, read_note
from meterward.core.ledger.witness import Refusal, Seen, check_growth, check_signed, read_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.keys import Signer
    from meterward.core.ledger.policy import Policy
    from meterward.core.ledger.witness import Request
    from meterward.usecases.ports import LogSigners, Views

_DAMAGED = Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "What this witness cosigned before cannot be relied upon.")
_NOT_KEPT = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "This witness cannot keep what it would cosign.")


class View(NamedTuple):
    """What a witness last cosigned of a log, and the latest time that it did."""

    seen: Seen
    time: int = 0


@dataclass(slots=True)
class Witness:
    """A witness: its name and keys, the logs that it knows, what it cosigned of them, and a clock in seconds."""

    name: str
    signers: LogSigners
    known: Policy
    views: Views
    seconds: Callable[[], int]
    _lock: Lock = field(default_factory=Lock)

    def answer(self, body: bytes) -> str | Refusal:
        """The answer to a request: lines of cosignatures, or why there are none."""
        request = read_request(body)
        if isinstance(request, Refusal):
            return request
        refusal = check_signed(request, self.known)
        if refusal:
            return refusal
        # From looking at what was cosigned to keeping what is, nobody else may come between.
        with self._lock:
            view = self._view(request.checkpoint.origin)
            if view is None:
                return _DAMAGED
            refusal = check_growth(request, view.seen)
            return refusal or self._cosign(request, view)

    def shown(self, origin_digest: str) -> bytes | None:
        """The last note that was cosigned of the log whose origin has a SHA-256 (in hex), if there is one."""
        origin = next((one for one in self.origins if sha256(one.encode()).hexdigest() == origin_digest), None)
        if origin is None or self._view(origin) is None:
            return None
        return self.views.last(origin) or None

    def last(self, origin: str) -> Seen | None:
        """What was last cosigned of a log; None if that cannot be told."""
        view = self._view(origin)
        return view.seen if view else None

    def problem(self) -> Problem | None:
        """Why this witness cannot go on, if it cannot."""
        for origin in self.origins:
            if self._view(origin) is None:
                says = f"What this witness cosigned of “{origin}” was removed or damaged, or is not signed by its keys."
                return Problem(Code.WITNESS_UNUSABLE, says, _HINT)
        return None

    @property
    def origins(self) -> tuple[str, ...]:
        """The logs that it knows."""
        return tuple(dict.fromkeys(key.name for key in self.known.logs))

    @property
    def keys(self) -> tuple[NoteKey, ...]:
        """By which its cosignatures are verified."""
        return tuple(NoteKey(self.name, kind, signer.public) for kind, signer in self._kinds)

    @property
    def _kinds(self) -> tuple[tuple[int, Signer], ...]:
        return (COSIGNATURE, self.signers.ed25519), (ML_DSA_44, self.signers.ml_dsa_44)

    def _cosign(self, request: Request, view: View) -> str | Refusal:
        checkpoint, time = request.checkpoint, max(self.seconds(), view.time, 1)
        made = tuple(attest(checkpoint, self.name, kind, signer, time) for kind, signer in self._kinds)
        note = Note(request.note.text, (*self._by_log(request), *made))
        try:
            self.views.keep(checkpoint.origin, str(note).encode())
        except OSError:
            return _NOT_KEPT
        return "".join(one.line() for one in made)

    def _by_log(self, request: Request) -> list[Signature]:
        """The signatures by the log. Whatever else stands there, nobody here has verified."""
        keys = [key for key in self.known.logs if key.name == request.checkpoint.origin]
        return [one for one in request.note.signatures if any(key.made(one) for key in keys)]

    def _view(self, origin: str) -> View | None:
        """What was last cosigned of a log; None if that cannot be told."""
        try:
            data = self.views.last(origin)
        except OSError:
            return None
        return self._read(origin, data) if data else (View(Seen()) if data is not None else None)

    def _read(self, origin: str, data: bytes) -> View | None:
        note = read_note(data)
        checkpoint = read_claim(note.text) if note else None
        if note is None or checkpoint is None or checkpoint.origin != origin or str(note).encode() != data:
            return None
        return self._own(note, checkpoint)

    def _own(self, note: Note, checkpoint: Checkpoint) -> View | None:
        said = [attested(note, checkpoint, key) for key in self.keys]
        if any(one.verdict is not Verdict.TRUE for one in said):
            return None
        return View(Seen(checkpoint.size, checkpoint.root), max(one.time for one in said))


_HINT = (
    "A witness that forgot could cosign two histories. Put its whole folder back as it was last, or begin anew as "
    "another witness, in another folder, under another name."
)
