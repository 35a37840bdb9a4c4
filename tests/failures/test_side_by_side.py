"""Many processes with many threads append, and each checkpoint that is taken meanwhile fits the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.failures.kills import checked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.stores import Server
    from tests.failures.forking import Nursery

PROCESSES, THREADS, EACH = 3, 3, 15


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
)
def test_no_gap_nothing_twice_and_one_history(
    database: str, forks: Nursery, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Server | None = request.getfixturevalue("postgresql") if database == "postgresql" else None
    named, home = server.copy() if server else "", tmp_path / "home"
    begun = forks.fork("beginning", home, database=named)
    begun.go()
    assert begun.wait() == 0
    assert begun.said()[-1] == "exit 0", begun.said()
    size = 3 + 1 + PROCESSES * EACH
    watching = forks.fork("watching", home, size=size, database=named)
    watching.until("ready")
    running = [
        forks.fork("appending", home, first=number * EACH, count=EACH, threads=THREADS, database=named)
        for number in range(PROCESSES)
    ]
    for one in running:
        one.until("ready")
    for one in running:
        one.go()
    assert [one.wait() for one in running] == [0] * PROCESSES
    said = [line.split() for one in running for line in one.said()[1:]]
    assert {words[0] for words in said} == {"appended"}, said
    assert sorted(int(words[2]) for words in said) == list(range(4, size))
    found = watching.result()
    assert (found["fits"], found["last"]) == (True, size)
    assert found["taken"] > 3
    there = checked(forks, home, database=named)
    assert there["size"] == size
    assert all(there["subjects"][int(words[2])] == f"incident/{words[1]}" for words in said)
