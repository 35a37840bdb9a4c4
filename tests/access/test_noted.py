"""Every address that is read, for somebody inside and for a guest: what is noted, and what is given without a note.

A new page is noted where a guest reads it, unless somebody says in `web/giving.py` that it gives nothing, and here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import evidence_read
from meterward.web.giving import GIVES_NOTHING, NOTES_ITSELF, Given, given
from meterward.wiring import noting
from meterward.wiring.entering import enter
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.access.test_matrix import ROWS, send
from tests.builders.desks import browser_of
from tests.builders.owned import OWNER, own_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meterward.core.base.canonical import Json

GUEST = "auditor"
GIVEN_TO_GUESTS_UNNOTED = {
    *("position", "changes", "clause", "deadlines", "explanation", "stop"),
    *("ledger", "ledger-policy", "checkpoint", "tile", "receipt", "record-proof", "proof"),
    *("append", "drafts", "bundles"),
    *("reads", "read-proof", "tokens"),
}
"""Where somebody stands with the law, hashes and proofs, empty forms, what is one's own, and the log itself."""
NOTED_OF_EVERYBODY = {
    *("file", "download", "bundle", "risk-file"),
    *("risk-map-svg", "risk-treatment-picture", "system-unmatched"),
}
"""What is taken away."""
READS_BESIDE = ("system-import-draft", "risk-import-draft")
"""One's own import goes on reading the ledger beside what is asked next."""


class Log:
    """What is entered in the log of reads, as it is entered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[tuple[str, str]] = []
        monkeypatch.setattr(noting, "enter", self.entered)

    def entered(self, ledger: str, lines: Sequence[dict[str, Any]], key: str) -> object:
        """Enter it, and remember it."""
        kinds = [one["statement"]["kind"] for one in lines]
        self.found += [
            (one["facts"]["what"], one["facts"]["named"])
            for one, kind in zip(lines, kinds, strict=True)
            if kind == evidence_read.KIND.name
        ]
        return enter(ledger, lines, key)

    def since(self) -> list[tuple[str, str]]:
        """What was entered since this was asked last; what was entered once is entered again."""
        found, self.found = self.found, []
        installation().noted.clear()
        return found


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(monkeypatch)


def walked(who: str, log: Log) -> dict[str, list[tuple[str, str]]]:
    """What is noted of each address that somebody is given, by its name."""
    owned, client = own_something(), browser_of(who)
    found: dict[str, list[tuple[str, str]]] = {}
    log.since()
    for row in ROWS:
        address = row.address.format(**owned)
        match = resolve(address)
        if row.said is not None or match.kwargs.get("ledger") != LEDGER or match.url_name in READS_BESIDE:
            continue
        if send(row, owned, client).status_code == 200:
            found[str(match.url_name)] = log.since()
    return found


def test_whatever_a_guest_reads_is_noted_but_for_what_says_nothing_of_records(log: Log) -> None:
    found = walked(GUEST, log)
    assert {name for name, notes in found.items() if not notes} == GIVEN_TO_GUESTS_UNNOTED
    assert all(len(notes) <= 1 for notes in found.values())
    assert found["records"] == [("page", "records")]
    assert found["append_lines"] == [("page", "api/records")]
    assert found["system-element"] == [("page", "system/elements/head-end")]
    assert found["risk-map-svg"][0][0] == "export"


def test_of_somebody_inside_what_is_taken_away_is_noted_and_nothing_else(log: Log) -> None:
    found = walked(OWNER, log)
    assert {name for name, notes in found.items() if notes} == NOTED_OF_EVERYBODY
    assert found["system-unmatched"][0][0] == "export"


def test_the_map_is_noted_when_it_is_taken_away_as_a_picture(log: Log) -> None:
    client = browser_of(OWNER)
    client.get(f"/{LEDGER}/system/map.json")
    client.get(f"/{LEDGER}/system/map.json?take=exe")
    assert log.since() == []
    assert client.get(f"/{LEDGER}/system/map.json?take=svg").status_code == 200
    ((what, named),) = log.since()
    assert (what, named.startswith(f"{LEDGER}-system-"), named.endswith(".svg")) == ("export", True, True)


def test_a_form_notes_the_record_that_it_takes_over(log: Log) -> None:
    line = next(one for one in installation().ledgers.lines(LEDGER) if "audit.asked" in str(one["statement"]))
    client = browser_of(GUEST)
    assert client.get(f"/{LEDGER}/append/audit.asked").status_code == 200
    assert log.since() == []
    assert client.get(f"/{LEDGER}/append/audit.asked?links.corrects={line['id']}").status_code == 200
    assert log.since() == [("record", line["id"])]


def test_a_sample_is_noted_in_the_ledger_that_it_is_drawn_from(log: Log) -> None:
    wanted: dict[str, Json] = {"of": "incident.recorded", "size": "1"}
    assert browser_of(GUEST).post(f"/auditor-a/auditing/drawn/{LEDGER}/2", wanted).status_code == 302
    assert log.since() == [("page", "records")]


def test_a_page_and_a_list_that_cannot_be_noted_are_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Problem(Code.STORE_FULL, "The store is full.", "Make room.")
    monkeypatch.setattr(noting, "enter", lambda *_: [full])
    client = browser_of(GUEST)
    page = client.get(f"/{LEDGER}/risks")
    assert (page.status_code, b"The store is full." in page.content) == (503, True)
    assert b"register" not in page.content
    found = client.get(f"/api/v1/{LEDGER}/records")
    assert (found.status_code, found.headers["Content-Type"]) == (507, "application/problem+json")
    assert browser_of(OWNER).get(f"/{LEDGER}/risks").status_code == 200


def names(found: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The name of every address that is served."""
    for one in found:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            yield one.name or ""


def test_every_name_of_the_rule_is_that_of_an_address() -> None:
    assert {*names(get_resolver().url_patterns)} >= GIVES_NOTHING | NOTES_ITSELF
    assert not GIVES_NOTHING & NOTES_ITSELF


@pytest.mark.parametrize(
    ("name", "action", "file", "found"),
    [
        ("new-page", Action.READ, "", Given.PAGE),
        ("new-page", Action.APPEND, "", Given.PAGE),
        ("new-page", Action.READ_POSITION, "", Given.NOTHING),
        ("new-page", Action.READ_POSITION, "position.csv", Given.EXPORT),
        ("new-page", Action.READ, "new.csv", Given.EXPORT),
        ("ledger-policy", Action.READ, "a.policy", Given.NOTHING),
        ("file", Action.READ_RECORD, "a.pdf", Given.ITSELF),
    ],
)
def test_what_is_new_is_noted_unless_it_is_said_that_it_gives_nothing(
    name: str, action: Action, file: str, found: Given
) -> None:
    assert given(name, action, file) is found
