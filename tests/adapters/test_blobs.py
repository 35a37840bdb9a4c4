"""Files by content: what was said to be kept is there after the machine lost its power, too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from meterward.adapters.blobs import Blobs, Put

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_file_is_kept_when_it_and_every_folder_above_it_were_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs, synced, sync = Blobs(tmp_path / "files"), list[int](), os.fsync

    def note(file: int) -> None:
        synced.append(os.fstat(file).st_ino)
        sync(file)

    monkeypatch.setattr(os, "fsync", note)
    put = blobs.put([b"one"])
    assert isinstance(put, Put)
    place = blobs.folder / put.digest[:2] / put.digest
    assert synced == [one.stat().st_ino for one in (place, place.parent, blobs.folder)]
