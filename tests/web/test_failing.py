"""A store that is full, or lost a file, says so on pages and in the API alike, and nothing is half there."""

from __future__ import annotations

import errno
import logging
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection

from meterward.wiring import filing
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, secret_of
from tests.web.writers import Writer, incident, size, words_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("example_store")
KIND = "incident.recorded"
BYTES = "application/octet-stream"


def _with(said: bytes) -> dict[str, Any]:
    return incident(upload=[SimpleUploadedFile("a.pdf", said)])


def _home() -> Path:
    home: Path = settings.HOME
    return home


def test_too_much_that_waits_is_said_in_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST_WAITING", 2**20)
    writer, machine = Writer(), Machine(secret_of("security"))
    assert machine.post(f"{LEDGER}/files", b"x" * (2**20 - 5), BYTES).status_code == 201
    said = machine.post(f"{LEDGER}/files", b"123456", BYTES)
    assert (said.status_code, said.json()["problems"][0]["code"]) == (507, "file.waiting")
    problem = said.json()["problems"][0]
    assert problem["message"] == "More than 1 MiB that you uploaded would wait for a record that names them."
    shown = writer.send(KIND, "save", _with(b"123456"))
    assert shown.status_code == 422
    assert problem["message"] in words_of(shown)
    assert problem["hint"] in words_of(shown)
    assert "wrong tariff" in shown.content.decode(), "what was written is not lost"


def test_a_content_that_is_gone_is_said_on_the_page_of_its_record() -> None:
    writer = Writer()
    done = writer.send(KIND, "append", _with(b"%PDF-1.7 words"))
    digest = sha256(b"%PDF-1.7 words").hexdigest()
    (installation().blobs.folder / digest[:2] / digest).unlink()
    page = writer.client.get(done["Location"])
    assert page.status_code == 200
    assert "its content is no longer where files are kept" in words_of(page)
    assert f"/files/{digest}" not in page.content.decode()
    assert writer.get(f"/files/{digest}").status_code == 404
    assert Machine(secret_of("security")).get(f"{LEDGER}/files/{digest}").status_code == 404


def test_a_database_that_is_gone_is_said_and_no_empty_one_takes_its_place(caplog: pytest.LogCaptureFixture) -> None:
    writer, machine = Writer(), Machine(secret_of("security"))
    writer.client.raise_request_exception = False
    connection.close()
    (_home() / "meterward.sqlite3").unlink()
    with caplog.at_level(logging.ERROR), pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.getLogger("django"), "propagate", True)
        said, page = machine.get(f"{LEDGER}/position"), writer.get("/")
    assert (said.status_code, page.status_code) == (503, 503)
    told = said.json()["problems"][0]
    assert told["code"] == "store.unavailable"
    assert told["message"] == "The store cannot be used at the moment."
    assert told["message"] in words_of(page)
    for answer in (said, page):
        assert "unable to open" not in answer.content.decode()
    assert "unable to open database file" in caplog.text
    assert not (_home() / "meterward.sqlite3").exists()


def test_a_disk_that_is_full_while_appending_leaves_the_draft_and_appends_nothing() -> None:
    writer, before = Writer(), size()
    writer.client.raise_request_exception = False
    assert writer.send(KIND, "save", incident()).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    long = incident(**{"text.summary": "x" * 200_000, "text.reasons": "x" * 200_000})
    said = writer.send(KIND, "append", long)
    assert said.status_code in (422, 507)
    assert "The store is full." in words_of(said)
    assert size() == before
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert writer.send(KIND, "append", incident()).status_code == 302
    assert size() == before + 1


def test_a_disk_that_is_full_while_a_file_arrives_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django lays large files down before anybody looks at them."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer = Writer()
    writer.client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(TemporaryFileUploadHandler, "new_file", full)
        said = writer.send(KIND, "save", _with(b"x" * (3 * 2**20)))
    assert said.status_code == 507
    assert "The disk of the server is full." in words_of(said)
    assert not list(installation().blobs.folder.rglob("*"))
