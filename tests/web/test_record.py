"""The page of one record: what it says, what became of it, who reads it, and what may be done about it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meterward.core.base.days import in_words
from meterward.core.bundle.trust import check_checkpoint
from meterward.core.ledger.envelope import opened
from meterward.core.ledger.policy import read_policy
from meterward.core.ledger.proof_text import read_proof
from meterward.core.ledger.proofs import verify_inclusion
from meterward.core.ledger.tree import leaf_hash
from meterward.core.records.keyring import TELLING, Keyring
from meterward.core.records.signatures import vouch
from meterward.usecases.find_record import begin_search, find_record
from meterward.usecases.name_log import log_of
from meterward.usecases.show_record import Ties
from meterward.wiring import DEFAULT_PACK, load_pack, today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.looking import record_at, ties_of
from tests.web.filled_in import Filled
from tests.web.writers import Writer, incident, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")
KIND = "incident.recorded"
REVIEW = 779
"""The entry of the review that led to the third version of the policy."""


def _number_of(kind: str) -> int:
    return next(one.index + 1 for one in installation().ledgers.records(LEDGER) if one.kind.name == kind)


def test_a_record_is_told_in_words_with_what_each_fact_means() -> None:
    said = words_of(Writer().get(f"/records/{REVIEW}"))
    assert "Policy reviewed policy/2" in said
    assert "Decision amend What was decided." in said
    assert "p-01 as security manager, for northlight" in said
    assert "engineers come in through the gateway only" in said
    assert "Z.11 The policy is kept under review as proof" in said
    assert "security-forum-2026-05-13.pdf" in said


def test_the_duties_that_rest_on_a_record_stand_before_those_that_read_its_like() -> None:
    needs = [one for one in installation().ledgers.records(LEDGER) if one.subject == "need/key-custodian-2"]
    found = next(one for one in reversed(needs) if one.kind.name == "state.evidenced")
    assert Writer().get("/").status_code == 200
    said = words_of(Writer().get(f"/records/{found.index + 1}")).partition("Which duties read it")[2]
    resting, likes = said.partition("Its place in the ledger")[0].split("Duties that read records like it")
    assert "Z.13(a) Adequate resource is committed" in resting
    assert "Z.19" not in resting
    assert "Z.19 Directions are complied with as proof" in likes


def test_every_record_of_the_example_has_a_page() -> None:
    writer, kinds = Writer(), set[str]()
    for one in installation().ledgers.records(LEDGER):
        if one.kind.name not in kinds:
            kinds.add(one.kind.name)
            assert writer.get(f"/records/{one.index + 1}").status_code == 200
    assert len(kinds) > 25


def test_it_says_the_same_as_the_command_line_finds() -> None:
    pack, everything = load_pack(DEFAULT_PACK), list(installation().ledgers.records(LEDGER))
    ties = ties_of(LEDGER)
    assert isinstance(ties, Ties)
    for number in (_number_of("policy.issued"), _number_of("action.planned"), _number_of("record.withdrawn"), REVIEW):
        found: Any = record_at(LEDGER, number, None, ties)
        record = everything[number - 1]
        search: Any = begin_search(record.id.hex())
        search.seen.append((record, json.dumps(installation().ledgers.line(LEDGER, number - 1)).encode()))
        told: Any = find_record(search, everything, pack)  # type: ignore[arg-type] # the pack is there
        assert found.entry == told.entry
        assert found.leaf == told.leaf
        assert {(one.verb, one.other.id) for one in found.links} == {(one.verb, one.other.id) for one in told.links}
        assert {one.other.id for one in found.linked} == {one.other.id for one in told.linked}
        assert found.uses == told.uses


def test_an_id_or_its_first_digits_lead_to_the_entry() -> None:
    ties: Any = ties_of(LEDGER)
    identity = ties.records[REVIEW - 1].id.hex()
    for part in (identity, identity[:12]):
        assert (
            Writer().get(f"/records/id/{part}", known_at="800")["Location"]
            == f"/{LEDGER}/records/{REVIEW}?known_at=800"
        )
    for part in (identity[:7], "0" * 64, "xyz", "ab" * 40):
        assert Writer().get(f"/records/id/{part}").status_code == 404


@pytest.mark.parametrize(("number", "known_at"), [(0, ""), (100_000, ""), (REVIEW, str(REVIEW - 1))])
def test_what_is_not_known_is_not_shown(number: int, known_at: str) -> None:
    found = Writer().get(f"/records/{number}", known_at=known_at)
    assert found.status_code == 404


def test_a_correction_is_offered_carried_out_and_shown_on_both() -> None:
    writer = Writer()
    first = writer.send(KIND, "append", incident())["Location"]
    number = size()
    page = writer.client.get(first).content.decode()
    assert "Correct</a>" in page
    identity = page.partition("links.corrects=")[2][:64]
    other = Writer()
    typed = incident(**{"facts.severity": "high", "statement.corrects": identity})
    assert other.send(KIND, "append", typed).status_code == 302
    assert f"Corrected by entry {number + 1}" in words_of(writer.get(f"/records/{number}"))
    assert "Correct</a>" not in writer.get(f"/records/{number}").content.decode()
    assert "corrects Incident recorded" in words_of(writer.get(f"/records/{number + 1}"))
    assert "Corrected by" not in words_of(writer.get(f"/records/{number}", known_at=str(number)))


@pytest.mark.parametrize(
    ("kind", "verb", "form", "because", "became"),
    [
        ("incident.recorded", "withdraws", "record.withdrawn", "duplicate", "Withdrawn by entry"),
        ("element.declared", "ends", "record.ended", "gone", "Ended by entry"),
    ],
)
def test_a_record_is_withdrawn_or_ended_from_its_page(
    kind: str, verb: str, form: str, because: str, became: str
) -> None:
    number = max(one.index + 1 for one in installation().ledgers.records(LEDGER) if one.kind.name == kind)
    writer = Writer()
    link = writer.get(f"/records/{number}").content.decode().partition(f"append/{form}?")[2].partition('"')[0]
    assert link.startswith(f"links.{verb}=")
    page = writer.client.get(f"/{LEDGER}/append/{form}?{link}")
    typed: Any = {**Filled(page.content.decode()).pairs, "facts.because": because, "text.reason": "It was found."}
    assert writer.send(form, "append", typed).status_code == 302
    assert became in words_of(writer.get(f"/records/{number}"))


def test_nobody_acts_on_what_another_organisation_made() -> None:
    page = words_of(Writer("auditor").get(f"/records/{REVIEW}"))
    assert "Only northlight, which made it, corrects or withdraws it." in page


def test_the_withdrawn_record_says_so() -> None:
    withdrawal = next(one for one in installation().ledgers.records(LEDGER) if one.kind.name == "record.withdrawn")
    ties: Any = ties_of(LEDGER)
    number = ties.by_id[withdrawal.links.withdraws] + 1
    said = words_of(Writer().get(f"/records/{number}"))
    assert "Withdrawn by entry" in said
    assert "It counts on no day." in said


def test_the_number_of_queries_does_not_grow() -> None:
    writer = Writer()
    writer.get(f"/records/{REVIEW}")
    with CaptureQueriesContext(connection) as few:
        writer.get(f"/records/{REVIEW}")
    many_ties = _number_of("assessment.completed")
    with CaptureQueriesContext(connection) as many:
        writer.get(f"/records/{many_ties}")
    assert abs(len(many) - len(few)) <= 2, "a file more is one look-up more, and so is a record that a fact names"
    assert len(few) <= 18


def _policy() -> Any:  # noqa: ANN401 - a policy, which is there
    keys = log_of(installation().keys, LEDGER).keys
    return read_policy("".join(f"log {key}\n" for key in keys).encode() + b"quorum none\n")


def test_its_place_in_the_log_and_who_signed_it_stand_on_its_page() -> None:
    said = words_of(Writer().get(f"/records/{REVIEW}"))
    assert f"Entry {REVIEW} of {size()}; no checkpoint of the log covers it yet." in said
    assert Writer().get(f"/records/{REVIEW}/proof").status_code == 200
    said = words_of(Writer().get(f"/records/{REVIEW}"))
    assert f"Entry {REVIEW} of {size()}; the log's checkpoint of {in_words(today())} covers it." in said
    assert "By northlight, its author's organisation. Key " in said
    by_others = next(one for one in installation().ledgers.records(LEDGER) if one.actor.organisation == "auditor-a")
    said = words_of(Writer().get(f"/records/{by_others.index + 1}"))
    assert "By northlight, the ledger's owner, which entered it. That auditor-a said it rests on" in said


def test_its_proof_shows_it_to_whoever_trusts_the_log() -> None:
    answer = Writer().get(f"/records/{REVIEW}/proof")
    assert f'filename="{REVIEW}.tlog-proof"' in answer["Content-Disposition"]
    proof = read_proof(answer.content)
    assert proof is not None
    found, _, checkpoint = check_checkpoint(str(proof.checkpoint).encode(), _policy(), "checkpoint")
    assert checkpoint is not None
    assert "ed25519 and ml-dsa-44" in found.says
    (leaf,) = installation().ledgers.leaves(LEDGER, REVIEW - 1, REVIEW)
    assert proof.leaf == leaf
    hashed = leaf_hash(proof.leaf)
    assert hashed.hex() in words_of(Writer().get(f"/records/{REVIEW}"))
    assert verify_inclusion(hashed, REVIEW - 1, checkpoint.size, proof.path, checkpoint.root)
    assert not verify_inclusion(hashed, REVIEW, checkpoint.size, proof.path, checkpoint.root)


def test_its_signed_statement_is_an_envelope_that_others_verify() -> None:
    answer = Writer().get(f"/records/{REVIEW}/statement")
    assert f'filename="{REVIEW}.dsse.json"' in answer["Content-Disposition"]
    found = opened(json.loads(answer.content))
    assert found is not None
    payload, signatures = found
    ties: Any = ties_of(LEDGER)
    assert sha256(payload).digest() == ties.records[REVIEW - 1].id
    head: Any = installation().ledgers.head(LEDGER)
    ring = Keyring(LEDGER).take(installation().records_of(head, TELLING))
    assert set(vouch(payload, signatures, ring.keys).values()) == {True}


@pytest.mark.parametrize("what", ["proof", "statement"])
@pytest.mark.parametrize("number", [0, 100_000])
def test_of_an_entry_that_is_not_there_nothing_is_shown(what: str, number: int) -> None:
    assert Writer().get(f"/records/{number}/{what}").status_code == 404


def test_a_process_that_finds_other_entries_than_those_of_the_checkpoint_proves_nothing_by_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'storage_entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        installation().publisher.publish(LEDGER)
        cursor.execute('UPDATE storage_entry SET recorded = %s WHERE "index" = 5', ["2013-01-01T00:00:00Z"])
    installation.cache_clear()
    answer = Writer().get(f"/records/{REVIEW}/proof")
    assert answer.status_code == 422
    assert "are not those of its checkpoint" in words_of(answer)
