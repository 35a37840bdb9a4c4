"""What auditors keep to themselves, the licensee sees nowhere: not by any address, search, answer or bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.access.test_matrix import ROWS, send
from tests.builders.desks import Machine, browser_of, secret_of
from tests.builders.owned import own_something

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDITOR = "auditor-a"
OWN = tuple(sorted(name for name, kind in all_kinds().items() if kind.homes == (Keeper.AUDITOR,)))
THEIRS = ("security", "board", "monitoring")


def workings() -> list[dict[str, Any]]:
    """The lines that auditors keep to themselves."""
    lines: list[dict[str, Any]] = list(installation().ledgers.lines(AUDITOR))
    return [line for line in lines if line["statement"]["kind"] in OWN]


def secrets() -> Iterator[bytes]:
    """What nobody but the auditors knows: the id of each, its words, and the digests of its files."""
    for line in workings():
        yield str(line["id"]).encode()
        for part in ("text", "files"):
            said = line.get(part) or {}
            yield from (str(one).encode() for one in said.values())


def test_the_example_has_workings_of_every_kind() -> None:
    assert OWN == ("finding.made", "paper.filed", "sample.drawn", "test.performed")
    assert {str(line["statement"]["kind"]) for line in workings()} == set(OWN)


@pytest.mark.parametrize("who", THEIRS)
def test_no_address_of_the_licensee_shows_them(who: str) -> None:
    client, hidden, owned = browser_of(who), tuple(secrets()), own_something()
    # An import goes on reading in the background, and waits for what is written of a read; here nothing is committed.
    for row in sorted(ROWS, key=lambda row: "import" not in row.address):
        if row.method == "GET":
            found = client.get(row.address.format(**owned), follow=True)
            content = b"".join(found) if found.streaming else found.content
            assert not [one for one in hidden if one in content], row.address


def test_no_address_of_the_auditors_is_there_for_the_licensee() -> None:
    owned = own_something()
    for who in THEIRS:
        client = browser_of(who)
        for row in ROWS:
            if f"/{LEDGER}/" in row.address:
                elsewhere = row._replace(address=row.address.replace(f"/{LEDGER}/", f"/{AUDITOR}/", 1))
                assert send(elsewhere, owned, client).status_code in (404, 405), (who, elsewhere.address)
        for place in (
            "audits/northlight/2",
            "auditing/samples/1",
            "auditing/draw/northlight/2",
            "records?words=carrier",
        ):
            assert client.get(f"/{AUDITOR}/{place}").status_code == 404, (who, place)


def test_search_and_answers_of_the_api_do_not_find_them() -> None:
    client, machine = browser_of("security"), Machine(secret_of("security"))
    for line in workings():
        subject = line["statement"]["subject"]
        assert str(line["id"]) not in client.get(f"/{LEDGER}/records?subject={subject}").content.decode()
        assert client.get(f"/{LEDGER}/records/id/{line['id']}").status_code == 404
        for digest in (line.get("files") or {}).values():
            assert client.get(f"/{LEDGER}/files/{digest}").status_code == 404
            assert machine.get(f"{LEDGER}/files/{digest}").status_code == 404
    for kind in OWN:
        assert client.get(f"/{LEDGER}/records?kind={kind}").content.decode().count('class="what"') == 0
        assert machine.get(f"{LEDGER}/records?kind={kind}").json()["records"] == []
    assert machine.get(f"{AUDITOR}/records").status_code == 404


def test_no_ledger_of_a_licensee_and_so_no_bundle_of_it_holds_one() -> None:
    there = {record.kind.name for record in installation().ledgers.records(LEDGER)}
    assert there.isdisjoint(OWN)
    for line in workings():
        said = {name: part for name, part in line.items() if name not in ("id", "recorded", "signatures")}
        refused = append(LEDGER, [said])
        assert isinstance(refused, list)
        assert "kind.elsewhere" in {one.code.value for one in refused}
