"""What its author signed with a passkey: entered beside the organisation's signature, and verified from a bundle."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.base.problem import Code
from meterward.usecases.append_record import Appended, Order, append_records
from tests.builders.bundles import DAY, Maker
from tests.builders.lines import LICENSEE, Draft
from tests.builders.northlight import SMALL, failed, lines_of, maker, named, with_lines
from tests.builders.passkeys import Passkey
from tests.builders.signing import signed

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem
    from tests.builders.bundles import MemoryBundle

ROLE = "senior_manager"
MINE = Passkey("mine")
SIGNATURES = 7


def line_of(kind: str, subject: str, facts: dict[str, str]) -> dict[str, Any]:
    """A line that the senior manager says."""
    made = Draft(kind, DAY, DAY, facts, subject, ROLE, files=False).line(subject)
    return {name: part for name, part in made.items() if name not in ("recorded", "files")}


def incident(number: int) -> dict[str, Any]:
    """Something to sign."""
    return line_of("incident.recorded", f"incident/{number}", {"detected": str(DAY), "severity": "low"})


def entered(by: Maker, *lines: dict[str, Any]) -> Appended | list[Problem]:
    """What comes of it where the lines are to be appended."""
    return append_records(by.ledgers, by.ledger, Order(lines), lambda _: (), by.signers.sign)


@cache
def story() -> tuple[Maker, MemoryBundle]:
    """A ledger in which somebody introduced a passkey and signed an act with it, and the bundle of it."""
    by = Maker([{name: part for name, part in line.items() if name != "id"} for line in maker(SMALL).bundle_lines()])
    assert isinstance(entered(by, line_of("key.introduced", "key/mine", MINE.facts(f"p-{ROLE}", LICENSEE))), Appended)
    assert isinstance(entered(by, signed(incident(901), MINE)), Appended)
    return by, by.bundle()


def test_the_organisation_signs_beside_its_author() -> None:
    by, bundle = story()
    own = by.keys.first(LICENSEE).public.id
    assert set(lines_of(bundle)[-1]["signatures"]) == {own, MINE.public.id}


def test_a_bundle_is_verified_and_says_who_signed_in_person() -> None:
    by, bundle = story()
    found = by.verify(bundle)
    assert failed(found) == []
    (step,) = [one for one in found.steps if one.number == SIGNATURES]
    assert "1 by its author with a passkey, and by the author's organisation" in step.found.says


def test_no_byte_of_what_the_passkey_signed_can_be_changed_in_a_bundle() -> None:
    """One place in each part: every byte of the signature by itself is changed in the tests of the assertion."""
    by, bundle = story()
    lines = lines_of(bundle)
    whole = from_base64(lines[-1]["signatures"][MINE.public.id])
    assert whole
    for place in (1, 10, 34, 45, 90, len(whole) - 3):
        changed = bytes((*whole[:place], whole[place] ^ 1, *whole[place + 1 :]))
        signatures = {**lines[-1]["signatures"], MINE.public.id: to_base64(changed)}
        found = by.verify(with_lines(bundle, [*lines[:-1], {**lines[-1], "signatures": signatures}], by))
        assert failed(found) == [SIGNATURES]
        assert "signed falsely" in named(found)


def test_without_the_organisations_signature_nobody_answers_for_it() -> None:
    by, bundle = story()
    lines = lines_of(bundle)
    alone = {MINE.public.id: lines[-1]["signatures"][MINE.public.id]}
    found = by.verify(with_lines(bundle, [*lines[:-1], {**lines[-1], "signatures": alone}], by))
    assert failed(found) == [SIGNATURES]
    assert "signed by its author with a passkey, but by no organisation" in named(found)


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        (lambda: {**incident(902), "signatures": signed(incident(901), MINE)["signatures"]}, "falsely"),
        (lambda: signed(incident(902), Passkey("not introduced")), "by no key that counts there"),
        (lambda: signed(incident(902), Passkey("mine", "https://elsewhere.example")), "by no key that counts there"),
    ],
    ids=["of another record", "by a passkey that nobody introduced", "at another address"],
)
def test_what_is_falsely_signed_is_not_entered(amiss: Any, says: str) -> None:  # noqa: ANN401 - what makes a line
    by, _ = story()
    before = by.ledgers.head(by.ledger)
    done = entered(by, amiss())
    assert isinstance(done, list)
    assert [one.code for one in done] == [Code.SIGNATURE_INVALID]
    assert says in done[0].message
    assert by.ledgers.head(by.ledger) == before


def test_what_was_signed_and_entered_is_not_entered_again() -> None:
    by, _ = story()
    done = entered(by, signed(incident(901), MINE))
    assert isinstance(done, list)
    assert Code.RECORD_DUPLICATE in {one.code for one in done}
