"""A signature counts for one thing, by one key, at the place where that key counts."""

from __future__ import annotations

from meterward.core.base.base64 import to_base64
from meterward.core.bundle.manifest import CHECKPOINT, NOTE
from meterward.core.bundle.steps import Outcome
from meterward.core.ledger.checkpoints import read_checkpoint
from meterward.core.ledger.envelope import signed_bytes
from meterward.core.ledger.notes import ED25519, Note, NoteKey, Signature, read_note
from meterward.core.records.line import Sealed, read_object
from tests.builders.northlight import SMALL, lines_of, maker, named, whole, with_lines

PLACE = 7


def forged(signatures: dict[str, str]) -> list[int]:
    """The steps that fail when a record has other signatures."""
    lines = lines_of(whole(SMALL))
    lines[PLACE] = {**lines[PLACE], "signatures": signatures}
    found = maker(SMALL).verify(with_lines(whole(SMALL), lines, maker(SMALL)))
    assert not found.holds
    assert f"entry {PLACE + 1}: signed" in named(found)
    return [step.number for step in found.steps if step.found.outcome is Outcome.FAILED]


def payload() -> bytes:
    """What the statement of the record says, as it is signed."""
    sealed = read_object(lines_of(whole(SMALL))[PLACE])
    assert isinstance(sealed, Sealed)
    return sealed.statement.payload()


def test_a_signature_of_the_same_bytes_as_another_type_is_none_of_the_statement() -> None:
    key = maker(SMALL).keys.first("northlight")
    for message in (signed_bytes(payload(), "application/json"), payload(), b"DSSEv1 " + payload()):
        assert forged({key.public.id: to_base64(key.sign(message))}) == [7]


def test_a_signature_of_a_checkpoint_is_none_of_a_statement_nor_the_other_way_about() -> None:
    by, log = maker(SMALL), maker(SMALL).keys.of_log("northlight").ed25519
    note = read_note(whole(SMALL).files[CHECKPOINT])
    assert note
    assert read_checkpoint(note.text)
    made = next(one.value for one in note.signatures if one.id == NoteKey(by.origin, ED25519, log.public).id)
    for identity in (by.keys.first("northlight").public.id, log.public.id):
        assert forged({identity: to_base64(made)}) == [7]
    value = by.keys.first("northlight").sign(note.text.encode())
    signature = Signature(by.origin, NoteKey(by.origin, ED25519, log.public).id, value)
    found = by.verify(whole(SMALL).changed(CHECKPOINT, str(Note(note.text, (signature,))).encode()))
    assert found.steps[0].found.outcome is Outcome.FAILED


def test_the_note_of_a_manifest_is_no_checkpoint_nor_the_other_way_about() -> None:
    files = whole(SMALL).files
    swapped = whole(SMALL).changed(CHECKPOINT, files[NOTE]).changed(NOTE, files[CHECKPOINT])
    found = maker(SMALL).verify(swapped)
    assert found.steps[0].found.outcome is Outcome.FAILED
    assert not found.holds


def test_a_signature_moved_to_another_record_and_the_log_key_for_a_statement_count_for_nothing() -> None:
    lines, log = lines_of(whole(SMALL)), maker(SMALL).keys.of_log("northlight").ed25519
    assert forged(lines[PLACE + 1]["signatures"]) == [7]
    assert forged({log.public.id: to_base64(log.sign(signed_bytes(payload())))}) == [7]
