"""Tars that other programs write: whoever writes them as we do is read, and everybody else is refused."""

from __future__ import annotations

import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from tests.builders.bundle_files import contents, opened, refused, write
from tests.builders.tars import LONG, SMALL

if TYPE_CHECKING:
    from pathlib import Path

# What GNU tar has to be told so that it writes what we write.
CANONICAL = ["--format=ustar", "-b1", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=644"]


def test_the_tar_of_the_system_lists_and_extracts(place: Path) -> None:
    write(place, SMALL)
    listed = subprocess.run(["tar", "tf", place], check=True, capture_output=True, text=True)
    assert (listed.stdout.split(), listed.stderr) == (sorted(SMALL), "")
    out = place.parent / "out"
    out.mkdir()
    subprocess.run(["tar", "xf", place, "-C", out], check=True)
    assert contents(opened(out)) == dict(sorted(SMALL.items()))
    assert write(place.parent / "again.tar", contents(opened(out))).read_bytes() == place.read_bytes()


def test_the_tar_of_the_system_can_write_the_same_bytes(place: Path) -> None:
    files = SMALL | {
        f"{'p' * 154}/{'q' * 100}": b"1",
        f"{'r/' * 12}{'s' * 90}": b"2",
        "t" * 100: b"3",
        f"{'u' * 49}/{'u' * 50}": b"4",
    }
    folder = write(place.parent / "folder", files)
    made = subprocess.run(["tar", *CANONICAL, "-cf", "-", *sorted(files)], cwd=folder, check=True, capture_output=True)
    assert made.stdout == write(place, files).read_bytes()
    (place.parent / "made.tar").write_bytes(made.stdout)
    assert contents(opened(place.parent / "made.tar")) == dict(sorted(files.items()))


@pytest.mark.parametrize("style", ["gnu", "oldgnu", "pax", "posix", "ustar", "v7"])
def test_other_archives_of_the_system_are_refused(place: Path, style: str) -> None:
    folder = write(place.parent / "folder", {"a": b"1", "b/c": b"2"})
    subprocess.run(["tar", f"--format={style}", "-cf", place, "a", "b/c"], cwd=folder, check=True)
    assert refused(place).field in {"a", "./PaxHeaders/a"}
    subprocess.run(["tar", f"--format={style}", "-cf", place, "."], cwd=folder, check=True)
    assert refused(place).field.startswith(".")


@pytest.mark.parametrize("option", ["-b20", "--mtime=@1", "--owner=1", "--group=1", "--mode=600", "--format=gnu"])
def test_one_option_less_is_refused(place: Path, option: str) -> None:
    folder = write(place.parent / "folder", {"a": b"1"})
    subprocess.run(["tar", *CANONICAL, option, "-cf", place, "a"], cwd=folder, check=True)
    assert refused(place).field == ("bundle.tar" if option == "-b20" else "a")


@pytest.mark.parametrize("style", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", ["a", LONG, f"{'n' * 120}"])
def test_archives_of_tarfile_are_refused(place: Path, style: int, name: str) -> None:
    with tarfile.open(place, "w", format=style, encoding="ascii") as archive:
        info = tarfile.TarInfo(name)
        info.size = 3
        if style == tarfile.USTAR_FORMAT and name.startswith("n"):
            with pytest.raises(ValueError, match="too long"):
                archive.addfile(info)
            return
        archive.addfile(info, io.BytesIO(b"123"))
    assert refused(place).field in {name, "././@PaxHeader", "././@LongLink"}


@pytest.mark.parametrize("sort", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_devices_and_folders_of_tarfile_are_refused(place: Path, sort: bytes) -> None:
    with tarfile.open(place, "w", format=tarfile.USTAR_FORMAT) as archive:
        info = tarfile.TarInfo("thing")
        info.type, info.linkname = sort, "/etc/passwd"
        archive.addfile(info)
    assert refused(place).field.startswith("thing")
    assert "a bundle has files only" in refused(place).message


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"hello\n" * 1000, b"\x1f\x8b" + bytes(3000), b"PK" + bytes(range(256)) * 9]
)
def test_a_file_that_is_no_tar(place: Path, raw: bytes) -> None:
    place.write_bytes(raw)
    assert (refused(place).field, refused(place).message) == ("bundle.tar", "The file is no tar.")
