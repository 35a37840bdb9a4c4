"""The digest of the engine covers every source that a verdict depends on, and nothing else."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.engine import answers_digest, engine_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def digest_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """The digest of an installation that has some files, given by path and content."""

    def digest_of(files: dict[str, bytes]) -> str:
        place = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, content in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        monkeypatch.setattr(resources, "files", lambda _: place)
        engine_digest.cache_clear()
        return engine_digest()

    yield digest_of
    engine_digest.cache_clear()


BASE = {"core/a.py": b"a\n", "core/in/b.py": b"b\n", "law/z/pack.toml": b"c\n"}


def test_the_digest_is_a_sha_256_and_stays() -> None:
    assert len(bytes.fromhex(engine_digest())) == 32
    engine_digest.cache_clear()
    first = engine_digest()
    engine_digest.cache_clear()
    assert engine_digest() == first


def test_the_digest_is_that_of_names_and_contents() -> None:
    engine_digest.cache_clear()
    root = resources.files("meterward")
    paths = [
        path
        for part in ("core", "law")
        for path in root.joinpath(part).rglob("*")  # type: ignore[attr-defined]  # a folder on disk here
        if path.suffix in (".py", ".toml") and "cases" not in path.name and "cases" not in path.parent.name
    ]
    entries = sorted((path.relative_to(root).as_posix(), path.read_bytes()) for path in paths)
    assert len(entries) > 80
    listing = "".join(f"{hashlib.sha256(content).hexdigest()} {name}\n" for name, content in entries)
    assert engine_digest() == hashlib.sha256(listing.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"core/a.py": b"A\n"},
        {"core/c.py": b""},
        {"law/z/pack.toml": b"d\n"},
        {"law/z/limits.py": b"x\n"},
    ],
)
def test_a_change_of_code_or_law_changes_it(change: dict[str, bytes], digest_of: Callable[..., str]) -> None:
    assert digest_of(BASE) != digest_of(BASE | change)


@pytest.mark.parametrize(
    "change",
    [
        {"law/z/cases.toml": b"x"},
        {"core/__pycache__/a.cpython-311.pyc": b"x"},
        {"usecases/a.py": b"x"},
        {"cli/a.py": b"x"},
        {"core/README.md": b"x"},
        {"core/a.py": b"a\r\n"},
    ],
)
def test_nothing_else_does(change: dict[str, bytes], digest_of: Callable[..., str]) -> None:
    assert digest_of(BASE) == digest_of(BASE | change)


def test_a_name_counts(digest_of: Callable[..., str]) -> None:
    renamed = {name.replace("a.py", "z.py"): content for name, content in BASE.items()}
    assert digest_of(BASE) != digest_of(renamed)


@pytest.mark.parametrize(("name", "changes"), [("present/a.py", True), ("usecases/a.py", True), ("web/a.py", False)])
def test_what_is_kept_is_kept_by_what_it_is_said_with_too(
    name: str,
    changes: bool,
    digest_of: Callable[..., str],  # noqa: ARG001 - it puts the digests back
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digests = []
    for place, content in ((tmp_path / "one", b"a\n"), (tmp_path / "other", b"b\n")):
        for path, text in {
            "core/a.py": b"",
            "law/a.py": b"",
            "usecases/b.py": b"",
            "present/b.py": b"",
            name: content,
        }.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(text)
        monkeypatch.setattr(resources, "files", lambda _, place=place: place)
        answers_digest.cache_clear()
        digests.append(answers_digest())
    answers_digest.cache_clear()
    assert (digests[0] != digests[1]) is changes
