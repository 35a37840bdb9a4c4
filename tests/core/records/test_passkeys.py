"""A passkey counts for what its holder says, beside the key of an organisation, and for nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code
from meterward.core.ledger.envelope import sign
from meterward.core.records.keyring import Keyring, Signed, Signing
from meterward.core.records.kind import Actor
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.roles import Role
from meterward.core.records.signatures import vouch
from tests.builders.ledgers import opened
from tests.builders.lines import LICENSEE, Draft
from tests.builders.passkeys import Passkey
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from meterward.core.ledger.keys import Signer
    from meterward.core.records.record import Record

DAY = date(2014, 4, 8)
OWNER, ELSEWHERE = LICENSEE, "auditor-a"
PAYLOAD = b'{"some":"statement"}'
LATER = 1_000
MANAGER = Actor("p-senior_manager", Role.SENIOR_MANAGER, OWNER)
COLLEAGUE = Actor("p-security_manager", Role.SECURITY_MANAGER, OWNER)
AUDITOR = Actor("p-lead_auditor", Role.LEAD_AUDITOR, ELSEWHERE)
MINE = Passkey("mine")


class Story:
    """A ledger whose owner has a key, and that tells of passkeys."""

    def __init__(self) -> None:
        """It is opened, and its owner's key introduced."""
        self.scribe = opened()
        self.own = self.write("key/one", ed25519_facts("one"), Actor("p-operator", Role.OPERATOR, OWNER))

    def introduce(self, passkey: Passkey, whose: Actor = MANAGER, **links: bytes) -> Record[Any]:
        """Somebody introduces their passkey."""
        return self.write(f"key/{passkey.word}", passkey.facts(whose.person, whose.organisation), whose, **links)

    def write(self, subject: str, facts: dict[str, str], whose: Actor, **links: bytes) -> Record[Any]:
        """A key is introduced."""
        draft = Draft(
            "key.introduced", DAY, DAY, facts, subject, whose.role, whose.organisation, files=False, links=links
        )
        record = self.scribe.write(draft)
        assert record, draft
        return record

    def signed(self, *signers: Signer, actor: Actor = MANAGER, place: int = LATER, payload: bytes = PAYLOAD) -> Signed:
        """How a statement counts that some have signed, if they signed that payload."""
        signatures = dict(sign(payload, one) for one in signers)
        return self.ring().signed(Signing(vouch(PAYLOAD, signatures, self.ring().keys), actor, place))

    def ring(self) -> Keyring:
        """The keys that it tells of."""
        return Keyring(OWNER).take(self.scribe.records)


def ed25519_facts(name: str) -> dict[str, str]:
    """What introduces a key of the owner."""
    return {"organisation": OWNER, "algorithm": "ed25519", "public": ed25519(name).public.raw.hex()}


def test_it_stands_beside_the_key_of_an_organisation() -> None:
    story = Story()
    place = story.introduce(MINE).index
    assert story.signed(MINE, ed25519("one")) is Signed.BY_AUTHOR_IN_PERSON
    assert story.signed(MINE) is Signed.BY_PASSKEY_ALONE
    assert story.signed(ed25519("one")) is Signed.BY_AUTHOR
    assert story.signed(MINE, ed25519("one"), place=place) is Signed.BY_AUTHOR
    assert story.signed(MINE, ed25519("one"), place=place + 1).in_person
    assert not story.signed(MINE).holds


def test_it_signs_for_somebody_of_an_organisation_that_has_no_key_here() -> None:
    story = Story()
    story.introduce(MINE, AUDITOR)
    assert story.signed(MINE, ed25519("one"), actor=AUDITOR) is Signed.BY_OWNER_AND_AUTHOR


@pytest.mark.parametrize(
    "somebody", [COLLEAGUE, MANAGER._replace(organisation=ELSEWHERE), AUDITOR], ids=lambda one: f"{one.person}"
)
def test_it_says_nothing_of_what_others_say(somebody: Actor) -> None:
    """Neither of another person, nor of one of another organisation who is called the same."""
    story = Story()
    story.introduce(MINE)
    assert not story.signed(MINE, ed25519("one"), actor=somebody).in_person
    assert story.signed(MINE, ed25519("one"), actor=somebody).holds
    assert story.signed(MINE, actor=somebody) is Signed.BY_NOBODY_KNOWN


def test_the_role_in_which_somebody_acts_makes_no_difference() -> None:
    story = Story()
    story.introduce(MINE)
    assert story.signed(MINE, ed25519("one"), actor=MANAGER._replace(role=Role.RISK_OWNER)).in_person


def test_a_false_one_spoils_a_true_signature_of_the_organisation() -> None:
    story = Story()
    story.introduce(MINE)
    key, true = sign(PAYLOAD, ed25519("one"))
    mine, false = sign(b"another payload", MINE)
    ring = story.ring()
    both = vouch(PAYLOAD, {key: true, mine: false}, ring.keys)
    assert ring.signed(Signing(both, MANAGER, LATER)) is Signed.FALSELY


def test_another_of_the_same_person_takes_its_place() -> None:
    story, new = Story(), Passkey("new")
    place = story.introduce(new, replaces=story.introduce(MINE).id).index
    assert story.signed(MINE, ed25519("one"), place=place).in_person
    assert not story.signed(MINE, ed25519("one"), place=place + 1).in_person
    assert story.signed(new, ed25519("one"), place=place + 1).in_person
    assert story.ring().counting(OWNER, LATER, MANAGER.person)[-1].key == new.public


def test_nobody_puts_theirs_in_the_place_of_somebody_elses() -> None:
    story = Story()
    story.introduce(Passkey("theirs"), COLLEAGUE, replaces=story.introduce(MINE).id)
    assert story.signed(MINE, ed25519("one")).in_person


def test_nobody_puts_theirs_in_the_place_of_the_organisations_key() -> None:
    story = Story()
    story.introduce(MINE, replaces=story.own.id)
    assert story.ring().key_of(OWNER, LATER) == ed25519("one").public
    assert story.signed(ed25519("one")) is Signed.BY_AUTHOR


def test_it_is_no_key_to_sign_with_for_the_organisation() -> None:
    story = Story()
    story.introduce(MINE)
    assert story.ring().key_of(OWNER, LATER) == ed25519("one").public


def test_it_is_not_the_first_key_of_the_owner() -> None:
    """A ledger without any key is not signed by whoever introduces a passkey first."""
    scribe = opened()
    facts = MINE.facts(MANAGER.person, OWNER)
    first = scribe.write(Draft("key.introduced", DAY, DAY, facts, "key/1", MANAGER.role, files=False))
    own = scribe.write(Draft("key.introduced", DAY, DAY, ed25519_facts("one"), "key/2", files=False))
    assert first
    assert own
    ring = Keyring(OWNER).take(scribe.records)
    assert [(one.holder, one.first) for one in ring.spans()] == [(MANAGER.person, first.index + 1), ("", 0)]


@pytest.mark.parametrize("origin", [MINE.origin, "https://elsewhere.example"])
def test_whoever_tells_of_it_as_theirs_takes_nothing_from_its_holder(origin: str) -> None:
    """The public half is there for all to read, and so for all to introduce."""
    story = Story()
    facts = {**MINE.facts(COLLEAGUE.person, OWNER), "origin": origin}
    story.write("key/copied", facts, COLLEAGUE)
    story.introduce(MINE)
    assert story.signed(MINE, ed25519("one")).in_person


@pytest.mark.parametrize(
    ("facts", "role", "field"),
    [
        ({"holder": "p-somebody"}, "senior_manager", "facts.holder"),
        ({"holder": None}, "senior_manager", "facts.holder"),
        ({"organisation": ELSEWHERE}, "senior_manager", "facts.organisation"),
        ({"origin": None}, "senior_manager", "facts.origin"),
        ({"origin": "https://Meterward.example"}, "senior_manager", "facts.origin"),
        ({"public": "02" + "f" * 64}, "senior_manager", "facts.public"),
        ({"holder": "p-operator"}, "operator", "facts.algorithm"),
    ],
)
def test_everybody_introduces_their_own_and_an_operator_none(
    facts: dict[str, str | None], role: str, field: str
) -> None:
    found = read_object(_line(role, {**MINE.facts(MANAGER.person, OWNER), **facts}))
    assert isinstance(found, list)
    assert [(one.code, one.field) for one in found] == [(Code.KIND_CONSTRAINT, field)]
    assert isinstance(read_object(_line("senior_manager", MINE.facts(MANAGER.person, OWNER))), Sealed)


def test_a_key_that_an_older_version_introduced_still_counts() -> None:
    line = _line("operator", ed25519_facts("one"))
    line["statement"]["version"] = 1
    found = read_object(line)
    assert isinstance(found, Sealed)
    assert (found.facts.holder, found.facts.origin) == (None, None)
    later = read_object({**line, "facts": {**line["facts"], "holder": "p-01"}})
    assert isinstance(later, list)


def _line(role: str, facts: dict[str, Any]) -> Any:  # noqa: ANN401 - a line, to be changed
    return Draft("key.introduced", DAY, DAY, facts, "key/1", role, files=False).line()
