"""Files: kept by content with the draft, given back only as something to save, and refused in words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meterward.adapters import blobs
from meterward.core.base.problem import Problem
from meterward.web.limits import MOST
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import clean_name, media_type_of
from meterward.wiring.installed import installation
from tests.builders.desks import STRANGER
from tests.web.writers import Writer, incident, size, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
pytestmark = pytest.mark.usefixtures("example_store")
KIND = "incident.recorded"
PAGE = b"<html><script>alert(1)</script>"


def _with(*files: tuple[str, bytes]) -> dict[str, Any]:
    return incident(upload=[SimpleUploadedFile(name, said, "application/pdf") for name, said in files])


def test_a_file_goes_with_the_record_by_its_digest() -> None:
    writer = Writer()
    done = writer.send(KIND, "append", _with(("Report of June.pdf", b"%PDF-1.7 words")))
    line = installation().ledgers.line(LEDGER, size() - 1)
    assert line is not None
    digest = sha256(b"%PDF-1.7 words").hexdigest()
    assert line["files"] == {"Report-of-June.pdf": digest}
    shown = writer.client.get(done["Location"]).content.decode()
    assert f"/{LEDGER}/files/{digest}?name=Report-of-June.pdf" in shown


def test_a_file_with_a_lying_type_is_only_ever_saved_never_shown() -> None:
    writer = Writer()
    writer.send(KIND, "save", _with(("page.pdf", PAGE)))
    found = writer.get(f"/files/{sha256(PAGE).hexdigest()}", name="page.pdf")
    assert b"".join(found.streaming_content) == PAGE
    assert found["Content-Type"] == "text/plain"
    assert found["Content-Disposition"] == 'attachment; filename="page.pdf"'
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Content-Security-Policy"] == "sandbox; default-src 'none'"
    found.close()


@pytest.mark.parametrize(
    ("sign_in", "status"), [("security", 200), ("auditor", 200), ("authority", 404), (STRANGER.sign_in, 404), ("", 302)]
)
def test_readers_of_the_ledger_alone_have_its_files(sign_in: str, status: int) -> None:
    Writer().send(KIND, "save", _with(("page.pdf", PAGE)))
    found = Writer(sign_in).get(f"/files/{sha256(PAGE).hexdigest()}")
    assert found.status_code == status
    found.close()


@pytest.mark.parametrize("digest", ["0" * 64, "A" * 64, "x", "0" * 65])
def test_what_is_no_file_of_the_ledger_is_not_there(digest: str) -> None:
    assert Writer().get(f"/files/{digest}").status_code == 404


def test_two_gigabytes_are_refused_in_words_before_a_byte_is_read() -> None:
    found = Writer().client.generic("POST", f"/{LEDGER}/append/{KIND}", b"", CONTENT_LENGTH=str(2 * 2**30))
    assert found.status_code == 413
    assert "The file has more than 100 MiB. Attach a smaller file" in words_of(found)


@pytest.mark.parametrize("said", ["-1", "many", "9" * 30, str(MOST + 1)])
def test_a_size_that_is_none_is_refused_too(said: str) -> None:
    assert Writer().client.generic("POST", "/sign-in", b"", CONTENT_LENGTH=said).status_code == 413


def test_a_file_that_is_larger_than_it_may_be_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LARGEST", 1_000)
    before = set(_kept())
    writer = Writer()
    sent = writer.send(KIND, "append", _with(("large.bin", b"x" * 1_001)))
    assert sent.status_code == 422
    assert "The file has more than" in sent.content.decode().partition('id="files-wrong"')[2][:200]
    assert set(_kept()) == before
    assert "wrong tariff" in writer.client.get(writer.place(KIND)).content.decode()


def test_an_empty_file_is_refused() -> None:
    assert "The file is empty." in words_of(Writer().send(KIND, "save", _with(("a.pdf", b""))))


def test_two_files_of_one_name_are_told_apart_by_whoever_attaches_them() -> None:
    writer = Writer()
    writer.send(KIND, "save", _with(("a.pdf", b"one")))
    kept = {"attached.0.name": "a.pdf", "attached.0.digest": sha256(b"one").hexdigest()}
    sent = writer.send(KIND, "save", _with(("a.pdf", b"two")) | kept)
    assert "Another file of the name “a.pdf” is attached already." in words_of(sent)


def test_a_file_is_removed_from_a_draft() -> None:
    writer = Writer()
    kept = {"attached.0.name": "a.b.pdf", "attached.0.digest": "ab" * 32}
    writer.send(KIND, "remove=files.a.b.pdf", incident() | kept)
    assert "a.b.pdf" not in writer.client.get(writer.place(KIND)).content.decode()


def test_a_file_that_is_kept_elsewhere_goes_by_its_digest() -> None:
    writer = Writer()
    typed = incident() | {"attached.0.name": "log.zip", "attached.0.digest": "AB" * 32}
    done = writer.send(KIND, "append", typed)
    assert "known here by its digest only" in words_of(writer.client.get(done["Location"]))
    wrong = Writer().send(KIND, "append", typed | {"statement.subject": "incident/16", "attached.0.digest": "12"})
    assert "64 hex digits" in wrong.content.decode().partition('id="files-wrong"')[2][:300]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("Prüfbericht (2).pdf", "Prufbericht-2-.pdf"),
        ("a" * 200 + ".pdf", "a" * 96 + ".pdf"),
        ("b" * 200, "b" * 100),
    ],
)
def test_a_name_is_made_plain(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x.pdf", "/x", ".bashrc", "", "…", "\u202e", "日本"])
def test_a_name_with_a_path_or_nothing_plain_in_it_is_refused(name: str) -> None:
    found = clean_name(name)
    assert isinstance(found, Problem)
    assert found.field == "files"


@pytest.mark.parametrize(
    ("begins", "media_type"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (PAGE, "text/plain"),
        ("é".encode()[:1], "application/octet-stream"),
        (b"ab" + "é".encode()[:1], "text/plain"),
        (b"MZ\x90\x00", "application/octet-stream"),
        (b"\xff\xfe\xfd", "application/octet-stream"),
    ],
)
def test_a_type_is_told_from_the_first_bytes(begins: bytes, media_type: str) -> None:
    assert media_type_of(begins) == media_type


def _kept() -> Iterator[str]:
    return (file.name for file in installation().blobs.folder.rglob("*") if file.is_file())
