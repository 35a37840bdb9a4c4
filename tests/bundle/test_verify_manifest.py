"""The manifest of a bundle is read in one form only, fits its checkpoint, and is signed by the log and nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.core.base.canonical import canonical
from meterward.core.bundle.manifest import MANIFEST, NOTE, read_manifest
from meterward.core.ledger.notes import Note, Signature, read_note
from tests.builders.northlight import SMALL, failed, maker, named, saying, whole

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "written",
    [
        lambda data: data.replace(b'":', b'": ', 1),
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b'"size":', b'"size":1,"size":', 1),
        lambda data: data + b" ",
        lambda data: data.replace(b'"format"', b'"\\u0066ormat"'),
        lambda _: b"[]\n",
        lambda _: b"[" * 100_000,
        lambda _: b"\xff",
    ],
)
def test_a_manifest_is_read_in_one_form_only(written: Callable[[bytes], bytes]) -> None:
    by, data = maker(SMALL), written(whole(SMALL).files[MANIFEST])
    signed = whole(SMALL).changed(MANIFEST, data).changed(NOTE, str(by.sign(data)).encode())
    assert 2 in failed(by.verify(signed))


@pytest.mark.parametrize(
    "put", [b'"\\ud800"', b"NaN", b"Infinity", b"1e999", b"1.5", b'{"a":' * 2000 + b"1" + b"}" * 2000]
)
def test_a_manifest_with_anything_but_plain_json_is_none(put: bytes) -> None:
    bundle, by = whole(SMALL), maker(SMALL)
    written = bundle.files[MANIFEST].replace(b'"receipts":[', b'"receipts":[{"a":' + put + b"},", 1)
    found = by.verify(bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
    assert failed(found) == [2]
    assert "The manifest is not there, or is none." in named(found)


@pytest.mark.parametrize("files", [None, [], [[]], "x", 0, {"x": None}, {"x": [0]}])
def test_a_manifest_whose_files_are_none_is_none(files: object) -> None:
    assert failed(maker(SMALL).verify(saying(whole(SMALL), maker(SMALL), files=files))) == [2]


def test_a_line_of_signature_more_below_the_manifest_is_refused() -> None:
    by, bundle = maker(SMALL), whole(SMALL)
    note = read_note(bundle.files[NOTE])
    assert note
    stranger = Signature("stranger", b"abcd", b"value")
    for signatures in ((stranger, *note.signatures), (*note.signatures, stranger), note.signatures * 2):
        found = by.verify(bundle.changed(NOTE, str(Note(note.text, signatures)).encode()))
        assert 2 in failed(found)


def test_a_manifest_of_another_size_than_the_checkpoint_is_refused() -> None:
    by, said = maker(SMALL), json.loads(whole(SMALL).files[MANIFEST])
    for size in (SMALL, SMALL + 2):
        written = canonical(said | {"size": size}) + b"\n"
        assert read_manifest(written)
        found = by.verify(whole(SMALL).changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode()))
        assert 2 in failed(found), size
    assert read_manifest(canonical(said | {"size": 0}) + b"\n") is None
