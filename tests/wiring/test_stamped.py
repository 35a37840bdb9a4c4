"""Tokens of time stamps as downloads: what OpenSSL accepts, and nothing that stamps something else."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from meterward.core.base.problem import Problem
from meterward.core.records.kinds import checkpoint_stamped
from meterward.usecases.append_record import Appended
from meterward.usecases.give_stamp import StampGiven
from meterward.wiring.appending import append
from meterward.wiring.installed import Installation, installation
from meterward.wiring.stamped import stamp_given
from meterward.wiring.stamping import Authority, stamp_all_due
from tests.builders.desks import Machine, browser_of, secret_of
from tests.builders.lines import LICENCES, Draft
from tests.wiring.test_stamping import DAY, LEDGER, asked, store

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["asked", "store"]
OPENSSL = shutil.which("openssl") or ""
PARTS = ("time-stamp", "stamped-checkpoint")


@pytest.fixture
def number(store: Installation, asked: Authority) -> int:
    """The number of the entry that holds the token of the example."""
    stamp_all_due(store, asked)
    head = store.ledgers.head(LEDGER)
    assert head
    return head.size


def verified(folder: Path, token: bytes, text: bytes, roots: str) -> str:
    """What OpenSSL says of a token over a text."""
    (folder / "token").write_bytes(token)
    (folder / "text").write_bytes(text)
    words = [OPENSSL, "ts", "-verify", "-data", f"{folder}/text", "-in", f"{folder}/token", "-CAfile", roots]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_what_the_pages_give_openssl_accepts_and_nothing_else(number: int, asked: Authority, tmp_path: Path) -> None:
    browser = browser_of("auditor")
    token, text = (browser.get(f"/{LEDGER}/records/{number}/{part}") for part in PARTS)
    assert token["Content-Type"] == "application/timestamp-reply"
    assert token["Content-Disposition"] == f'attachment; filename="{number}.tsr"'
    assert text["Content-Disposition"] == f'attachment; filename="{number}.checkpoint"'
    assert verified(tmp_path, token.content, text.content, asked.certificates).startswith("Verification: OK")
    changed = text.content.replace(b"\n", b" \n", 1)
    assert "OK" not in verified(tmp_path, token.content, changed, asked.certificates)


def test_the_api_gives_the_same(number: int) -> None:
    machine, browser = Machine(secret_of("auditor")), browser_of("auditor")
    for part in PARTS:
        answer = machine.get(f"{LEDGER}/records/{number - 1}/{part}")
        assert answer.status_code == 200
        assert answer.content == browser.get(f"/{LEDGER}/records/{number}/{part}").content
    for place in ("2", "999999"):
        assert {machine.get(f"{LEDGER}/records/{place}/{part}").status_code for part in PARTS} == {404}
    assert machine.get(f"{LEDGER}/records/{number - 1}/time-stamp", x="1").status_code == 422


def test_nobody_without_a_role_has_them(number: int) -> None:
    for part in PARTS:
        assert browser_of("stranger").get(f"/{LEDGER}/records/{number}/{part}").status_code in (403, 404)
        assert browser_of("").get(f"/{LEDGER}/records/{number}/{part}").status_code == 302


def test_the_pages_name_the_downloads_and_the_command(number: int) -> None:
    browser = browser_of("auditor")
    record, ledger = (
        html.unescape(browser.get(f"/{LEDGER}/{page}").content.decode()) for page in (f"records/{number}", "ledger")
    )
    for page in (record, ledger):
        assert all(f'href="/{LEDGER}/records/{number}/{part}"' in page for part in PARTS)
        assert f"The first {number - 1:,} entries existed by " in page
    assert f"openssl ts -verify -data {number}.checkpoint -in {number}.tsr -CAfile CERTS.pem" in re.sub(
        "<[^>]*>", "", record
    )
    assert "known here by its digest only" not in record
    assert "stamped-checkpoint" not in browser.get(f"/{LEDGER}/records/3").content.decode()


def test_a_record_that_names_another_file_as_its_token_gives_nothing(store: Installation, number: int) -> None:
    """Whoever may enter such a record could name a file of another ledger, which only its digest is known of."""
    secret = store.blobs.put([b"Not for everybody."], 18)
    assert not isinstance(secret, Problem)
    facts = {"size": 5, "root": store.ledgers.root(LEDGER, 5), "authority": "x", "instant": "2026-01-01T00:00:00Z"}
    draft = Draft(checkpoint_stamped.KIND.name, DAY, DAY, facts, files=False, role="operator")
    line = {name: part for name, part in draft.line(1).items() if name not in ("recorded", "id")}
    line["files"] = {"token.tsr": secret.digest}
    assert isinstance(done := append(LEDGER, [line]), Appended), done
    assert isinstance(stamp_given(LEDGER, number - 1), StampGiven)
    assert stamp_given(LEDGER, number) is None
    browser = browser_of("auditor")
    assert {browser.get(f"/{LEDGER}/records/{number + 1}/{part}").status_code for part in PARTS} == {404}
    assert "it cannot be given" in browser.get(f"/{LEDGER}/records/{number + 1}").content.decode()


def test_a_stamp_that_was_withdrawn_is_not_the_last_and_breaks_nothing(
    store: Installation, asked: Authority, number: int
) -> None:
    line = store.ledgers.line(LEDGER, number - 1)
    assert line
    because, links = {"because": "duplicate"}, {"withdraws": bytes.fromhex(str(line["id"]))}
    draft = Draft("record.withdrawn", DAY, DAY, because, role="operator", licences=LICENCES, files=False, links=links)
    said = {name: part for name, part in draft.line(2).items() if name not in ("recorded", "id")}
    assert isinstance(done := append(LEDGER, [said]), Appended), done
    page = browser_of("auditor").get(f"/{LEDGER}/ledger")
    assert page.status_code == 200
    assert "rests on the ledger's own clock" in html.unescape(page.content.decode())
    stamp_all_due(installation(), asked)
    page = browser_of("auditor").get(f"/{LEDGER}/ledger")
    assert f"The first {number + 1:,} entries existed by " in html.unescape(page.content.decode())
