"""One statement in the ledger of each party: all entries or none, one signature, known to each by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.ledger.envelope import signed_bytes
from meterward.core.records.keeper import Keeper
from meterward.core.records.keyring import TELLING, Keyring
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.signatures import written
from meterward.usecases.tell_signers import vouching
from meterward.wiring.appending import append, deliver_owed
from meterward.wiring.entering import enter
from meterward.wiring.installed import installation
from meterward.wiring.ledgers import Rotated, rotate
from tests.builders.parties import direction, entered, line, open_for
from tests.builders.passkeys import Passkey

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.canonical import Json

LICENSEES = ("harbour", "northlight", "southlight")
EVERYBODY = ("authority", *LICENSEES)
SUBJECT = "direction/authority-1"


@pytest.fixture(autouse=True)
def parties(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """Three licensees and the Authority."""
    for name in LICENSEES:
        open_for(name)
    open_for("authority", Keeper.AUTHORITY)


def sizes() -> dict[str, int]:
    """How many entries each ledger has."""
    heads = (installation().ledgers.head(name) for name in installation().ledgers.names())
    return {one.ledger: one.size for one in heads if one}


def last(ledger: str) -> dict[str, Any]:
    """The last line of a ledger."""
    return installation().ledgers.line(ledger, sizes()[ledger] - 1) or {}


def engage() -> None:
    """Engage the auditors for an audit of a licensee."""
    facts: dict[str, Json] = {"organisation": "auditor-a", "independence": "declared"}
    entered(append("northlight", [line("audit.engaged", Keeper.LICENSEE, "northlight", facts, subject="audit/1")]))


def test_a_direction_is_signed_once_and_entered_in_the_ledger_of_each_addressee() -> None:
    entered(append("authority", [direction("authority", LICENSEES, SUBJECT)]))
    found = [last(name) for name in EVERYBODY]
    assert {one["statement"]["subject"] for one in found} == {SUBJECT}
    assert len({one["id"] for one in found}) == 1
    assert len({tuple(one["signatures"].items()) for one in found}) == 1
    (key,) = found[0]["signatures"]
    ring = Keyring("authority").take(installation().ledgers.records("authority"))
    assert ring.keys[key] == ring.key_of("authority", sizes()["authority"])


def test_a_regulator_directs_and_asks_in_its_own_name() -> None:
    """Alone or with the other, but never in the name of the other alone, whom the condition may allow more."""
    open_for("department", Keeper.DEPARTMENT)
    said: dict[str, Any] = direction("secretary_of_state", ["northlight"], "direction/1")
    said["statement"] |= {
        "licensee": "authority",
        "actor": {"person": "p-31", "role": "authority_officer", "organisation": "authority"},
    }
    by: dict[str, Json] = {"by": ["secretary_of_state"]}
    asked: dict[str, Any] = line("evidence.requested", Keeper.AUTHORITY, "authority", by, "northlight")
    asked["statement"] |= {"licences": ["any"], "subject": "request/1"}
    for one in (said, asked):
        problems = append("authority", [one])
        assert isinstance(problems, list)
        assert [problem.message for problem in problems] == [
            "It is said by authority, in the name of department alone."
        ]
    assert last("northlight")["statement"]["kind"] == "key.introduced"
    told = line("direction.issued", Keeper.LICENSEE, "northlight", said["facts"], subject="direction/1")
    entered(append("northlight", [told]))


def test_who_is_not_addressed_hears_nothing() -> None:
    before = sizes()["southlight"]
    entered(append("authority", [direction("authority", LICENSEES[:2], SUBJECT)]))
    assert sizes()["southlight"] == before


def test_it_is_in_every_ledger_or_in_none() -> None:
    """The last of them has a direction of that name already."""
    entered(append("authority", [direction("authority", LICENSEES[2:], SUBJECT)]))
    entered(append("authority", [direction("authority", ["harbour"], "direction/authority-2")]))
    before = sizes()
    problems = append("authority", [direction("authority", LICENSEES, SUBJECT)])
    assert isinstance(problems, list)
    assert [one.code.value for one in problems] == ["subject.taken"]
    assert problems[0].message == "In the ledger of southlight: direction/authority-1 is there already."
    after = sizes()
    assert {name: after[name] - before[name] for name in after if name != "northlight"} == dict.fromkeys(
        ("authority", "harbour", "southlight"), 0
    )


def test_the_same_order_sent_twice_is_carried_out_once() -> None:
    said = direction("authority", LICENSEES, SUBJECT)
    first = entered(append("authority", [said], "once"))
    before = sizes()
    again = entered(append("authority", [said], "once"))
    assert again.again
    assert again.first == first.first
    assert sizes() == before


def test_what_is_withdrawn_is_withdrawn_wherever_it_is() -> None:
    entered(append("authority", [direction("authority", LICENSEES[:2], SUBJECT)]))
    because: dict[str, Json] = {"because": "never-happened"}
    gone = line("record.withdrawn", Keeper.AUTHORITY, "authority", because, withdraws=last("authority")["id"])
    before = sizes()
    entered(append("authority", [gone]))
    grown = {name for name, size in sizes().items() if size > before[name]}
    assert grown == {"authority", *LICENSEES[:2]}


def test_an_ending_that_is_withdrawn_is_withdrawn_wherever_it_is() -> None:
    entered(append("authority", [direction("authority", LICENSEES[:2], SUBJECT)]))
    ended = line(
        "record.ended",
        Keeper.AUTHORITY,
        "authority",
        {"because": "gone"},
        subject=SUBJECT,
        ends=last("authority")["id"],
    )
    entered(append("authority", [ended]))
    because: dict[str, Json] = {"because": "never-happened"}
    gone = line("record.withdrawn", Keeper.AUTHORITY, "authority", because, withdraws=last("authority")["id"])
    entered(append("authority", [gone]))
    assert {last(name)["id"] for name in ("authority", *LICENSEES[:2])} == {last("authority")["id"]}


def test_a_ledger_that_is_opened_later_is_given_what_was_said_before() -> None:
    engage()
    open_for("auditor-a", Keeper.AUDITOR)
    assert deliver_owed("northlight", "auditor-a") == []
    assert last("auditor-a")["id"] == last("northlight")["id"]
    size = sizes()["auditor-a"]
    assert deliver_owed("northlight", "auditor-a") == []
    assert sizes()["auditor-a"] == size


def test_what_an_auditor_reports_stands_in_both_ledgers_once_the_licensee_let_them_in() -> None:
    open_for("auditor-a", Keeper.AUDITOR)
    engage()
    assert last("auditor-a")["statement"]["kind"] == "audit.engaged"
    day = last("auditor-a")["statement"]["occurred"]
    facts: dict[str, Json] = {
        "author": "auditor-a",
        "addressee": "northlight",
        "status": "draft",
        "fieldwork_start": day,
        "fieldwork_end": day,
        "coverage": ["Z.4"],
    }
    reported = line("audit.reported", Keeper.AUDITOR, "auditor-a", facts, "northlight", subject="audit/1")
    problems = append("auditor-a", [reported])
    assert isinstance(problems, list)
    assert (problems[0].code.value, "lets p-21 of auditor-a in" in problems[0].message) == ("role.not-held", True)
    granted: dict[str, Json] = {"person": "p-21", "organisation": "auditor-a", "role": "lead_auditor"}
    entered(append("northlight", [line("access.granted", Keeper.LICENSEE, "northlight", granted, subject="access/1")]))
    entered(append("auditor-a", [reported]))
    assert last("northlight")["id"] == last("auditor-a")["id"]
    assert last("northlight")["statement"]["kind"] == "audit.reported"
    asked = line(
        "audit.asked",
        Keeper.AUDITOR,
        "auditor-a",
        {"audit": "audit/1", "items": [{"name": "item-1", "says": "The rota"}], "due": "2099-12-31"},
        "northlight",
        subject="enquiry/1",
    )
    asked["statement"]["licences"] = ["any"]  # type: ignore[index,call-overload] # a line as JSON
    entered(append("auditor-a", [asked]))
    assert last("northlight")["statement"]["licences"] == ["any"]


def test_a_request_is_made_at_the_regulators_desk_for_every_licence_and_owed_in_the_licensees_ledger() -> None:
    asked = line("evidence.requested", Keeper.AUTHORITY, "authority", {"by": ["authority"]}, "northlight")
    asked["statement"] |= {"licences": ["any"], "subject": "request/1"}  # type: ignore[operator] # a line as JSON
    entered(append("authority", [asked]))
    (there,) = (one for one in installation().ledgers.records("northlight") if one.kind.name == "evidence.requested")
    assert there.counts_for("gas")
    assert there.actor.organisation == "authority"


def introduced(passkey: Passkey) -> None:
    """The officer introduces a passkey in the Authority's ledger."""
    facts: dict[str, Json] = {**passkey.facts("p-31", "authority")}
    entered(append("authority", [line("key.introduced", Keeper.AUTHORITY, "authority", facts, subject="key/passkey")]))


def signed(passkey: Passkey, said: dict[str, Json]) -> dict[str, Json]:
    """A line that is signed by a passkey."""
    sealed = read_object({**said, "recorded": "2099-12-31T00:00:00Z"})
    assert isinstance(sealed, Sealed)
    signature = passkey.sign(signed_bytes(sealed.statement.payload()))
    return {**said, "signatures": written({passkey.public.id: signature})}


def counts(ledger: str, passkey: Passkey) -> bool:
    """Whether a passkey counts for what is entered next in a ledger."""
    ring, size = Keyring(ledger).take(installation().ledgers.records(ledger)), sizes()[ledger]
    return any(one.key == passkey.public and one.counts_at(size) for one in ring.spans())


@pytest.mark.parametrize("way", ["ends", "withdraws", "replaces"])
def test_a_passkey_that_ended_counts_in_no_ledger_that_heard_of_it(way: str) -> None:
    passkey = Passkey("officer")
    introduced(passkey)
    first = last("authority")["id"]
    entered(append("authority", [signed(passkey, direction("authority", LICENSEES[:2], SUBJECT))]))
    assert [counts(name, passkey) for name in EVERYBODY] == [True, True, True, False]
    later = signed(passkey, direction("authority", LICENSEES[:2], "direction/authority-2"))
    kind, facts = {
        "ends": ("record.ended", {"because": "revoked"}),
        "withdraws": ("record.withdrawn", {"because": "never-happened"}),
        "replaces": ("key.introduced", dict(Passkey("another").facts("p-31", "authority"))),
    }[way]
    about = {"ends": {"subject": "key/passkey"}, "replaces": {"subject": "key/another"}}.get(way, {})
    over = line(kind, Keeper.AUTHORITY, "authority", facts, **about, **{way: first})
    assert isinstance(append("authority", [over, {**over, "statement": {}}]), list)
    assert counts("harbour", passkey)
    entered(append("authority", [over]))
    assert not any(counts(name, passkey) for name in EVERYBODY)
    assert last("harbour")["statement"]["actor"]["role"] == "operator"
    for name in ("harbour", "northlight"):
        refused = enter(name, [later])
        assert isinstance(refused, list)
        assert [one.code.value for one in refused] == ["signature.invalid"]


def test_an_organisations_key_that_another_took_the_place_of_counts_nowhere(tmp_path: Path) -> None:
    entered(append("authority", [direction("authority", LICENSEES[:2], SUBJECT)]))
    (old,) = last("harbour")["signatures"]
    assert isinstance(rotate(tmp_path / "home", "authority"), Rotated)
    for name in ("harbour", "northlight"):
        spans = Keyring(name).take(installation().ledgers.records(name)).spans()
        assert [one.counts_at(sizes()[name]) for one in spans if one.key.id == old] == [False]
    entered(append("authority", [direction("authority", LICENSEES[:2], "direction/authority-2")]))
    assert old not in last("harbour")["signatures"]
    assert last("harbour")["id"] == last("northlight")["id"]


def test_what_ends_a_passkey_where_it_was_only_heard_of_says_nothing_elsewhere() -> None:
    passkey = Passkey("officer")
    introduced(passkey)
    entered(append("authority", [signed(passkey, direction("authority", LICENSEES, SUBJECT))]))
    (heard,) = (one for one in installation().ledgers.records_of("harbour", TELLING) if one.facts.holder)
    over = line("record.ended", Keeper.LICENSEE, "harbour", {"because": "revoked"}, subject=heard.subject)
    over["statement"] |= {  # type: ignore[operator] # a line as JSON
        "ends": heard.id.hex(),
        "actor": {"person": "operator", "role": "operator", "organisation": "harbour"},
    }
    entered(append("harbour", [over]))
    assert [counts(name, passkey) for name in EVERYBODY] == [True, False, True, True]


def test_a_passkeys_signature_goes_wherever_the_statement_goes() -> None:
    """The other ledgers hear of the passkey from their operators, before it signs anything there."""
    passkey = Passkey("officer")
    introduced(passkey)
    entered(append("authority", [signed(passkey, direction("authority", LICENSEES, SUBJECT))]))
    for name in EVERYBODY:
        assert passkey.public.id in last(name)["signatures"], name
        ring = Keyring(name).take(installation().ledgers.records(name))
        found = read_object(last(name))
        assert isinstance(found, Sealed)
        assert vouching(ring, found, sizes()[name] - 1).how.in_person, name
