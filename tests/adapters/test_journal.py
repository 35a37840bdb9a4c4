"""The journal: lines as bytes whatever the file is, in bounded memory, with a clear problem for everything else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters import journal
from meterward.adapters.journal import LARGEST_FILE, LONGEST_LINE, Journal, open_journal
from meterward.core.base.problem import Code, Problem


def lines(content: bytes) -> list[bytes | Problem]:
    """What a journal of some bytes gives."""
    return list(Journal(io.BytesIO(content), len(content)))


def codes(content: bytes) -> list[str]:
    """The codes of its problems, in place of each line that is one."""
    return [line.code.value if isinstance(line, Problem) else "line" for line in lines(content)]


def test_lines_come_as_they_are() -> None:
    assert lines(b'{"a":1}\n{"b":2}\r\n') == [b'{"a":1}\n', b'{"b":2}\r\n']


def test_a_last_line_without_an_end_is_fine_if_it_is_whole() -> None:
    assert codes(b"{}\n{}") == ["line", "line"]


@pytest.mark.parametrize("cut", [b'{"a":', b'{"a": "b', b"{", b'{"a": "\xc3'])
def test_a_last_line_that_breaks_off_is_truncated(cut: bytes) -> None:
    assert codes(b"{}\n" + cut) == ["line", "line.truncated"]


def test_only_the_last_line_is_called_truncated() -> None:
    assert codes(b'{"a":\n{}\n') == ["line", "line"]


def test_nul_bytes_are_named_with_their_place() -> None:
    (problem,) = lines(b'{"a":\0}\n')
    assert isinstance(problem, Problem)
    assert problem.code is Code.LINE_NOT_JSON
    assert "Byte 6 of the line is NUL." in problem.message


@pytest.mark.parametrize("empty", [b"\n", b"  \n", b"\t\r\n", b" "])
def test_an_empty_line_is_named(empty: bytes) -> None:
    (problem,) = lines(empty)
    assert isinstance(problem, Problem)
    assert problem.message == "The line is empty."


def test_a_byte_order_mark_is_a_problem_and_hides_no_line() -> None:
    read = Journal(io.BytesIO(b"\xef\xbb\xbf{}\n{}\n"), None)
    assert list(read) == [b"{}\n", b"{}\n"]
    assert [(problem.code, problem.line) for problem in read.problems] == [(Code.LINE_NOT_UTF8, 1)]


def test_a_byte_order_mark_later_is_left_to_whoever_reads_the_line() -> None:
    read = Journal(io.BytesIO(b"{}\n\xef\xbb\xbf{}\n"), None)
    assert len(list(read)) == 2
    assert read.problems == []


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE])
def test_a_line_of_the_greatest_length_is_read(length: int) -> None:
    assert codes(b"x" * (length - 1) + b"\n{}\n") == ["line", "line"]


@pytest.mark.parametrize("length", [LONGEST_LINE + 1, LONGEST_LINE + 2, 3 * LONGEST_LINE, 3 * LONGEST_LINE + 1])
def test_a_longer_line_is_passed_over(length: int) -> None:
    assert codes(b"x" * (length) + b"\n{}\n") == ["line.too-long", "line"]


@pytest.mark.parametrize(("length", "expected"), [(3, ["line.too-long", "line"]), (4, ["line.too-long"])])
def test_a_line_without_an_end_in_sight_ends_the_reading(
    length: int, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_SKIPPED", 2 * LONGEST_LINE)
    content = io.BytesIO(b"x" * length * LONGEST_LINE + b"\n{}\n")
    found = list(Journal(content, None))
    assert [line.code.value if isinstance(line, Problem) else "line" for line in found] == expected
    assert isinstance(found[0], Problem)
    assert ("nothing after that was read" in found[0].message) == (expected == ["line.too-long"])


def test_of_an_endless_line_64_mebibytes_are_read() -> None:
    class Endless(io.RawIOBase):
        """Bytes without a line end, as many as anybody asks for."""

        def readline(self, size: int | None = -1, /) -> bytes:
            return b"x" * (size or 0)

    read = Journal(Endless(), None)  # type: ignore[arg-type]  # a stream of bytes, as far as it is read
    (problem,) = read
    assert isinstance(problem, Problem)
    assert problem.message == "The line has no end within 64 MiB; nothing after that was read."
    assert 64 * 2**20 <= read.read <= 66 * 2**20


def test_a_long_last_line_is_too_long_and_not_truncated() -> None:
    assert codes(b"x" * (LONGEST_LINE + 5)) == ["line.too-long"]


@given(st.lists(st.binary(max_size=20).map(lambda raw: raw.replace(b"\n", b" "))))
def test_every_line_gives_one_thing(parts: list[bytes]) -> None:
    content = b"".join(part + b"\n" for part in parts)
    read = Journal(io.BytesIO(content), None)
    found = list(read)
    assert len(found) == len(parts)
    assert [line for line in found if isinstance(line, bytes)] == [
        part.removeprefix(b"\xef\xbb\xbf" if place == 0 else b"") + b"\n"
        for place, part in enumerate(parts)
        if not isinstance(found[place], Problem)
    ]


def test_a_file_of_five_gigabytes_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(5 * 2**30)
    monkeypatch.setattr(Journal, "__iter__", lambda _: pytest.fail("it was read"))
    found = open_journal(str(path))
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_TOO_LARGE
    assert "5.0 GiB" in found.message


def test_a_file_of_the_greatest_size_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "full.jsonl"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE)
    found = open_journal(str(path))
    assert isinstance(found, Journal)
    found.stream.close()
    with path.open("ab") as file:
        file.write(b"\n")
    assert isinstance(open_journal(str(path)), Problem)


def test_a_pipe_is_refused_once_it_has_given_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGEST_FILE", 100)
    found = list(Journal(io.BytesIO(b"{}\n" * 1000), None))
    assert [line for line in found[:-1] if line != b"{}\n"] == []
    assert len(found) == 34
    assert isinstance(found[-1], Problem)
    assert found[-1].code is Code.FILE_TOO_LARGE


def test_a_pipe_without_line_ends_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGEST_FILE", 3 * LONGEST_LINE)
    found = list(Journal(io.BytesIO(b"x" * 8 * LONGEST_LINE), None))
    assert [line.code for line in found if isinstance(line, Problem)] == [Code.LINE_TOO_LONG, Code.FILE_TOO_LARGE]


def test_a_missing_file() -> None:
    found = open_journal("/no/such/file.jsonl")
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_MISSING
    assert "“/no/such/file.jsonl”" in found.message


@pytest.mark.parametrize("name", [".", "x\0y"])
def test_what_is_no_file(name: str) -> None:
    found = open_journal(name)
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_UNREADABLE


def test_a_file_that_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    found = open_journal(str(tmp_path / "secret.jsonl"))
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_UNREADABLE
    assert "Permission denied" in found.message


def test_a_fifo_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    with subprocess.Popen(["sh", "-c", f"printf '{{}}\\n{{}}\\n' > '{path}'"]):
        found = open_journal(str(path))
        assert isinstance(found, Journal)
        with found:
            assert found.size is None
            assert list(found) == [b"{}\n", b"{}\n"]
        assert found.stream.closed


PEAK = """
import resource, sys
from meterward import wiring
loaded = wiring.read(sys.argv[1])
print(len(loaded.problems) + loaded.more_problems, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> tuple[int, int]:
    """How many problems a file has, and how many kilobytes reading it took at the peak."""
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, text=True)
    problems, kilobytes = done.stdout.split()
    return int(problems), int(kilobytes)


def test_of_a_million_bad_lines_a_thousand_and_one_are_read(tmp_path: Path) -> None:
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    few.write_bytes(b"x\n" * 1_000)
    many.write_bytes(b"x\n" * 1_000_000)
    (some, before), (all_of_them, after) = peak(few), peak(many)
    assert (some, all_of_them) == (1_000, 1_001)
    assert after - before < 8_000


def test_a_line_of_a_hundred_megabytes_is_not_kept(tmp_path: Path) -> None:
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    small.write_bytes(b"x\n")
    with large.open("wb") as file:
        file.truncate(100 * 2**20)
    (_, before), (problems, after) = peak(small), peak(large)
    assert problems == 1
    assert after - before < 16_000


class _Failing(io.BytesIO):
    """A disk that fails after the first line."""

    def readline(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().readline(size)


def test_a_disk_that_fails_while_it_is_read_is_a_problem_in_its_place() -> None:
    first, problem = Journal(_Failing(b"{}\n{}\n"), 6)
    assert first == b"{}\n"
    assert isinstance(problem, Problem)
    assert problem.code is Code.FILE_UNREADABLE
    assert problem.message == "It cannot be read any further: Input/output error."


def test_an_empty_name_names_no_file() -> None:
    problem = open_journal("")
    assert isinstance(problem, Problem)
    assert problem.code is Code.FILE_MISSING
