"""Whether whom the reader trusts has signed a bundle: its manifest and its checkpoint, by the reader's own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.bundle.manifest import MANIFEST, NOTE, signed_text
from meterward.core.bundle.steps import Found, Outcome, failed, passed
from meterward.core.ledger.checkpoints import Checkpoint, Verdict, read_checkpoint
from meterward.core.ledger.notes import ED25519, Note, NoteKey, Signature, read_note

if TYPE_CHECKING:
    from meterward.core.ledger.keys import Signer
    from meterward.core.ledger.policy import Policy

_NO_WITNESS = "The policy asks for no witness: that everybody is shown the same log rests on the word of who keeps it."


def sign_manifest(manifest: bytes, ledger: str, name: str, signer: Signer) -> Note:
    """The note by which a log of some name signs a manifest."""
    text = signed_text(ledger, manifest)
    key = NoteKey(name, ED25519, signer.public)
    return Note(text, (Signature(name, key.id, signer.sign(text.encode())),))


def check_manifest(note: bytes, manifest: bytes, ledger: str, origin: str, policy: Policy) -> Found:
    """Whether the log that the bundle is of signed its manifest, and nobody else did anything to it."""
    read = read_note(note)
    if read is None:
        says = "The note that signs the manifest is no signed note." if note else "No note signs the manifest."
        return failed(says, NOTE)
    if read.text != signed_text(ledger, manifest):
        return failed("What was signed is another manifest, or the note was changed.", NOTE, MANIFEST)
    keys = [key for key in policy.logs if key.name == origin and key.type == ED25519]
    if not keys:
        return Found(Outcome.NOT_CHECKED, f"The policy names no key of the log “{origin}”.", (NOTE,))
    (*_, last) = read.signatures
    if len(read.signatures) > 1 or not any(_is_by(key, last, read.text) for key in keys):
        return failed("It is not signed by the log that the policy names.", NOTE)
    return passed("")


def check_checkpoint(note: bytes, policy: Policy, *items: str) -> tuple[Found, Note | None, Checkpoint | None]:
    """Whether a log that the policy names signed the checkpoint, by every key of it that the policy names.

    The form of policies would be content with one; but whoever broke one kind of key would leave out the other.
    """
    read = read_note(note)
    checkpoint = read_checkpoint(read.text) if read else None
    if read is None or checkpoint is None:
        return failed("It is not a signed checkpoint." if note else "It is not there.", *items), None, None
    said = policy.by_log(read, checkpoint)
    if not said:
        says = f"The policy names no key of the log “{checkpoint.origin}”: whoever made it, nobody vouches for it."
        return Found(Outcome.NOT_CHECKED, says, items), read, None
    verdicts = {key: one.verdict for key, one in said.items()}
    if Verdict.FALSE in verdicts.values() or Verdict.TRUE not in verdicts.values():
        return failed(f"It is not signed by the log “{checkpoint.origin}” as the policy names it.", *items), read, None
    if absent := sorted(key.public.algorithm.value for key, one in verdicts.items() if one is Verdict.ABSENT):
        says = f"The log “{checkpoint.origin}” did not sign it by each key that the policy names."
        return failed(f"{says} No signature by {' and '.join(absent)}.", *items), read, None
    kinds = " and ".join(sorted(key.public.algorithm.value for key in verdicts))
    says = f"“{checkpoint.origin}” had {checkpoint.size:,} entries. Signed by {kinds}."
    return passed(says), read, checkpoint


def check_witnesses(note: Note, checkpoint: Checkpoint, policy: Policy) -> Found:
    """Whether those whom the policy asks for have seen the checkpoint."""
    seen = policy.by_witness(note, checkpoint)
    named = sorted(name for name, one in seen.items() if one.verdict is Verdict.TRUE)
    false = sorted(name for name, one in seen.items() if one.verdict is Verdict.FALSE)
    if false:
        return failed(f"What is said to be the cosignature of {', '.join(false)} is none.", *false)
    if not policy.is_met(seen):
        return failed(f"Too few witnesses have seen it: {', '.join(named) or 'none'}.", *sorted(set(seen) - set(named)))
    if not policy.witnesses:
        return Found(Outcome.NOTHING, _NO_WITNESS)
    return passed(f"Seen by {', '.join(named)}.")


def _is_by(key: NoteKey, signature: Signature, text: str) -> bool:
    return key.made(signature) and key.public.verifies(signature.value, text.encode())
