"""The house rules that no linter knows. Each failure names the place and what would be right."""

from __future__ import annotations

import ast
import fnmatch
import io
import os
import re
import sys
import tokenize
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "meterward"
CORE = PACKAGE / "core"
MAP = ROOT / "ARCHITECTURE.md"

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CORE_MAY_IMPORT = sys.stdlib_module_names | {"meterward", "cryptography", "rfc3161_client"}
TEXT_SUFFIXES = {".py", ".toml", ".html", ".css", ".md"}

# Built from parts, so that this file does not hold what it looks for.
LATER = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
    )
)

# A directive that silences a tool, then whatever follows it in the comment.
SILENCED = re.compile(r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?|type:\s*ignore(?:\[[^\]]*\])?)(.*)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(folder: Path) -> list[Path]:
    """Every Python file beneath a folder, in order."""
    return sorted(folder.rglob("*.py"))


def checked_modules() -> list[Path]:
    """Every Python file that people here write."""
    return [path for name in ("src", "tests", "benchmarks") for path in modules(ROOT / name)]


def place(path: Path, line: int = 0) -> str:
    """A path as it is clicked on: from the root, with the line if there is one."""
    shown = path.relative_to(ROOT).as_posix()
    return f"{shown}:{line}" if line else shown


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file; tests share it."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def comments(path: Path) -> Iterator[tokenize.TokenInfo]:
    """The comments of a Python file; text that only looks like one is left out."""
    source = path.read_text(encoding="utf-8")
    return (t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT)


def refuse(found: list[str], rule: str) -> None:
    """Fail with the rule and every place that breaks it."""
    assert not found, "\n  ".join((rule, *found))


def test_there_is_something_to_check() -> None:
    assert modules(CORE), "src/meterward/core has no module: the rules below would hold of nothing"
    folders = {path.relative_to(ROOT).parts[0] for path in checked_modules()}
    assert folders == {"src", "tests", "benchmarks"}, "a folder has no module: what is held of all would not be of it"


def test_no_file_is_long() -> None:
    lengths = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in checked_modules())
    found = [f"{place(path)}: {length} lines" for path, length in lengths if length > LONGEST_FILE]
    refuse(found, f"No file has more than {LONGEST_FILE} lines: split it where its reader would.")


def test_no_function_is_long() -> None:
    found = [
        f"{place(path, node.lineno)}: {node.name}, {length} lines"
        for path in checked_modules()
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    refuse(found, f"No function has more than {LONGEST_FUNCTION} lines: give its steps names.")


def undocumented(body: list[ast.stmt], owner: str) -> Iterator[tuple[int, str]]:
    """Line and name of every public class, function and method without a docstring."""
    for node in body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
        if not ast.get_docstring(node) and not marks & {"override", "overload", "setter"}:
            yield node.lineno, owner + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{owner}{node.name}.")


def test_everything_public_says_what_it_is() -> None:
    found = [place(path) for path in modules(ROOT / "src") if not ast.get_docstring(tree(path))]
    found += [
        f"{place(path, line)}: {name}"
        for path in modules(ROOT / "src")
        for line, name in undocumented(tree(path).body, "")
    ]
    refuse(found, "Every module, public class and public function in src has a docstring.")


def test_core_opens_no_file() -> None:
    found = [
        place(path, node.lineno)
        for path in modules(CORE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "open"
    ]
    refuse(found, "core does not use open(): take a reader as an argument.")


def test_rows_are_asked_for_in_storage_alone() -> None:
    found = [
        place(path, node.lineno)
        for path in modules(PACKAGE)
        if PACKAGE / "storage" not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    refuse(found, "Only storage/repositories asks for rows, those of allauth too: add what you need there.")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level name of everything that a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, (node.module or "").partition(".")[0]


def test_core_imports_nothing_foreign() -> None:
    found = [
        f"{place(path, line)}: {name}"
        for path in modules(CORE)
        for line, name in imported(path)
        if name not in CORE_MAY_IMPORT
    ]
    refuse(found, "core imports the standard library and cryptography, nothing else.")


def test_nothing_is_put_off() -> None:
    found = [
        place(path, number)
        for name in ("src", "tests", "benchmarks")
        for path in sorted((ROOT / name).rglob("*"))
        if path.suffix in TEXT_SUFFIXES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LATER.search(line)
    ]
    refuse(found, "What is left to do is an issue, not a comment.")


def test_what_silences_a_tool_gives_its_reason() -> None:
    found = [
        place(path, comment.start[0])
        for path in checked_modules()
        for comment in comments(path)
        for rest in SILENCED.findall(comment.string)
        if len(re.findall(r"[A-Za-z]{2,}", rest)) < 2
    ]
    refuse(found, "A comment that silences a tool says why: `# noqa: S310 - the address is ours`.")


def mapped_folders(text: str) -> Iterator[str]:
    """Every folder and module beneath src/meterward that the map names, as a path from there.

    The map is a fenced block in which indentation means "inside". A line begins with one or more names, those
    of folders with a slash at the end, then says what they are for. `<pack>/` stands for any folder and
    all that is inside it.
    """
    above: list[tuple[int, str]] = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            bare = line.lstrip(" │├└─")
            names = re.match(r"(?:\S+(?:/|\.py)(?:\s+|$))*", bare)
            if not names or not names[0]:
                continue
            indent = len(line) - len(bare)
            above = [(depth, name) for depth, name in above if depth < indent]
            paths = [f"{above[-1][1] if above else ''}{name}" for name in names[0].split()]
            above.append((indent, paths[-1]))
            yield from (path.removeprefix("src/meterward/") for path in paths if "src/meterward/" in path)


def is_mapped(folder: str, known: set[str]) -> bool:
    """Whether a folder such as `core/base/` is on the map, by name or under a placeholder."""
    patterns = {re.sub(r"<[^>]*>/", "*", name) for name in known}
    return any(fnmatch.fnmatchcase(folder, pattern) for pattern in patterns)


def test_the_map_reader_reads_a_map() -> None:
    inside = ("  core/  pure", "    base/  days", "    a/  b/  two", "    access.py  may", "  law/<pack>/")
    known = set(mapped_folders("\n".join(("```", "src/meterward/", *inside, "```", ""))))
    assert {"core/", "core/base/", "core/a/", "core/b/", "core/access.py", "law/<pack>/"} <= known
    assert is_mapped("law/condition_z_2012/readings/", known)
    assert not is_mapped("core/base/inner/", known)
    assert not is_mapped("base/", known)


def test_every_package_is_on_the_map() -> None:
    assert MAP.is_file(), "ARCHITECTURE.md is missing: it holds the map of src/meterward."
    known = set(mapped_folders(MAP.read_text(encoding="utf-8")))
    assert known, "ARCHITECTURE.md has no map: a fenced block that begins with src/meterward/."
    folders = {path.parent.relative_to(PACKAGE).as_posix() + "/" for path in modules(PACKAGE)} - {"./"}
    found = sorted(folder for folder in folders if not is_mapped(folder, known))
    refuse(found, "Every package stands on the map in ARCHITECTURE.md.")


def requirement_lines(path: Path) -> list[str]:
    """A requirements file with continued lines joined, without comments."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_every_locked_requirement_has_a_hash() -> None:
    locks, asked = (sorted((ROOT / "requirements").glob(f"*.{kind}")) for kind in ("txt", "in"))
    assert [path.stem for path in locks] == [path.stem for path in asked], "Every .in file has its lock."
    entry = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}\b")
    found = [
        f"{place(path)}: {line[:60]}" for path in locks for line in requirement_lines(path) if not entry.match(line)
    ]
    refuse(found, "A lock holds pinned versions with hashes and nothing else, no address either: make lock.")


def test_what_is_declared_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for declared, name in (
        (project["project"]["dependencies"], "base.in"),
        (project["build-system"]["requires"], "build.in"),
    ):
        assert sorted(declared) == sorted(requirement_lines(ROOT / "requirements" / name)), name


def kept_files() -> list[Path]:
    """Every file here that no tool made: what `.gitignore` leaves, whether or not this is a git checkout."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [".git", *(line.rstrip("/") for line in lines if line and not line.startswith("#"))]
    found: list[Path] = []
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder)
        folders[:] = [name for name in folders if not is_made(here / name, patterns)]
        found.extend(here / name for name in files if not is_made(here / name, patterns))
    return found


def is_made(path: Path, patterns: list[str]) -> bool:
    """Whether a pattern of `.gitignore` names a path: one that begins with a slash from the root, others anywhere."""
    from_root = f"/{path.relative_to(ROOT).as_posix()}"
    return any(fnmatch.fnmatchcase(from_root if one.startswith("/") else path.name, one) for one in patterns)


def test_the_files_that_are_kept_are_found_and_those_that_tools_make_are_not() -> None:
    kept = set(kept_files())
    assert {Path(__file__), MAP, ROOT / ".gitignore", PACKAGE / "settings.py"} <= kept
    assert [place(path) for path in kept if {"__pycache__", ".venv", ".git"} & set(path.parts)] == []


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{place(path)}: {host}"
        for path in kept_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    refuse(found, "Where packages come from is each machine's setting, not the project's.")
