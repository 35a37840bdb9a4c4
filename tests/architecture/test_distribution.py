"""What is handed on: the source archive has all that a packager works with, and both archives have the licence."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import sys; from hatchling.build import {0}; print({0}(sys.argv[1]))"


def build(what: str, where: Path, root: Path = ROOT) -> Path:
    """Build an archive of a tree as pip would: through the build backend, in its root."""
    words = [sys.executable, "-c", BUILD.format(f"build_{what}"), str(where)]
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, text=True)
    return where / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    where = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", where)) as archive:
        archive.extractall(where, filter="data")
    return next(path for path in where.iterdir() if path.is_dir())


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "Makefile",
        "pyproject.toml",
        "benchmarks/README.md",
        "docs/formats.md",
        "docs/guide/first-hour.md",
        "docs/pictures/position-wide.png",
        "requirements/base.txt",
        "src/meterward/__main__.py",
        "tests/architecture/test_distribution.py",
    ],
)
def test_the_source_archive_has_it(unpacked: Path, name: str) -> None:
    assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()


def test_the_wheel_is_built_from_the_source_archive(unpacked: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(build("wheel", tmp_path, unpacked)) as wheel:
        names = wheel.namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    package = ROOT / "src" / "meterward"
    there = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {f"meterward/{path.relative_to(package).as_posix()}" for path in there} <= set(names)
