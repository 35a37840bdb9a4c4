"""The page of the ledger itself: what vouches for it, who signs, and what is unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from meterward.adapters.outside import OutsideFiles
from meterward.core.base.days import in_words
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.records.keyring import Signed
from meterward.usecases.show_record import Ties
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.looking import ties_of
from meterward.wiring.proving import shares_of
from tests.web.writers import Writer, incident, size, words_of

if TYPE_CHECKING:
    from meterward.usecases.tell_signers import Share

pytestmark = pytest.mark.usefixtures("example_store")


def shares() -> list[Share]:
    head, ties = installation().ledgers.head(LEDGER), ties_of(LEDGER)
    assert head is not None
    assert isinstance(ties, Ties)
    found = shares_of(head, ties)
    assert isinstance(found, list)
    return found


def test_it_says_how_the_ledger_stands() -> None:
    assert "Newest checkpoint None yet" in words_of(Writer("auditor").get("/ledger"))
    assert Writer("auditor").get("/records/1/proof").status_code == 200
    said = words_of(Writer("auditor").get("/ledger"))
    assert installation().ledgers.root(LEDGER, size()) in said
    assert f"Over {size():,} entries, of {in_words(today())}" in said
    assert f"A checkpoint over {size():,} entries" in said
    assert "Nothing: what is kept outside fits, no key is missing" in said
    assert "None has seen the checkpoint." in said
    assert "None. When a record was made" in said
    assert "northlight, from entry 1 on" in said


def test_it_says_who_signs_for_whom() -> None:
    said = words_of(Writer().get("/ledger"))
    assert "auditor-a 10 records, entered and signed by northlight in its name: it has no key here" in said
    assert sum(share.records for share in shares()) == size()
    before = {share.organisation: share.records for share in shares()}
    assert Writer().send("incident.recorded", "append", incident()).status_code == 302
    after = {share.organisation: share.records for share in shares()}
    assert after == {**before, LEDGER: before[LEDGER] + 1}


def test_what_nobody_signed_is_unusual() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'storage_entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE storage_entry SET signatures = '{}' WHERE \"index\" IN (3, 4)")
        cursor.execute('UPDATE storage_entry SET signatures = %s WHERE "index" = 5', ['{"' + "0" * 64 + '":"AAAA"}'])
    said = words_of(Writer().get("/ledger"))
    assert "2 records of northlight are not signed at all." in said
    assert "One record of northlight is signed by no key that counts there." in said
    assert {share.how for share in shares()} >= {Signed.NOT, Signed.BY_NOBODY_KNOWN}
    assert "Not at all: that it was said as it stands here" in words_of(Writer().get("/records/4"))
    assert Writer().get("/records/4/statement").status_code == 404


def test_a_published_checkpoint_that_was_changed_is_unusual_and_no_page_fails() -> None:
    assert Writer("auditor").get("/records/1/proof").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'storage_checkpoint'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE storage_checkpoint SET note = replace(note, %s, %s)", [f"\n{size()}\n", "\n1\n"])
    said = words_of(Writer("auditor").get("/ledger"))
    assert "The last checkpoint that was published of it is damaged" in said
    assert "Newest checkpoint None" in said
    assert "no checkpoint of the log covers it yet" in words_of(Writer("auditor").get("/records/1"))


def test_a_checkpoint_outside_that_was_removed_is_told_by_a_server_that_saw_it() -> None:
    outside = installation().checkpoints.outside
    assert isinstance(outside, OutsideFiles)
    assert "Nothing: what is kept outside fits" in words_of(Writer().get("/ledger"))
    (outside.folder / LEDGER).unlink()
    assert "that is kept outside the database is not there any more" in words_of(Writer().get("/ledger"))


def test_the_policy_to_hand_on_names_the_keys_of_the_log() -> None:
    answer = Writer("auditor").get("/ledger/policy")
    assert f'filename="{LEDGER}.policy"' in answer["Content-Disposition"]
    found = read_policy(answer.content)
    assert isinstance(found, Policy)
    assert len(found.logs) == 2
    assert {key.name for key in found.logs} == {next(iter(found.logs)).name}
