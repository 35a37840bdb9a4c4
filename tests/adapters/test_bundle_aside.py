"""A bundle is written whole or not at all, and over nothing: as a folder and as a tar alike."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from meterward.adapters import bundle_names
from meterward.adapters.bundles import sink_at
from tests.builders.bundle_files import contents, opened, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILES = {"b/two": b"22", "a": b"1", "b/c/three": b"3" * 700}
both = pytest.mark.parametrize("name", ["bundle", "bundle.tar"])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def left_in(place: Path) -> list[Path]:
    """All that is in a folder, hidden or not."""
    return sorted(place.rglob("*"))


class Broken(Exception):  # noqa: N818 - it is no error of anything but the test
    """Something went wrong."""


def breaking_off() -> Iterator[bytes]:
    """A content that is not to be had whole."""
    yield b"x" * 100_000
    raise Broken


@both
def test_files_come_back_in_the_order_of_their_names(place: Path, name: str) -> None:
    assert list(contents(opened(write(place / name, FILES))).items()) == sorted(FILES.items())
    assert [path.name for path in place.iterdir()] == [name]


@both
def test_nothing_is_there_before_the_end(place: Path, name: str) -> None:
    with sink_at(place / name) as sink:
        sink.put("a", (b"1",))
        assert not (place / name).exists()
    assert (place / name).exists()


@both
def test_a_crash_in_the_middle_leaves_nothing(place: Path, name: str) -> None:
    sink = sink_at(place / name)
    with pytest.raises(Broken), sink:  # noqa: PT012 - its end is the case
        sink.put("a", (b"1",))
        sink.put("b/c", breaking_off())
    assert left_in(place) == []


@both
def test_a_crash_between_files_leaves_nothing(place: Path, name: str) -> None:
    sink = sink_at(place / name)
    with pytest.raises(KeyboardInterrupt), sink:  # noqa: PT012 - its end is the case
        sink.put("a", (b"1",))
        raise KeyboardInterrupt
    assert left_in(place) == []


@both
def test_a_file_that_broke_off_breaks_the_bundle_even_if_somebody_goes_on(place: Path, name: str) -> None:
    sink = sink_at(place / name)
    with pytest.raises(ValueError, match="each of them whole"), sink:  # noqa: PT012 - its end is the case
        with pytest.raises(Broken):
            sink.put("a", breaking_off())
        with pytest.raises(ValueError, match="broke off"):
            sink.put("b", (b"2",))
    assert left_in(place) == []


@both
def test_no_bundle_is_empty(place: Path, name: str) -> None:
    sink = sink_at(place / name)
    with pytest.raises(ValueError, match="at least one file"), sink:
        pass
    assert left_in(place) == []


@both
def test_nothing_is_put_before_or_after(place: Path, name: str) -> None:
    sink = sink_at(place / name)
    with pytest.raises(ValueError, match="not open"):
        sink.put("a", (b"1",))
    with sink:
        sink.put("a", (b"1",))
    with pytest.raises(ValueError, match="not open"):
        sink.put("b", (b"2",))
    assert contents(opened(place / name)) == {"a": b"1"}


@both
@pytest.mark.parametrize("there", ["file", "folder", "full folder", "dangling link"])
def test_what_is_there_is_never_written_over(place: Path, name: str, there: str) -> None:
    target = place / name
    if there == "file":
        target.write_bytes(b"mine")
    elif there == "dangling link":
        target.symlink_to(place / "nowhere")
    else:
        target.mkdir()
        if there == "full folder":
            (target / "mine").write_bytes(b"mine")
    before = left_in(place)
    with pytest.raises(FileExistsError):
        write(target, FILES)
    assert left_in(place) == before
    if there == "file":
        assert target.read_bytes() == b"mine"


@both
@pytest.mark.parametrize("links", [True, False])
def test_what_came_meanwhile_is_not_written_over_either(
    place: Path, name: str, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", without_links)
    target = place / name
    with pytest.raises(FileExistsError), sink_at(target) as sink:  # noqa: PT012 - its end is the case
        sink.put("a", (b"1",))
        target.write_bytes(b"mine")
    assert left_in(place) == [target]
    assert target.read_bytes() == b"mine"


def without_links(*_: object, **__: object) -> None:
    """What a disk says that knows no hard links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_disk_without_hard_links_will_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", without_links)
    assert contents(opened(write(place / "bundle.tar", FILES))) == dict(sorted(FILES.items()))
    assert left_in(place) == [place / "bundle.tar"]


def failing_at(monkeypatch: pytest.MonkeyPatch, called: str, number: int) -> None:
    """Let the disk be full at one call of a function of the system."""
    real, calls = getattr(os, called), iter(range(1_000))

    def full(*args: object, **named: object) -> object:
        if next(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **named)

    monkeypatch.setattr(os, called, full)


@pytest.mark.parametrize(
    ("name", "called", "times"),
    [
        ("bundle", "mkdir", (0, 1, 3)),
        ("bundle", "fsync", range(7)),
        ("bundle", "rename", (0,)),
        ("bundle.tar", "fsync", range(2)),
        ("bundle.tar", "link", (0,)),
        ("bundle.tar", "unlink", (0,)),
    ],
)
def test_a_disk_that_fails_at_any_step_leaves_nothing(
    place: Path, name: str, called: str, times: Iterable[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in times:
        with monkeypatch.context() as patched:
            failing_at(patched, called, number)
            with pytest.raises(OSError, match="No space left"):
                write(place / name, FILES)
        assert left_in(place) == [], number


@pytest.mark.parametrize(("name", "before"), [("bundle", 6), ("bundle.tar", 1)])
def test_everything_is_synced_before_it_has_its_name(
    place: Path, name: str, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    there: list[bool] = []

    def synced(handle: int) -> None:
        there.append((place / name).exists())
        real(handle)

    monkeypatch.setattr(os, "fsync", synced)
    write(place / name, FILES)
    assert there == [False] * before + [True]


@both
def test_a_file_that_the_system_cuts_short_leaves_nothing(place: Path, name: str) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write(place / name, {"a": b"1", "b": b"2" * 300_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert left_in(place) == []


KILLED = """
import os, sys
from pathlib import Path
from meterward.adapters.bundles import sink_at
with sink_at(Path(sys.argv[1])) as sink:
    sink.put("a", (b"1",))
    sink.put("b", (os.kill(os.getpid(), 9) for _ in range(1)))
"""


@both
def test_a_killed_process_leaves_no_bundle_and_nothing_in_the_way(place: Path, name: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(place / name)], check=False)
    assert done.returncode == -9
    assert all(path.name.startswith(".bundle-") for path in place.iterdir())
    assert contents(opened(write(place / name, FILES))) == dict(sorted(FILES.items()))


@both
def test_no_folder_is_made_by_a_slip_of_the_pen(place: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        write(place / "slip" / name, FILES)
    assert left_in(place) == []


UNFIT = ["", "/a", "a/", "a//b", "..", "a/../b", "./a", ".hidden", "a/.b", "a b", "ä", "a\n", "a\0", "a\\b", "C:a"]


@both
@pytest.mark.parametrize("unfit", [*UNFIT, "x" * 256, "/".join("x" * 21)])
def test_names_that_no_bundle_has_are_not_written(place: Path, name: str, unfit: str) -> None:
    with pytest.raises(ValueError, match=r"^“"):
        write(place / name, {"a": b"1", unfit: b"2"})
    assert left_in(place) == []


@both
@pytest.mark.parametrize(("first", "second"), [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/b/c", "a"), ("a", "a/b/c")])
def test_a_name_is_used_once_and_for_a_file_or_a_folder(place: Path, name: str, first: str, second: str) -> None:
    with pytest.raises(ValueError, match=r"already|a file and a folder"), sink_at(place / name) as sink:  # noqa: PT012 - its end is the case
        sink.put(first, (b"1",))
        sink.put(second, (b"1",))
    assert left_in(place) == []


@both
def test_there_are_at_most_so_many_files(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_names, "MOST_FILES", 3)
    assert len(opened(write(place / f"right-{name}", FILES)).names()) == 3
    with pytest.raises(ValueError, match="one file too many"):
        write(place / name, FILES | {"d": b"4"})


@both
def test_the_longest_names_and_deepest_folders_come_back(place: Path, name: str) -> None:
    deepest, longest = "/".join("x" * 20), f"{'f' * 155}/{'n' * 99}"
    assert opened(write(place / name, {deepest: b"1", longest: b"2"})).names() == (longest, deepest)


@both
def test_large_files_pass_through_in_little_memory(place: Path, name: str) -> None:
    piece = bytes(2**20)
    tracemalloc.start()
    try:
        with sink_at(place / name) as sink:
            sink.put("b", (piece for _ in range(48)))
            sink.put("a", (b"1",))
        with opened(place / name).open("b") as file:
            assert sum(len(found) for found in iter(lambda: file.read(2**16), b"")) == 48 * 2**20
        assert tracemalloc.get_traced_memory()[1] < 6 * 2**20
    finally:
        tracemalloc.stop()
