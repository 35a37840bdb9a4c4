"""What a forked process does in its home: append, begin a ledger, build a bundle, or check what is there."""

from __future__ import annotations

import io
import json
import os
import resource
import sqlite3
import sys
from contextlib import redirect_stderr, redirect_stdout
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, connections

from meterward.cli.main import run
from meterward.core.ledger.proofs import consistency, verify_consistency
from meterward.core.ledger.tree import Frontier, node_hash
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.harbour import LICENSEE, OF, incident
from tests.builders.kept import leaf_hashes, roots
from tests.failures.forking import say, wait_for_go

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSWORD = b"correct horse battery staple"


def appending(_home: Path, first: int, count: int, threads: int = 1, *, wait: bool = True) -> None:
    """Append incidents, each with its own number, and say each number once that is acknowledged."""
    connection.ensure_connection()
    installation()
    if wait:
        wait_for_go()

    def work(start: int) -> None:
        try:
            for number in range(start, first + count, threads):
                _append(number)
        finally:
            connections.close_all()

    if threads == 1:
        work(first)
        return
    running = [Thread(target=work, args=(first + number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def _append(number: int) -> None:
    done = append(LICENSEE, [incident(number)], f"key-{number}")
    if isinstance(done, Appended):
        say("appended", number, done.first)
    else:
        unsure = any("is not known" in one.hint for one in done)
        say("unsure" if unsure else "refused", number, *(one.code.value for one in done))


def beginning(_home: Path) -> None:
    """Begin a ledger in a home that is not there yet: store, keys, first records, first checkpoint."""
    wait_for_go()
    words = ("init", LICENSEE, "--licence", "gas=2013-03-04", "--security-manager", "security", "--password-stdin")
    code, said = _run(*words, piped=PASSWORD)
    say("exit", code, *([said] if code else []))


def bundling(home: Path, out: str) -> None:
    """Build a bundle of the ledger."""
    connection.ensure_connection()
    wait_for_go()
    code, said = _run("bundle", "build", out, *OF, "--as-at", "2015-01-01", "--home", str(home))
    say("exit", code, *([said] if code else []))


def commanding(home: Path, words: list[str]) -> None:
    """Run a command of ours once somebody lets it begin."""
    connection.ensure_connection()
    wait_for_go()
    code, said = _run(*words, *OF, "--home", str(home))
    say("exit", code, *([" ".join(said.split())] if code else []))


def checking(home: Path, more: int = 0, since: int = 0) -> None:
    """Say everything that must hold of a ledger; then append once more, as an incident of this number."""
    store = installation()
    head = store.ledgers.head(LICENSEE)
    assert head
    lines = list(store.ledgers.lines(LICENSEE))
    found: dict[str, Any] = {
        "size": len(lines),
        "head": head.size,
        "subjects": [str(cast("dict[str, Any]", line["statement"]).get("subject", "")) for line in lines],
        "root": store.ledgers.root(LICENSEE, head.size),
        "reckoned": roots(lines)[-1],
        "loss": str(store.checkpoints.loss(LICENSEE) or ""),
        "check": _run("records", "check", *OF, "--home", str(home))[0],
        "whole": _whole(home),
        "beside": sorted(path.name for path in home.rglob(".*") if path.is_file()),
    }
    if since:
        found["then"] = store.ledgers.root(LICENSEE, since)
    if more:
        done = append(LICENSEE, [incident(more)])
        found["next"] = done.first if isinstance(done, Appended) else [str(one) for one in done]
    say(json.dumps(found))


def _whole(home: Path) -> str:
    place = home / "meterward.sqlite3"
    if not place.exists():
        return "ok"
    with sqlite3.connect(place) as other:
        return str(other.execute("PRAGMA integrity_check").fetchone()[0])


def running(home: Path, words: list[str], piped: str = "") -> None:
    """Run a command of ours, and say what it answered."""
    os.environ["COLUMNS"] = "300"
    verifying = words[:2] == ["bundle", "verify"]
    code, raw = _run(*words, *(() if verifying else ("--home", str(home))), piped=piped.encode())
    say(json.dumps({"exit": code, "said": " ".join(raw.split()), "raw": raw}))


def ticking(_home: Path, times: list[str], first: int) -> None:
    """Append an incident at each of some times that the clock shows, and say when each was recorded."""
    shown = iter(times)
    append(LICENSEE, [incident(first - 1)])
    object.__setattr__(installation().ledgers, "now", lambda: next(shown))
    for number, _ in enumerate(times, first):
        _append(number)
    lines = list(installation().ledgers.lines(LICENSEE))
    say(json.dumps({"recorded": [line["recorded"] for line in lines]}))


def filling(home: Path, limit: int) -> None:
    """Append until the disk is full; make room; append again. Say what each came to, and what is here and there."""
    if limit:
        size = (home / "meterward.sqlite3").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, resource.RLIM_INFINITY))
    number, done = 1, append(LICENSEE, [incident(1)])
    while isinstance(done, Appended):
        number += 1
        done = append(LICENSEE, [incident(100 * number + one) for one in range(20)])
    head = installation().ledgers.head(LICENSEE)
    assert head
    with sqlite3.connect(home / "meterward.sqlite3") as other:
        there = other.execute("SELECT COUNT(*) FROM storage_entry").fetchone()[0]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    (home / "ballast").unlink(missing_ok=True)
    again = append(LICENSEE, [incident(10**6 + one) for one in range(20)])
    found = {
        "codes": [one.code.value for one in done],
        "said": [str(one) for one in done],
        "here": head.size,
        "there": there,
        "next": again.first if isinstance(again, Appended) else [str(one) for one in again],
    }
    say(json.dumps(found))


def squeezed(home: Path, words: list[str], limit: int) -> None:
    """Run a command while the database may grow by so many bytes alone; say what it answered."""
    size = (home / "meterward.sqlite3").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, resource.RLIM_INFINITY))
    code, said = _run(*words, *OF, "--home", str(home))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    say(json.dumps({"exit": code, "said": " ".join(said.split())}))


def watching(_home: Path, size: int) -> None:
    """Take checkpoints of a ledger that others append to, until it has a size; each must fit the last one."""
    ledgers, taken = installation().ledgers, dict[int, bytes]()
    say("ready")
    while not taken or max(taken) < size:
        head = ledgers.head(LICENSEE)
        assert head
        taken[head.size] = Frontier(head.size, list(head.peaks)).root()
    hashes = leaf_hashes(ledgers.lines(LICENSEE))

    def node(level: int, index: int) -> bytes:
        if not level:
            return hashes[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    last = max(taken)
    fits = [verify_consistency(one, last, taken[one], taken[last], consistency(one, last, node)) for one in taken]
    say(json.dumps({"taken": len(taken), "fits": all(fits), "last": last}))


def tampering(_home: Path, how: str) -> None:
    """Do what somebody can do who has the database and every key: write the ledger anew, and sign all of it."""
    store = installation()
    lines = CHANGES[how]([*map(_bare, store.ledgers.lines(LICENSEE))])
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE c.name = 'ledger_id'")
        for (name,) in [*cursor.fetchall(), ("storage_body",)]:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - a table of ours
        cursor.execute("UPDATE storage_ledger SET size = 0, licensee = '', last_recorded = '', peaks = ''")
    done = append_records(store.ledgers, LICENSEE, Order(lines, keep_recorded=True), lambda _: (), store.signers.sign)
    assert isinstance(done, Appended), done
    loss = store.checkpoints.loss(LICENSEE)
    store.checkpoints.accept(LICENSEE)
    say(json.dumps({"loss": str(loss or "")}))


def _bare(line: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in line.items() if name not in ("id", "signatures")}


def _edited(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*lines[:-2], {**lines[-2], "facts": {**lines[-2]["facts"], "severity": "low"}}, lines[-1]]


def _earlier(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everything as if it had been recorded as the day began."""
    return [{**line, "recorded": f"{str(line['recorded'])[:10]}T00:00:00Z"} for line in lines]


def _reordered(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    one, other = lines[-2], lines[-1]
    return [*lines[:-2], {**other, "recorded": one["recorded"]}, {**one, "recorded": other["recorded"]}]


CHANGES: dict[str, Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = {
    "edits": _edited,
    "deletes": lambda lines: [*lines[:-2], lines[-1]],
    "cuts off": lambda lines: lines[:-1],
    "backdates": _earlier,
    "reorders": _reordered,
}


def _run(*words: str, piped: bytes = b"") -> tuple[int, str]:
    """Run a command of ours in this process: its exit code, and what it said."""
    raw = io.BytesIO()
    said, before = io.TextIOWrapper(raw, write_through=True), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(piped))
    try:
        with redirect_stdout(said), redirect_stderr(said):
            code = run(list(words))
    finally:
        sys.stdin = before
    return int(code), raw.getvalue().decode()
