"""A tar is written as a bundle and read as one: the same files give the same bytes, in whatever order they come."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters import bundle_names, ustar
from meterward.adapters.bundles import open_bundle
from meterward.adapters.ustar import BLOCK, END, header
from meterward.core.base.problem import Problem
from tests.builders.bundle_files import FILES, contents, opened, refused, write
from tests.builders.tars import SMALL, entry, forged


@given(FILES)
def test_what_is_written_is_read_and_others_read_it_too(files: dict[str, bytes]) -> None:
    fit = {name: content for name, content in files.items() if not ustar.unfit_for_header(name)} or {"a": b""}
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "bundle.tar", fit)
        assert list(contents(opened(path)).items()) == sorted(fit.items())
        assert path.read_bytes() == b"".join(entry(*one) for one in sorted(fit.items())) + END
        with tarfile.open(path, "r:") as archive:
            members = archive.getmembers()
            assert [member.name for member in members] == sorted(fit)
            for member in members:
                assert (member.isreg(), member.mode, member.uid, member.mtime) == (True, 0o644, 0, 0)
                file = archive.extractfile(member)
                assert file is not None
                assert file.read() == fit[member.name]


def test_the_order_in_which_files_are_put_does_not_matter(tmp_path: Path) -> None:
    one = write(tmp_path / "one.tar", SMALL).read_bytes()
    other = write(tmp_path / "other.tar", dict(reversed(SMALL.items()))).read_bytes()
    assert one == other


@given(st.data())
def test_whatever_is_taken_is_what_would_be_written(data: st.DataObject) -> None:
    pieces = [entry("a", b"12345"), entry("a/b"), entry("b", b"1"), forged(entry("c"), 100, b"1"), bytes(BLOCK), END]
    raw = b"".join(data.draw(st.lists(st.sampled_from([*pieces, b"\0", entry("c"), entry("d", END)]), max_size=6)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.tar"
        path.write_bytes(raw)
        found = open_bundle(path)
        if not isinstance(found, Problem):
            assert write(Path(folder) / "again.tar", contents(found)).read_bytes() == raw


def test_names_that_fit_no_header_are_not_written(place: Path) -> None:
    for name in ("n" * 101, f"{'f' * 156}/n", f"a/{'n' * 101}"):
        with pytest.raises(ValueError, match="too long for a tar"):
            write(place, {name: b""})
    assert list(place.parent.iterdir()) == []


def test_contents_that_fit_no_header_are_not_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ustar, "LARGEST", 9)
    with pytest.raises(ValueError, match="“a” has more than 9 bytes"):
        write(place, {"a": b"0123456789"})
    assert list(place.parent.iterdir()) == []
    assert contents(opened(write(place, {"a": b"012345678"}))) == {"a": b"012345678"}


def test_too_many_files_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, SMALL)
    monkeypatch.setattr(bundle_names, "MOST_FILES", 2)
    assert refused(place).message == "The bundle has more than 2 files."


def test_a_file_is_read_from_any_place_and_ends_where_it_ends(place: Path) -> None:
    found = opened(write(place, {"a": b"12345", "b": b"67890"}))
    with found.open("a") as one, found.open("b") as other:
        assert (one.read(2), other.read(2), one.read(), other.read()) == (b"12", b"67", b"345", b"890")
        assert (one.seek(1), one.read(1), one.seek(-1, 2), one.read(), one.seek(99), one.read()) == (
            *(1, b"2", 4, b"5", 99, b""),
        )
        with pytest.raises(ValueError, match="before the beginning"):
            one.seek(-1)
    with pytest.raises(KeyError):
        found.open("c")
    with pytest.raises(KeyError):
        found.size("A")


def test_a_file_lives_longer_than_its_bundle(place: Path) -> None:
    with opened(write(place, SMALL)).open("a") as file:
        assert file.read() == b"12345"


def test_files_of_many_gigabytes_are_found_where_they_are(place: Path) -> None:
    size = 5 * 2**30
    with place.open("wb") as file:
        file.write(header("a", size))
        file.seek(size - 3, os.SEEK_CUR)
        file.write(b"end" + entry("b", b"after") + END)
    found = opened(place)
    assert (found.size("a"), found.size("b")) == (size, 5)
    with found.open("a") as file, found.open("b") as after:
        file.seek(-5, os.SEEK_END)
        assert (file.read(), after.read()) == (b"\0\0end", b"after")


def test_an_archive_that_is_cut_off_meanwhile_is_not_read_as_shorter(place: Path) -> None:
    found = opened(write(place, SMALL))
    os.truncate(place, BLOCK + 2)
    with found.open("a") as file, pytest.raises(OSError, match="cut off"):
        file.read()


def test_another_archive_in_its_place_is_not_read(place: Path) -> None:
    found = opened(write(place, SMALL))
    write(place.parent / "other.tar", {"a": b"54321"}).replace(place)
    assert contents(found) == dict(sorted(SMALL.items()))


def test_a_disk_that_fails_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: object) -> Problem:
        raise OSError(5, "Input/output error")

    write(place, SMALL)
    monkeypatch.setattr("meterward.adapters.bundle_tar._Index.read", failing)
    found = open_bundle(place)
    assert isinstance(found, Problem)
    assert found.message == "It cannot be read: Input/output error."
