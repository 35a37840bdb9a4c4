"""Files are taken whole or not at all: beside a bound for each person, and with a disk that is full at any point."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.db import OperationalError

from meterward.adapters import blobs
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.uploads import DatabaseUploads
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import PersonKept, UploadKept
from meterward.wiring import filing
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from meterward.wiring.tidying import tidy_now
from tests.builders.kept import append, incident
from tests.builders.stores import EXAMPLE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("example_store")


class Usage(NamedTuple):
    """How full a disk is."""

    total: int
    used: int
    free: int


def person(sign_in: str = "security") -> PersonKept:
    """Somebody of the example."""
    found = installation().people.get(sign_in)
    assert found
    return found


def code_of(found: UploadKept | Problem) -> Code:
    """The code of a problem."""
    assert isinstance(found, Problem), found
    return found.code


def files() -> list[str]:
    """Every file in the folder of contents."""
    return sorted(one.name for one in installation().blobs.folder.rglob("*") if one.is_file())


def named(number: int, digest: str) -> dict[str, Any]:
    """The line of an incident that names a file."""
    line: Any = incident(number, EXAMPLE_DAY)
    return {**line, "files": {"a.txt": digest}}


def test_what_one_person_has_waiting_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST_WAITING", 10)
    first = take(LEDGER, person(), [b"123456"])
    assert isinstance(first, UploadKept)
    before = files()
    refused = take(LEDGER, person(), [b"abcdef"])
    assert code_of(refused) is Code.FILE_WAITING
    assert files() == before
    assert isinstance(take(LEDGER, person(), [b"123456"]), UploadKept), "it is there already"
    assert isinstance(take(LEDGER, person("operations"), [b"abcdef"]), UploadKept), "another person has a bound too"


def test_what_a_record_names_waits_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST_WAITING", 10)
    first = take(LEDGER, person(), [b"123456"])
    assert isinstance(first, UploadKept)
    assert isinstance(append(installation().ledgers, LEDGER, named(901, first.digest)), Appended)
    assert isinstance(take(LEDGER, person(), [b"abcdef"]), UploadKept)


def no_room(*_: object, **__: object) -> Any:  # noqa: ANN401 - it never returns
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FULL: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "begun": lambda patch: patch.setattr(tempfile, "mkstemp", no_room),
    "written": lambda patch: patch.setattr(blobs, "_copy", no_room),
    "synced": lambda patch: patch.setattr(os, "fsync", no_room),
    "settled": lambda patch: patch.setattr(Path, "replace", no_room),
    "foreseen": lambda patch: patch.setattr(shutil, "disk_usage", lambda _: Usage(100, 90, blobs.LEFT_FREE + 5)),
}


@pytest.mark.parametrize("point", FULL)
def test_a_full_disk_keeps_nothing_and_says_so(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        FULL[point](patch)
        found = take(LEDGER, person(), [b"123456"], 6)
    assert code_of(found) is Code.STORE_FULL
    assert files() == []
    assert installation().uploads.get(LEDGER, sha256(b"123456").hexdigest()) is None
    assert isinstance(take(LEDGER, person(), [b"123456"], 6), UploadKept)


def test_a_real_disk_that_is_full_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`/dev/full` takes nothing, as a full disk does when what was written is flushed."""
    made = tempfile.mkstemp

    def full(**options: Any) -> tuple[int, str]:  # noqa: ANN401 - as the system has it
        handle, name = made(**options)
        os.close(handle)
        return os.open("/dev/full", os.O_WRONLY), name

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", full)
        found = take(LEDGER, person(), [b"x" * 100_000] * 3)
    assert isinstance(found, Problem)
    assert (found.code, found.field) == (Code.STORE_FULL, "files")
    assert "No space left on device" in found.message
    assert files() == []


@pytest.mark.parametrize(("pieces", "length"), [([b""], None), ([b"half"], 8)])
def test_what_is_refused_leaves_no_content(pieces: list[bytes], length: int | None) -> None:
    assert isinstance(take(LEDGER, person(), pieces, length), Problem)
    assert files() == []


def test_a_content_whose_upload_could_not_be_noted_is_cleared_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseUploads, "keep", fail)
        assert code_of(take(LEDGER, person(), [b"123456"])) is Code.STORE_FULL
    (left,) = files()
    assert tidy_now(installation()).contents == 0
    os.utime(installation().blobs.folder / left[:2] / left, (0, 0))
    assert tidy_now(installation()).contents == 1
    assert files() == []
