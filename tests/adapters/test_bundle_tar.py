"""A tar is read as a bundle if it has exactly the bytes that writing the same files would give."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters import bundle_names, ustar
from meterward.adapters.bundle_names import MOST_PARTS
from meterward.adapters.bundles import open_bundle
from meterward.adapters.ustar import BLOCK, END, header
from meterward.core.base.problem import Problem
from tests.builders.bundle_files import FILES, contents, opened, refused, write

LONG = f"{'f' * 40}/{'g' * 40}/{'n' * 30}"
SMALL = {"a": b"12345", "b/c": b"", LONG: b"x" * 513}
# What GNU tar has to be told so that it writes what we write.
CANONICAL = ["--format=ustar", "-b1", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=644"]


def entry(name: str, content: bytes = b"") -> bytes:
    """An entry as it has to be."""
    return header(name, len(content)) + content + bytes(ustar.padding(len(content)))


def forged(raw: bytes, start: int, put: bytes, checksum: str = "%06o\0 ") -> bytes:
    """An entry with other bytes in its header, and a checksum that fits them."""
    block = raw[:start] + put + raw[start + len(put) : BLOCK]
    total = sum(block[:148]) + 8 * 32 + sum(block[156:])
    return block[:148] + (checksum % total).encode() + block[156:] + raw[BLOCK:]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an archive is to be."""
    return tmp_path / "bundle.tar"


def said_of(place: Path, *raw: bytes) -> tuple[str, str]:
    """Which item is wrong with an archive of such entries, and what."""
    place.write_bytes(b"".join(raw) + END)
    found = refused(place)
    return found.field, found.message


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


def test_every_flipped_bit_is_named_or_lies_in_a_content(place: Path) -> None:
    raw = write(place, SMALL).read_bytes()
    right = contents(opened(place))
    headers = dict(zip(sorted(SMALL), (0, 1024, 1536), strict=True))
    inside = {start + BLOCK + at: name for name, start in headers.items() for at in range(len(SMALL[name]))}
    ends = [(len(raw) - 2 * BLOCK, "entry 4"), (len(raw) - BLOCK, "bundle.tar")]
    starts = [*((start, name) for name, start in headers.items()), *ends]
    handle = os.open(place, os.O_RDWR)
    for at, bit in ((at, bit) for at in range(len(raw)) for bit in range(8)):
        flipped = bytes([raw[at] ^ 1 << bit])
        os.pwrite(handle, flipped, at)
        found = open_bundle(place)
        if at in inside:
            assert not isinstance(found, Problem)
            now = contents(found)
            assert [name for name in right if now.pop(name) != right[name]] == [inside[at]]
            assert now == {}
        else:
            assert isinstance(found, Problem), (at, bit)
            start, name = max(one for one in starts if one[0] <= at)
            # A flip in a name makes another of it, and one in the first block at the end makes an entry of that.
            reads = ustar.name_in((raw[:at] + flipped + raw[at + 1 :])[start:][:BLOCK])
            assert found.field in {name, reads}
        os.pwrite(handle, raw[at : at + 1], at)
    os.close(handle)
    assert contents(opened(place)) == right


def test_every_truncation_is_refused(place: Path) -> None:
    raw = write(place, SMALL).read_bytes()
    for size in range(len(raw) - 1, -1, -1):
        os.truncate(place, size)
        found = refused(place)
        if size:
            assert (f"{size:,} bytes" in found.message) or size < BLOCK, size


@pytest.mark.parametrize("more", [b"\0", b"x", bytes(511), bytes(BLOCK), bytes(10240), entry("z", b"1") + END, END])
def test_every_extension_is_refused(place: Path, more: bytes) -> None:
    raw = write(place, SMALL).read_bytes()
    place.write_bytes(raw + more)
    assert refused(place).field == "bundle.tar"


def test_one_block_of_zeros_between_entries_ends_nothing(place: Path) -> None:
    assert said_of(place, entry("a"), bytes(BLOCK), entry("b"))[0] == "bundle.tar"
    assert said_of(place, bytes(BLOCK), entry("b"))[0] == "bundle.tar"


def test_duplicates_and_another_order(place: Path) -> None:
    assert said_of(place, entry("a", b"1"), entry("a", b"2")) == ("a", "It is there twice.")
    assert said_of(place, entry("a"), entry("b"), entry("a")) == (
        "a",
        "It comes after “b”; files come in the order of their names.",
    )
    assert said_of(place, entry("b/c"), entry("b-c"))[0] == "b-c"
    assert said_of(place, entry("b"), entry("B"))[0] == "B"


@pytest.mark.parametrize("between", [(), ("a-b",), ("a.b",), ("a-b/c", "a.c/d/e")])
@pytest.mark.parametrize("inner", ["a/b", "a/b/c"])
def test_a_file_that_is_a_folder_too(place: Path, between: tuple[str, ...], inner: str) -> None:
    found = said_of(place, entry("a"), *map(entry, between), entry(inner))
    assert found == (inner, "It lies in a folder that has the name of a file.")


@pytest.mark.parametrize("sort", [b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"x", b"g", b"L", b"K", b"S", b"Z"])
def test_other_types_are_refused(place: Path, sort: bytes) -> None:
    found, message = said_of(place, entry("a"), forged(entry("b/link"), 156, sort))
    assert found == "b/link"
    assert "a bundle has files only" in message or "its type is another" in message


@pytest.mark.parametrize("sort", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_devices_and_folders_of_tarfile_are_refused(place: Path, sort: bytes) -> None:
    with tarfile.open(place, "w", format=tarfile.USTAR_FORMAT) as archive:
        info = tarfile.TarInfo("thing")
        info.type, info.linkname = sort, "/etc/passwd"
        archive.addfile(info)
    assert refused(place).field.startswith("thing")
    assert "a bundle has files only" in refused(place).message


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../a",
        "a/../../b",
        "..",
        "./a",
        ".a",
        "a/",
        "a//b",
        "a b",
        "a\\b",
        "/".join("x" * (MOST_PARTS + 1)),
    ],
)
def test_absolute_climbing_and_other_names_are_refused(place: Path, name: str) -> None:
    found, message = said_of(place, entry(name))
    assert found == name
    assert message.startswith("Its name, at byte 0, ")


@pytest.mark.parametrize("raw", [b"\xff", b"\xc3\xa4", b"a\nb", b"a\0b"])
def test_names_of_other_bytes_are_refused(place: Path, raw: bytes) -> None:
    assert said_of(place, forged(entry("c"), 0, raw))[0] in {raw.decode("ascii", "backslashreplace"), "a"}


def test_an_entry_without_a_name_is_told_by_its_number(place: Path) -> None:
    assert said_of(place, entry("a"), forged(entry("b"), 0, b"\0"))[0] == "entry 2"


def test_a_name_that_could_be_split_elsewhere_is_split_at_one_place(place: Path) -> None:
    front, middle, last = "f" * 40, "g" * 30, "n" * 45
    name = f"{front}/{middle}/{last}"
    place.write_bytes(entry(name) + END)
    assert opened(place).names() == (name,)
    other = forged(entry("x"), 0, f"{middle}/{last}".encode())
    assert said_of(place, forged(other, 345, front.encode())) == (
        name,
        "Its header, at byte 0, is not as it would be written: its name is another.",
    )
    assert said_of(place, forged(entry("x"), 345, b"f")) == (
        "f/x",
        "Its header, at byte 0, is not as it would be written: its name is another.",
    )


@pytest.mark.parametrize("size", [b"5\0", b"         5\0 ", b"00000000005 ", b"\x80" + bytes(10) + b"\5", b"\xff" * 12])
def test_sizes_written_another_way_are_refused(place: Path, size: bytes) -> None:
    found = said_of(place, forged(entry("a", b"12345"), 124, size))
    assert found == ("a", "Its size, at byte 124, is not written as eleven octal digits and a zero.")


@pytest.mark.parametrize("checksum", ["%07o\0", "%06o \0", "%6o\0 ", "%06o\0\0", "%08o"])
def test_checksums_written_another_way_are_refused(place: Path, checksum: str) -> None:
    found = said_of(place, forged(entry("a", b"12345"), 0, b"a", checksum))
    assert found == ("a", "Its header, at byte 0, is not as it would be written: its checksum is another.")


@pytest.mark.parametrize(
    ("start", "put", "field"),
    [
        (100, b"0000755", "its mode"),
        (100, b" 000644", "its mode"),
        (108, b"0000001", "the number of its owner"),
        (116, b"0000001", "the number of its group"),
        (136, b"00000000001", "its time"),
        (157, b"x", "the target of a link"),
        (257, b"ustar  \0", "the mark of the format"),
        (265, b"root", "the name of its owner"),
        (297, b"root", "the name of its group"),
        (329, bytes(8), "the numbers of a device"),
        (500, b"x", "what fills up its header"),
        (50, b"x", "its name"),
    ],
)
def test_every_field_has_one_value(place: Path, start: int, put: bytes, field: str) -> None:
    before = entry("a", b"1")
    found, message = said_of(place, before, forged(entry("b"), start, put))
    assert found == "b"
    assert message.endswith(f"is not as it would be written: {field} is another.")


def test_what_follows_a_content_is_zeros(place: Path) -> None:
    assert said_of(place, header("a", 5) + b"12345" + bytes(506) + b"x") == (
        "a",
        "What fills up its last block is not all zeros.",
    )


def test_a_size_that_leads_beyond_the_end(place: Path) -> None:
    found, message = said_of(place, header("a", 8**11 - 1), b"x")
    assert found == "a"
    assert message.startswith("The archive ends within it")


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


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"hello\n" * 1000, b"\x1f\x8b" + bytes(3000), b"PK" + bytes(range(256)) * 9]
)
def test_a_file_that_is_no_tar(place: Path, raw: bytes) -> None:
    place.write_bytes(raw)
    assert (refused(place).field, refused(place).message) == ("bundle.tar", "The file is no tar.")


def test_an_archive_without_files_is_refused(place: Path) -> None:
    assert said_of(place) == ("bundle.tar", "The archive is empty.")


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
