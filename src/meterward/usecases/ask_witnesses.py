"""Ask witnesses to cosign a checkpoint (C2SP tlog-witness), and take from their answers what they really signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from meterward.core.ledger.checkpoints import Checkpoint, Verdict, attested
from meterward.core.ledger.notes import Note, NoteKey, Signature, read_note
from meterward.core.ledger.witness import Request

if TYPE_CHECKING:
    from meterward.core.ledger.policy import Policy

_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_MOST_SAID = 200


class Reply(NamedTuple):
    """What a witness answered."""

    status: int
    body: bytes


Post: TypeAlias = Callable[[str, bytes], Reply | str]
"""From an address and a body to what is answered; or in words why nothing is."""
Prove: TypeAlias = Callable[[int], Sequence[bytes]]
"""From an older size to the proof that the checkpoint grew from it."""


class Asked(NamedTuple):
    """A witness that is asked: where, and by which keys it is known."""

    url: str
    keys: tuple[NoteKey, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.keys[0].name

    def saw(self, note: Note, checkpoint: Checkpoint) -> bool:
        """Whether a note has its cosignature."""
        return any(attested(note, checkpoint, key).verdict is Verdict.TRUE for key in self.keys)


class Heard(NamedTuple):
    """What came of asking a witness: its cosignatures, or in words why there are none."""

    asked: Asked
    cosignatures: tuple[Signature, ...] = ()
    problem: str = ""


def asked_in(policy: Policy) -> list[Asked]:
    """The witnesses of a policy that can be asked. One with several keys stands there several times."""
    keys: dict[str, list[NoteKey]] = {}
    for name, url in policy.urls.items():
        keys.setdefault(url, []).append(policy.witnesses[name])
    return [Asked(url, tuple(some)) for url, some in keys.items()]


@dataclass(frozen=True, slots=True)
class Asking:
    """A checkpoint that witnesses are asked to cosign, with how it is proved and how they are reached."""

    note: Note
    checkpoint: Checkpoint
    prove: Prove
    post: Post

    def ask(self, asked: Asked, old: int) -> Heard:
        """Ask a witness that cosigned this log at an old size. If it was at another, it is asked once more from there.

        Only what the log signed is handed on: what other witnesses said is no affair of this one.
        """
        reply = self._post(asked, min(old, self.checkpoint.size))
        if isinstance(reply, Reply) and reply.status == HTTPStatus.CONFLICT:
            size = _SIZE.fullmatch(reply.body)
            if size and int(size[1]) > self.checkpoint.size:
                says = f"It has seen {int(size[1]):,} entries of this log, more than there are here."
                return Heard(
                    asked, problem=f"{says} Either entries were lost here, or somebody else signs with its keys."
                )
            reply = self._post(asked, int(size[1])) if size else "its answer says no size"
        if isinstance(reply, str):
            return Heard(asked, problem=f"It cannot be asked: {reply}.")
        return self._heard(asked, reply) if reply.status == HTTPStatus.OK else Heard(asked, problem=_refusal(reply))

    def _post(self, asked: Asked, old: int) -> Reply | str:
        ours = tuple(one for one in self.note.signatures if one.name == self.checkpoint.origin)
        proof = tuple(self.prove(old))
        request = Request(old, proof, Note(self.note.text, ours), self.checkpoint)
        return self.post(f"{asked.url.removesuffix('/')}/add-checkpoint", str(request).encode())

    def _heard(self, asked: Asked, reply: Reply) -> Heard:
        """The cosignatures in an answer by keys that are known; each must be of this checkpoint, with a time."""
        answer = read_note(f"{self.note.text}\n".encode() + reply.body)
        if answer is None or answer.text != self.note.text:
            return Heard(asked, problem="Its answer has no cosignatures.")
        said = {key: attested(answer, self.checkpoint, key) for key in asked.keys}
        if any(one.verdict is Verdict.FALSE or (one.verdict is Verdict.TRUE and not one.time) for one in said.values()):
            return Heard(asked, problem="What it answers is no cosignature of this checkpoint.")
        made = [one for one in answer.signatures if any(key.made(one) for key in asked.keys)]
        return (
            Heard(asked, tuple(made)) if made else Heard(asked, problem="It does not sign by the keys of the policy.")
        )


_REFUSALS: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "It does not know this log.",
    HTTPStatus.FORBIDDEN: "It knows this log by other keys.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "It has seen another history of this log.",
    HTTPStatus.CONFLICT: "Somebody else had this log cosigned at the same time.",
}


def _refusal(reply: Reply) -> str:
    said = _REFUSALS.get(reply.status, "It does not cosign.")
    return f"{said} (It answers {reply.status}: {' '.join(reply.body.decode(errors='replace').split())[:_MOST_SAID]})"
