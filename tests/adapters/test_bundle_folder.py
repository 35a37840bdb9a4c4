"""A folder is read as a bundle if it has plain files under plain names only; no link is ever followed."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from meterward.adapters import bundle_names
from meterward.adapters.bundles import open_bundle
from meterward.core.base.problem import Code, Problem
from tests.builders.bundle_files import FILES, contents, opened, refused, write


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle with a few files, beside a secret."""
    (tmp_path / "secret").write_bytes(b"never read")
    return write(tmp_path / "bundle", {"a": b"1", "b/c": b"2", "b/d/e": b"3"})


@given(FILES)
def test_what_is_written_is_read(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        found = contents(opened(write(Path(folder) / "bundle", files)))
        assert list(found.items()) == sorted(files.items())


def test_what_is_not_there(bundle: Path) -> None:
    found = opened(bundle)
    for name in ("", "b", "b/", "zz", "../secret", str(bundle / "a")):
        with pytest.raises(KeyError):
            found.open(name)
        with pytest.raises(KeyError):
            found.size(name)


@pytest.mark.parametrize("path", ["link", "b/link", "b/d/link"])
@pytest.mark.parametrize("to", ["../secret", "a", "b", "nowhere", "/etc/passwd", "."])
def test_a_link_is_refused_wherever_it_leads(bundle: Path, path: str, to: str) -> None:
    (bundle / path).symlink_to(to)
    found = refused(bundle)
    assert (found.field, found.message) == (path, "It is a symbolic link.")


def test_a_pipe_a_socket_and_a_device_are_refused(bundle: Path) -> None:
    os.mkfifo(bundle / "b" / "fifo")
    assert (refused(bundle).field, refused(bundle).message) == ("b/fifo", "It is a pipe.")
    (bundle / "b" / "fifo").unlink()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(bundle / "sock"))
        assert (refused(bundle).field, refused(bundle).message) == ("sock", "It is a socket.")


def test_a_device_is_refused(bundle: Path) -> None:
    try:
        os.mknod(bundle / "null", 0o20666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")
    assert (refused(bundle).field, refused(bundle).message) == ("null", "It is a device.")


def test_a_hard_link_is_a_file_like_any_other(bundle: Path) -> None:
    os.link(bundle / "a", bundle / "again")
    assert contents(opened(bundle))["again"] == b"1"


@pytest.mark.parametrize("name", [".hidden", "b/.hidden", ".git/config", "b/with space", "ä", "b/x\ny", "b/~", "a:b"])
def test_other_names_are_refused(bundle: Path, name: str) -> None:
    (bundle / name).parent.mkdir(exist_ok=True)
    (bundle / name).write_bytes(b"")
    assert refused(bundle).field == (".git" if name.startswith(".git") else name)
    assert refused(bundle).message.startswith("Its name has ")


def test_a_name_that_is_no_text_is_refused(bundle: Path) -> None:
    Path(os.fsdecode(os.fsencode(bundle) + b"/\xff")).write_bytes(b"")
    assert refused(bundle).field == "\\udcff"


def test_a_folder_that_is_too_deep_or_a_name_that_is_too_long(bundle: Path) -> None:
    deep = bundle.joinpath(*"x" * 21)
    deep.parent.mkdir(parents=True)
    deep.write_bytes(b"")
    assert refused(bundle).message == "Its name has more than 20 parts."
    deep.unlink()
    deep.parent.rmdir()
    deep.parent.parent.joinpath("last").write_bytes(b"")
    assert len(opened(bundle).names()) == 4
    (bundle / "y" / ("z" * 200)).mkdir(parents=True)
    (bundle / "y" / ("z" * 200) / ("z" * 52)).write_bytes(b"")
    assert len(opened(bundle).names()) == 5
    (bundle / "y" / ("z" * 200) / ("z" * 53)).write_bytes(b"")
    assert refused(bundle).message == "Its name has more than 255 characters."


@pytest.mark.parametrize("name", ["empty", "b/empty", "b/d/empty"])
def test_an_empty_folder_is_refused(bundle: Path, name: str) -> None:
    (bundle / name).mkdir()
    assert refused(bundle).field == name


def test_too_many_files_are_refused(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_names, "MOST_FILES", 3)
    assert len(opened(bundle).names()) == 3
    (bundle / "b" / "more").write_bytes(b"")
    assert refused(bundle).message == "The bundle has more than 3 files."


def test_what_is_no_bundle(tmp_path: Path) -> None:
    assert refused(tmp_path).message == "The folder is empty."
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", Path("/dev/null")):
        assert refused(path).message == "It is neither a folder nor a file."
    for path in (tmp_path / "missing", tmp_path / "nul\0"):
        found = open_bundle(path)
        assert isinstance(found, Problem)
        assert found.code is Code.FILE_MISSING


def test_a_bundle_may_be_named_by_a_link(bundle: Path) -> None:
    (bundle.parent / "link").symlink_to(bundle)
    assert len(opened(bundle.parent / "link").names()) == 3


@pytest.mark.parametrize("called", ["open", "scandir"])
def test_what_may_not_be_read_is_named(bundle: Path, called: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = getattr(os, called), iter(range(10))

    def forbidden(*args: object, **named: object) -> object:
        if next(calls) == 1:
            raise PermissionError(13, "Permission denied")
        return real(*args, **named)

    monkeypatch.setattr(os, called, forbidden)
    found = open_bundle(bundle)
    assert isinstance(found, Problem)
    assert (found.code, found.field, found.message) == (
        Code.FILE_UNREADABLE,
        "b",
        "It cannot be read: Permission denied.",
    )


def test_what_may_not_be_opened_at_all(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    found = open_bundle(bundle)
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_UNREADABLE


@pytest.mark.parametrize("change", ["link", "link above", "pipe", "longer", "shorter", "gone", "folder"])
def test_what_changed_since_is_not_read(bundle: Path, change: str) -> None:
    found = opened(bundle)
    path = bundle / "b" / "c"
    if change in {"longer", "shorter"}:
        path.write_bytes(b"22" if change == "longer" else b"")
    elif change == "link above":
        (bundle / "b").rename(bundle / "moved")
        (bundle / "b").symlink_to("moved")
    else:
        path.unlink()
        if change == "link":
            path.symlink_to("../a")  # of the same size
        elif change == "pipe":
            os.mkfifo(path)
        elif change == "folder":
            path.mkdir()
    with pytest.raises(OSError, match="b/c"):
        found.open("b/c")
    with found.open("a") as file:
        assert file.read() == b"1"


def test_another_folder_in_its_place_is_not_read(bundle: Path) -> None:
    found = opened(bundle)
    bundle.rename(bundle.parent / "moved")
    write(bundle, {"a": b"9"})
    with found.open("a") as file:
        assert file.read() == b"1"


def test_no_descriptor_is_left_open(bundle: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        contents(opened(bundle))
        with pytest.raises(KeyError):
            opened(bundle).open("zz")
    (bundle / "b" / "d" / "link").symlink_to("x")
    refused(bundle)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
