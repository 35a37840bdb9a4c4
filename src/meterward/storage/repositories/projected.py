"""What was computed from the entries of a ledger, as an append needs it: in one query, written out for its speed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOLD = """
    SELECT 'act', id, verb, target, "by", 0 FROM storage_act WHERE ledger_id = %s AND target IN ({ids})
    UNION ALL SELECT 'subject', id, '', name, "by", 0 FROM storage_subject WHERE ledger_id = %s AND name IN ({names})
    UNION ALL SELECT 'licence', id, '', name, '', 0 FROM storage_subject WHERE ledger_id = %s AND space = 'licence'
    UNION ALL SELECT 'key', id, '', '', "by", 0 FROM storage_subject WHERE ledger_id = %s AND space = 'key'
    UNION ALL SELECT 'key', id, '', '', "by", 0 FROM storage_act WHERE ledger_id = %s
        AND target IN (SELECT "by" FROM storage_subject WHERE ledger_id = %s AND space = 'key')
    UNION ALL SELECT 'stream', id, '', name, '', count FROM storage_stream WHERE ledger_id = %s AND name IN ({streams})
    ORDER BY 2"""
_MOST = 5_000
"""So many names fit into one query, whatever the database."""


class Projected(NamedTuple):
    """Which records acted on which, by verb; which introduced a subject; the licences; the length of streams; keys."""

    acts: dict[tuple[str, str], str]
    subjects: dict[str, str]
    licences: set[str]
    counters: dict[str, int]
    keys: set[str]


def told_of(
    ledger: str, targets: Iterable[str] = (), names: Iterable[str] = (), streams: Iterable[str] = ()
) -> Projected:
    """What is known of some targets, subjects and streams of a ledger; of several acts by one verb, the last."""
    found = Projected({}, {}, set(), {}, set())
    for what, verb, name, by, count in _rows(ledger, (iter(targets), iter(names), iter(streams))):
        if what == "act":
            found.acts[verb, name] = by
        elif what == "subject":
            found.subjects[name] = by
        elif what == "licence":
            found.licences.add(name)
        elif what == "key":
            found.keys.add(by)
        else:
            found.counters[name] = count
    return found


def _rows(ledger: str, asked: tuple[Iterator[str], ...]) -> Iterator[tuple[str, str, str, str, int]]:
    with connection.cursor() as cursor:
        some = [list(islice(one, _MOST)) for one in asked]
        while True:
            ids, names, streams = (one or [""] for one in some)
            marks = {"ids": _marks(ids), "names": _marks(names), "streams": _marks(streams)}
            cursor.execute(_TOLD.format(**marks), [ledger, *ids, ledger, *names, *[ledger] * 5, *streams])
            for what, _, *rest in cursor.fetchall():
                yield (what, *rest)
            some = [list(islice(one, _MOST)) for one in asked]
            if not any(some):
                return


def _marks(values: list[str]) -> str:
    return ", ".join(["%s"] * len(values))
