"""Files over HTTP: kept by content and given back as they were, never as what they claim to be."""

from __future__ import annotations

from hashlib import sha256

import pytest

from meterward.core.base.problem import Problem
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import LARGEST, give, take
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, secret_of

FILES = f"{LEDGER}/files"
BYTES = "application/octet-stream"
PDF = b"%PDF-1.7\nnothing much"


@pytest.fixture
def machine() -> Machine:
    return Machine(secret_of("security"))


def test_a_file_comes_back_as_it_was(machine: Machine) -> None:
    said = machine.post(FILES, PDF, BYTES)
    assert said.status_code == 201
    digest = sha256(PDF).hexdigest()
    assert said.json() == {
        "format": "meterward.file/1",
        "digest": digest,
        "size": len(PDF),
        "media_type": "application/pdf",
    }
    found = machine.client.get(said.headers["Location"], headers={"Authorization": f"Bearer {machine.secret}"})
    assert found.getvalue() == PDF
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_a_browser_would_run_is_given_as_text(machine: Machine) -> None:
    said = machine.post(FILES, b"<script>alert(1)</script>", BYTES)
    assert said.json()["media_type"] == "text/plain"


@pytest.mark.parametrize("media_type", ["", "text/html", "multipart/form-data", "application/json"])
def test_a_file_is_sent_as_bytes(machine: Machine, media_type: str) -> None:
    assert machine.post(FILES, PDF, media_type).status_code == 415


def test_an_empty_file_is_refused(machine: Machine) -> None:
    said = machine.client.generic(
        "POST",
        f"/api/v1/{FILES}",
        headers={"Authorization": f"Bearer {machine.secret}"},
        CONTENT_TYPE=BYTES,
        CONTENT_LENGTH="0",
    )
    assert (said.status_code, said.json()["problems"][0]["code"]) == (400, "file.empty")


def test_a_file_that_says_that_it_is_too_large_is_not_even_read(machine: Machine) -> None:
    said = machine.client.generic(
        "POST",
        f"/api/v1/{FILES}",
        PDF,
        BYTES,
        headers={"Authorization": f"Bearer {machine.secret}"},
        CONTENT_LENGTH=str(LARGEST + 1),
    )
    assert (said.status_code, said.json()["problems"][0]["code"]) == (413, "file.too-large")


@pytest.mark.parametrize("length", ["", "²", "-1"])
def test_a_file_of_unknown_length_is_refused(machine: Machine, length: str) -> None:
    said = machine.client.generic(
        "POST",
        f"/api/v1/{FILES}",
        PDF,
        BYTES,
        headers={"Authorization": f"Bearer {machine.secret}"},
        CONTENT_LENGTH=length,
    )
    assert said.status_code == 411


@pytest.mark.parametrize("digest", ["0" * 64, "x", "A" * 64, "..", "%2e%2e%2fsession.key"])
def test_a_file_that_is_not_there_is_not_found(machine: Machine, digest: str) -> None:
    assert machine.get(f"{FILES}/{digest}").status_code == 404


def test_a_file_that_broke_off_on_its_way_is_not_kept() -> None:
    person = installation().people.get("security")
    assert person is not None
    said = take(LEDGER, person, [PDF, b"broke off"], len(PDF) + 1_000)
    assert isinstance(said, Problem)
    assert said.message == f"Only {len(PDF) + 9} of 1,021 bytes arrived."
    assert give(LEDGER, sha256(PDF + b"broke off").hexdigest()) is None
