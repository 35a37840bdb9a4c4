"""Which keys count, from which entry to which, for whom; and how a statement is signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from meterward.core.ledger.envelope import sign
from meterward.core.records.keyring import Keyring, Signed, Signing
from meterward.core.records.kind import Actor
from meterward.core.records.roles import Role
from meterward.core.records.signatures import vouch
from tests.builders.ledgers import opened
from tests.builders.lines import LICENSEE, Draft
from tests.builders.signers import TestSigner, ed25519

if TYPE_CHECKING:
    from meterward.core.records.kinds.key_introduced import KeyIntroduced
    from meterward.core.records.record import Record

DAY = date(2014, 4, 8)
OWNER, AUDITOR, NOBODY = LICENSEE, "auditor-a", "somebody"
AUTHOR = Actor("p-1", Role.SENIOR_MANAGER, OWNER)
PAYLOAD = b'{"some":"statement"}'
LATER = 1_000


class Story:
    """A ledger that tells of keys."""

    def __init__(self) -> None:
        """It is opened."""
        self.scribe = opened()

    def introduce(self, name: str, organisation: str = OWNER, **links: bytes) -> Record[KeyIntroduced]:
        """A key that is introduced, made of its name."""
        facts = {"organisation": organisation, "algorithm": "ed25519", "public": ed25519(name).public.raw.hex()}
        return self._write(Draft("key.introduced", DAY, DAY, facts, f"key/{name}", files=False, links=links))

    def act(self, kind: str, target: Record[KeyIntroduced], verb: str) -> int:
        """Somebody ends a key or takes it back; the place of that entry."""
        because = {"because": "revoked" if verb == "ends" else "never-happened"}
        subject, links = target.subject if verb == "ends" else "", {verb: target.id}
        draft = Draft(kind, DAY, DAY, because, subject, "operator", OWNER, files=False, links=links)
        return self._write(draft).index

    def _write(self, draft: Draft) -> Record[KeyIntroduced]:
        record = self.scribe.write(draft)
        assert record, draft
        return record

    def signed(self, place: int, *signers: TestSigner, organisation: str = OWNER) -> Signed:
        """How a statement at a place counts that some have signed."""
        signatures = dict(sign(PAYLOAD, one) for one in signers)
        ring = Keyring(OWNER).take(self.scribe.records)
        author = AUTHOR._replace(organisation=organisation)
        return ring.signed(Signing(vouch(PAYLOAD, signatures, ring.keys), author, place))


def test_the_first_key_of_the_owner_counts_from_the_first_entry_on() -> None:
    story = Story()
    assert story.signed(0, ed25519("one")) is Signed.BY_NOBODY_KNOWN
    story.introduce("one")
    assert {story.signed(place, ed25519("one")) for place in (0, 1, LATER)} == {Signed.BY_AUTHOR}
    assert story.signed(0) is Signed.NOT
    assert story.signed(0, ed25519("other")) is Signed.BY_NOBODY_KNOWN


def test_another_key_counts_from_the_entry_after_the_one_that_introduces_it() -> None:
    """So nobody who has only the new key brings it in."""
    story = Story()
    story.introduce("one")
    place = story.introduce("two").index
    assert story.signed(place, ed25519("two")) is Signed.BY_NOBODY_KNOWN
    assert story.signed(place, ed25519("one")) is Signed.BY_AUTHOR
    assert story.signed(place + 1, ed25519("two")) is Signed.BY_AUTHOR


@pytest.mark.parametrize("way", ["replaces", "ends"])
def test_a_key_that_is_replaced_or_ended_counts_to_that_entry_and_no_further(way: str) -> None:
    story = Story()
    old = story.introduce("one")
    story.introduce("spare")
    place = (
        story.introduce("two", replaces=old.id).index if way == "replaces" else story.act("record.ended", old, "ends")
    )
    assert story.signed(place, ed25519("one")) is Signed.BY_AUTHOR
    assert story.signed(place + 1, ed25519("one")) is Signed.BY_NOBODY_KNOWN
    assert story.signed(place - 1, ed25519("one")) is Signed.BY_AUTHOR


def test_a_key_that_was_never_to_be_there_counts_for_nothing() -> None:
    story = Story()
    place = story.act("record.withdrawn", story.introduce("one"), "withdraws")
    assert {story.signed(one, ed25519("one")) for one in (0, place, LATER)} == {Signed.BY_NOBODY_KNOWN}


def test_an_organisation_signs_for_itself_and_the_owner_for_whatever_it_enters() -> None:
    story = Story()
    story.introduce("one")
    story.introduce("theirs", AUDITOR)
    assert story.signed(LATER, ed25519("theirs"), organisation=AUDITOR) is Signed.BY_AUTHOR
    assert story.signed(LATER, ed25519("one"), organisation=AUDITOR) is Signed.BY_OWNER
    assert story.signed(LATER, ed25519("theirs"), organisation=NOBODY) is Signed.BY_NOBODY_KNOWN
    assert story.signed(LATER, ed25519("theirs")) is Signed.BY_NOBODY_KNOWN
    assert story.signed(LATER, ed25519("theirs"), ed25519("one"), organisation=AUDITOR) is Signed.BY_AUTHOR


def test_a_key_of_another_organisation_never_counts_for_earlier_entries() -> None:
    story = Story()
    place = story.introduce("theirs", AUDITOR).index
    story.introduce("one")
    assert story.signed(place, ed25519("theirs"), organisation=AUDITOR) is Signed.BY_NOBODY_KNOWN
    assert story.signed(0, ed25519("one")) is Signed.BY_AUTHOR


def test_a_false_signature_by_a_key_that_counts_spoils_a_true_one() -> None:
    story = Story()
    story.introduce("one")
    story.introduce("two")
    ring = Keyring(OWNER).take(story.scribe.records)
    key, true = sign(PAYLOAD, ed25519("one"))
    other, false = sign(b"another payload", ed25519("two"))
    both = vouch(PAYLOAD, {key: true, other: false}, ring.keys)
    assert ring.signed(Signing(both, AUTHOR, LATER)) is Signed.FALSELY
    assert ring.signed(Signing(both, AUTHOR, 0)) is Signed.BY_AUTHOR
    unknown, _ = sign(PAYLOAD, ed25519("nobody's"))
    spoilt = vouch(PAYLOAD, {key: true, unknown: false}, ring.keys)
    assert spoilt == {key: True, unknown: None}
    assert ring.signed(Signing(spoilt, AUTHOR, LATER)) is Signed.BY_AUTHOR


def test_the_key_to_sign_with_is_the_last_that_counts() -> None:
    story = Story()
    story.introduce("one")
    place = story.introduce("two").index
    ring = Keyring(OWNER).take(story.scribe.records)
    assert ring.key_of(OWNER, place) == ed25519("one").public
    assert ring.key_of(OWNER, place + 1) == ed25519("two").public
    assert ring.key_of(AUDITOR, place + 1) is None
    assert [one.holds for one in Signed] == [True, True, True, True, False, False, False, False]
