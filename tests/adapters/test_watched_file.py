"""A watched file tells where it is read, and stops being read when whoever hears it raises."""

from __future__ import annotations

from io import BytesIO

import pytest

from meterward.adapters.watched_file import WatchedFile


def test_it_tells_where_it_is_read() -> None:
    heard: list[int] = []
    watched = WatchedFile(BytesIO(b"0123456789"), heard.append)
    assert (watched.read(4), watched.seek(0), watched.read(), watched.tell()) == (b"0123", 0, b"0123456789", 10)
    assert heard == [4, 10]


def test_who_hears_it_stops_it() -> None:
    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        WatchedFile(BytesIO(b"0"), stop).read()
