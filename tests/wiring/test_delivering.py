"""Two installations that know nothing of each other exchange what was said, and the proofs that it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code
from meterward.core.records.keeper import Keeper
from meterward.present.ledger_words import policy_text
from meterward.usecases.name_log import log_of
from meterward.usecases.open_ledger import Opening, opening_lines
from meterward.wiring.appending import append
from meterward.wiring.delivering import Coming, Entered, Refused, receive, send
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from meterward.wiring.receipting import confirm, receipt
from tests.builders.apart import AUDITOR, HERE, PEOPLE, THERE, Two
from tests.builders.parties import HELD, direction, entered, line, open_for
from tests.builders.stores import copy_sqlite, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

SUBJECT = "direction/authority-1"


@pytest.fixture
def two(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Two]:
    """The Authority's installation and a licensee's, with one direction."""
    with django_db_blocker.unblock():
        found = Two(tmp_path, prepared_sqlite)
        for name in (THERE, "harbour"):
            listed = line("licensee.listed", Keeper.AUTHORITY, HERE, {"fuels": "gas"}, name, subject=f"listing/{name}")
            found.say(HERE, listed)
        found.say(HERE, direction(HERE, [THERE], SUBJECT))
        yield found


def code_of(done: object) -> Code:
    """Why something was refused."""
    assert isinstance(done, list), done
    found: Code = done[0].code
    return found


def test_a_direction_goes_out_an_answer_comes_back_and_both_are_receipted(two: Two) -> None:
    order = two.sent(HERE, THERE, "order.tar")
    assert two.takes(THERE, order, two.policy(HERE)) == Entered(HERE, 1, 0)
    assert two.kinds(THERE)[-2:] == ["key.introduced", "direction.issued"]
    with two.at(THERE):
        kept = take(THERE, PEOPLE[THERE], [b"what shows it"])
        assert not hasattr(kept, "hint")
        answer = line("evidence.requested", Keeper.LICENSEE, THERE, {"by": ["authority"]}, subject="request/1")
        answer["files"] = {"letter.txt": kept.digest}
        entered(append(THERE, [answer]))
        count = receipt(two.homes[THERE], THERE, HERE, two.between / "back.json")
    assert count == 1
    reply = two.sent(THERE, HERE, "reply.tar")
    assert two.takes(HERE, reply, two.policy(THERE)) == Entered(THERE, 1, 0)
    with two.at(HERE):
        assert installation().uploads.get(HERE, kept.digest)
        coming = Coming(two.between / "back.json", HERE, None, "officer")
        assert confirm(two.homes[HERE], coming) == Entered(THERE, 1, 0)
        assert confirm(two.homes[HERE], coming) == Entered(THERE, 0, 1)
        last = list(installation().ledgers.records(HERE))[-1]
    assert last.kind.name == "delivery.confirmed"
    assert (last.facts.by, last.facts.records[0].entry, last.files) == (THERE, len(two.kinds(THERE)) - 1, 1)


def test_of_a_receipt_an_older_ledger_confirms_what_it_has_and_tells_the_rest(two: Two) -> None:
    older, back = copy_sqlite(two.homes[HERE], two.between / "older"), two.between / "back.json"
    two.say(HERE, direction(HERE, [THERE], "direction/authority-2"))
    lost = two.last(HERE)
    two.takes(THERE, two.sent(HERE, THERE, "order.tar"), two.policy(HERE))
    with two.at(THERE):
        assert receipt(two.homes[THERE], THERE, HERE, back) == 2
    strange = ((len(two.kinds(THERE)), str(lost["id"])),)
    two.homes[HERE] = older
    coming = Coming(back, HERE, two.policy(THERE), "officer")
    with two.at(HERE):
        assert confirm(older, coming) == Entered(THERE, 1, 0, strange)
        assert confirm(older, coming) == Entered(THERE, 0, 1, strange)
    two.say(HERE, {part: lost[part] for part in ("statement", "facts", "salts")})
    with two.at(HERE):
        assert confirm(older, coming) == Entered(THERE, 1, 1)
        assert confirm(older, coming) == Entered(THERE, 0, 2)
    assert two.kinds(HERE).count("delivery.confirmed") == 2


def test_a_confirmation_that_was_taken_back_can_be_recorded_again(two: Two) -> None:
    back = two.between / "back.json"
    two.takes(THERE, two.sent(HERE, THERE, "order.tar"), two.policy(HERE))
    with two.at(THERE):
        receipt(two.homes[THERE], THERE, HERE, back)
    coming = Coming(back, HERE, two.policy(THERE), "officer")
    with two.at(HERE):
        assert confirm(two.homes[HERE], coming) == Entered(THERE, 1, 0)
    wrong = {"withdraws": str(two.last(HERE)["id"])}
    two.say(HERE, line("record.withdrawn", Keeper.AUTHORITY, HERE, {"because": "duplicate"}, **wrong))
    with two.at(HERE):
        assert confirm(two.homes[HERE], coming) == Entered(THERE, 1, 0)
    assert two.kinds(HERE).count("delivery.confirmed") == 2


def test_twice_does_nothing_and_neither_does_an_older_one(two: Two) -> None:
    first = two.sent(HERE, THERE, "first.tar")
    two.takes(THERE, first, two.policy(HERE))
    before = two.kinds(THERE)
    assert two.takes(THERE, first) == Entered(HERE, 0, 1)
    two.say(HERE, direction(HERE, [THERE], "direction/authority-2"))
    assert two.takes(THERE, two.sent(HERE, THERE, "second.tar")) == Entered(HERE, 1, 1)
    assert two.takes(THERE, first) == Entered(HERE, 0, 1)
    assert two.kinds(THERE) == [*before, "direction.issued"]


def test_what_is_meant_for_another_enters_nothing(two: Two) -> None:
    two.say(HERE, direction(HERE, ["harbour"], "direction/authority-2"))
    other = two.sent(HERE, "harbour", "other.tar")
    before = two.kinds(THERE)
    assert code_of(two.takes(THERE, other, two.policy(HERE))) is Code.RECORD_UNKNOWN
    assert code_of(two.takes(HERE, other, two.policy(HERE))) is Code.FILE_UNREADABLE
    with two.at(THERE):
        wrong = receive(two.homes[THERE], Coming(other, "harbour", two.policy(HERE)), lambda *_: None)
    assert code_of(wrong) is Code.LEDGER_UNKNOWN
    assert two.kinds(THERE) == before


def test_a_log_whose_key_nobody_named_or_another_one_is_not_believed(two: Two) -> None:
    order = two.sent(HERE, THERE, "order.tar")
    assert code_of(two.takes(THERE, order)) is Code.FILE_MISSING
    assert isinstance(two.takes(THERE, order, two.policy(THERE)), Refused)
    assert two.takes(THERE, order, two.policy(HERE)) == Entered(HERE, 1, 0)


def test_nobody_speaks_in_the_name_of_another_through_a_log_of_their_own(two: Two, prepared_sqlite: Path) -> None:
    """Somebody whose log is believed opens a ledger in it that says it is the Authority's."""
    home, policy, before = copy_sqlite(prepared_sqlite, two.between / "eve"), two.policy(HERE), two.kinds(THERE)
    with installed(home):
        installation().ledgers.open("eve")
        opening = Opening(HERE, {}, "p-31", Keeper.AUTHORITY)
        entered(append("eve", list(opening_lines(opening, clock.today(), fresh_salt))))
        entered(
            append(
                "eve", [line("licensee.listed", Keeper.AUTHORITY, HERE, {"fuels": "gas"}, THERE, subject="listing/1")]
            )
        )
        entered(append("eve", [direction(HERE, [THERE], "direction/forged")]))
        forged, hers = two.between / "forged.tar", two.between / "eve.policy"
        send(home, "eve", THERE, forged, lambda *_: None)
        hers.write_text(policy_text("eve", log_of(installation().keys, "eve").keys))
    assert code_of(two.takes(THERE, forged, hers)) is Code.LEDGER_OTHER_LICENSEE
    assert isinstance(two.takes(THERE, forged, policy), Refused)
    assert two.kinds(THERE) == before
    assert two.takes(THERE, two.sent(HERE, THERE, "order.tar"), policy) == Entered(HERE, 1, 0)


def test_nobody_confirms_in_the_name_of_another_through_a_log_of_their_own(two: Two, prepared_sqlite: Path) -> None:
    """Somebody gets hold of what went to a licensee, and enters it in a ledger that says it is the licensee's."""
    order, forged, hers = (two.between / name for name in ("order.tar", "forged.json", "eve.policy"))
    two.sent(HERE, THERE, order.name)
    policy, home = two.policy(HERE), copy_sqlite(prepared_sqlite, two.between / "eve")
    with installed(home):
        installation().ledgers.open("eve")
        entered(append("eve", list(opening_lines(Opening(THERE, HELD, "p-01"), clock.today(), fresh_salt))))
        assert receive(home, Coming(order, "eve", policy), lambda *_: None) == Entered(HERE, 1, 0)
        assert receipt(home, "eve", HERE, forged) == 1
        hers.write_text(policy_text("eve", log_of(installation().keys, "eve").keys))
    with two.at(HERE):
        done = confirm(two.homes[HERE], Coming(forged, HERE, hers, "officer"))
    assert code_of(done) is Code.LEDGER_OTHER_LICENSEE
    assert "delivery.confirmed" not in two.kinds(HERE)


def test_what_auditors_elsewhere_say_comes_in_once_the_licensee_let_them_in(two: Two) -> None:
    two.homes[AUDITOR] = two.homes[HERE]
    with two.at(AUDITOR):
        open_for(AUDITOR, Keeper.AUDITOR)
    engaged: dict[str, Any] = {"organisation": AUDITOR, "independence": "declared"}
    two.say(THERE, line("audit.engaged", Keeper.LICENSEE, THERE, engaged, subject="audit/auditor-a-1"))
    sent = two.sent(THERE, AUDITOR, "engagement.tar")
    assert two.takes(AUDITOR, sent, two.policy(THERE)) == Entered(THERE, 1, 0)
    items: Any = [{"name": "item-1", "says": "The rota"}]
    asked: dict[str, Any] = {"audit": "audit/auditor-a-1", "items": items, "due": "2099-12-31"}
    two.say(AUDITOR, line("audit.asked", Keeper.AUDITOR, AUDITOR, asked, THERE, subject="enquiry/auditor-a-1"))
    order, before = two.sent(AUDITOR, THERE, "asked.tar"), two.kinds(THERE)
    done = two.takes(THERE, order, two.policy(AUDITOR))
    assert code_of(done) is Code.ROLE_NOT_HELD
    assert two.kinds(THERE) == before
    granted = {"person": "p-21", "organisation": AUDITOR, "role": "lead_auditor"}
    two.say(THERE, line("access.granted", Keeper.LICENSEE, THERE, granted, subject="access/1"))
    assert two.takes(THERE, order, two.policy(AUDITOR)) == Entered(AUDITOR, 1, 0)


def test_a_key_that_the_sender_calls_the_receivers_is_not_heard_of(two: Two) -> None:
    """With it the receiver would have a newer key of its own, of which it has no secret, and say nothing any more."""
    with two.at(HERE):
        key = next(
            one.facts.public for one in installation().ledgers.records(HERE) if one.kind.name == "key.introduced"
        )
        facts = {"organisation": THERE, "algorithm": "ed25519", "public": str(key)}
        said = line("key.introduced", Keeper.AUTHORITY, HERE, {**facts}, subject="key/another")
        said["statement"] |= {"actor": {"person": "operator", "role": "operator", "organisation": HERE}}  # type: ignore[operator] # a line as JSON
        entered(append(HERE, [said]))
    assert two.takes(THERE, two.sent(HERE, THERE, "order.tar"), two.policy(HERE)) == Entered(HERE, 1, 0)
    answer = line("evidence.requested", Keeper.LICENSEE, THERE, {"by": ["authority"]}, subject="request/1")
    two.say(THERE, answer)
    with two.at(THERE):
        heard = [
            one.facts.organisation for one in installation().ledgers.records(THERE) if one.kind.name == "key.introduced"
        ]
    assert heard == [THERE, HERE]


def test_a_sender_that_was_rolled_back_and_says_something_else_is_not_believed(two: Two) -> None:
    two.takes(THERE, two.sent(HERE, THERE, "first.tar"), two.policy(HERE))
    saved = copy_sqlite(two.homes[HERE], two.between / "saved")
    two.say(HERE, direction(HERE, [THERE], "direction/authority-2"))
    two.takes(THERE, two.sent(HERE, THERE, "second.tar"))
    before, two.homes[HERE] = two.kinds(THERE), saved
    for number in (3, 4):
        two.say(HERE, direction(HERE, [THERE], f"direction/authority-{number}"))
        done = two.takes(THERE, two.sent(HERE, THERE, f"fork-{number}.tar"))
        assert isinstance(done, Refused)
        assert done.done.steps[-1].title == "It continues what you had before"
    assert two.kinds(THERE) == before


def test_every_byte_that_is_changed_is_found(two: Two) -> None:
    order, policy = two.sent(HERE, THERE, "order.tar"), two.policy(HERE)
    whole, before = order.read_bytes(), two.kinds(THERE)
    for word in (b'"purposes"', b'"occurred"', b'"size"', b"direction.issued"):
        place = whole.index(word) + 2
        order.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
        done = two.takes(THERE, order, policy)
        assert isinstance(done, Refused | list), word
        assert two.kinds(THERE) == before
    order.write_bytes(whole)
    two.takes(THERE, order, policy)
    back = two.between / "back.json"
    with two.at(THERE):
        receipt(two.homes[THERE], THERE, HERE, back)
    whole = back.read_bytes()
    with two.at(HERE):
        for place in range(0, len(whole), 97):
            back.write_bytes(whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :])
            done = confirm(two.homes[HERE], Coming(back, HERE, two.policy(THERE), "officer"))
            assert isinstance(done, list), place
    assert "delivery.confirmed" not in two.kinds(HERE)
