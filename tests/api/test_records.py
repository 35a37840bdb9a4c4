"""Records over HTTP: appended once, all or none, by whoever says them; listed, read, and tried out before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from meterward.core.access import Scope
from meterward.core.records.kinds import delivery_confirmed
from meterward.core.records.line import read_object
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, browser_of, incident, secret_of

RECORDS = f"{LEDGER}/records"
PREVIEW = f"{LEDGER}/records/preview"


@pytest.fixture
def machine() -> Machine:
    return Machine(secret_of("security"))


def size() -> int:
    head = installation().ledgers.head(LEDGER)
    assert head is not None
    return head.size


def codes(said: dict[str, list[dict[str, object]]]) -> list[tuple[object, object, object]]:
    return [(one["code"], one["field"], one["line"]) for one in said["problems"]]


def test_a_line_is_appended_and_found_where_the_answer_says(machine: Machine) -> None:
    before = size()
    said = machine.post(RECORDS, incident())
    assert said.status_code == 201
    (entry,) = said.json()["records"]
    assert entry["entry"] == before == size() - 1
    assert said.headers["Location"] == f"/api/v1/{RECORDS}/{before}"
    found = machine.client.get(said.headers["Location"], headers={"Authorization": f"Bearer {machine.secret}"}).json()
    assert found["line"]["statement"] == incident()["statement"]
    assert found["id"] == entry["id"]
    assert machine.get(f"{RECORDS}/{entry['id']}").json() == found
    sealed = read_object(found["line"])
    assert not isinstance(sealed, list)
    assert sealed.statement.digest().hex() == entry["id"]


@pytest.mark.parametrize("path", [RECORDS, PREVIEW])
def test_what_is_worked_out_is_not_handed_in(machine: Machine, path: str) -> None:
    before, facts = size(), dict(delivery_confirmed.KIND.example)
    said = machine.post(path, {**incident(kind="delivery.confirmed"), "facts": facts})
    assert codes(said.json()) == [("kind.worked-out", "statement.kind", 0)]
    assert "meterward deliver receipts" in said.json()["problems"][0]["hint"]
    assert size() == before


def test_a_list_is_appended_as_a_whole_or_not_at_all(machine: Machine) -> None:
    before = size()
    wrong = incident(3, occurred=(today() + timedelta(days=3)).isoformat())
    said = machine.post(RECORDS, [incident(1), incident(2), wrong])
    assert (said.status_code, size()) == (422, before)
    assert codes(said.json()) == [("time.occurred-later", "statement.occurred", 3)]
    said = machine.post(RECORDS, [incident(1), incident(2)])
    assert [one["entry"] for one in said.json()["records"]] == [before, before + 1]
    assert size() == before + 2


def test_under_a_key_the_same_is_appended_once(machine: Machine) -> None:
    before = size()
    first = machine.post(RECORDS, incident(), Idempotency_Key="once")
    again = machine.post(RECORDS, incident(), Idempotency_Key="once")
    assert (first.status_code, again.status_code, size()) == (201, 200, before + 1)
    assert (first.json()["again"], again.json()["again"]) == (False, True)
    assert first.json()["records"] == again.json()["records"]
    other = machine.post(RECORDS, incident(2), Idempotency_Key="once")
    assert (other.status_code, codes(other.json())) == (422, [("key.used", "", 0)])
    assert size() == before + 1


def test_two_people_may_choose_the_same_key(machine: Machine) -> None:
    machine.post(RECORDS, incident(), Idempotency_Key="once")
    own = {"person": "p-07", "role": "contributor", "organisation": LEDGER}
    said = Machine(secret_of("monitoring")).post(RECORDS, incident(2, actor=own), Idempotency_Key="once")
    assert (said.status_code, said.json()["again"]) == (201, False)


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 101])
def test_what_is_no_key_is_refused(machine: Machine, key: str) -> None:
    said = machine.post(RECORDS, incident(), Idempotency_Key=key)
    assert codes(said.json()) == [("field.value", "Idempotency-Key", 0)]


@pytest.mark.parametrize(
    ("actor", "code", "field"),
    [
        ({"person": "p-04"}, "actor.other", "statement.actor.person"),
        ({"organisation": "southlight"}, "actor.other", "statement.actor.organisation"),
        ({"role": "senior_manager"}, "role.not-held", "statement.actor.role"),
    ],
)
def test_nobody_speaks_for_another_or_in_a_role_not_held(
    machine: Machine, actor: dict[str, str], code: str, field: str
) -> None:
    own = {"person": "p-01", "role": "security_manager", "organisation": LEDGER}
    before = size()
    for path in (RECORDS, PREVIEW):
        said = machine.post(path, incident(actor={**own, **actor}))
        assert said.status_code == 403
        assert codes(said.json()) == [(code, field, 0)]
    assert size() == before


def test_what_an_auditor_may_not_append_is_refused_in_the_words_of_the_command_line() -> None:
    own = {"person": "p-21", "role": "lead_auditor", "organisation": "auditor-a"}
    said = Machine(secret_of("auditor")).post(RECORDS, incident(actor=own))
    assert said.status_code == 422
    (problem,) = said.json()["problems"]
    assert (problem["code"], problem["field"]) == ("role.not-entitled", "statement.actor.role")
    assert problem["message"] == "lead_auditor may not append incident.recorded."


@pytest.mark.parametrize(
    ("body", "status", "found"),
    [
        (b"{", 400, [("line.not-json", "", 0)]),
        (b"", 400, [("line.not-json", "", 0)]),
        (b"3", 400, [("line.not-json", "", 0)]),
        (b"[3]", 400, [("line.not-json", "", 0)]),
        (b"[]", 400, [("file.empty", "", 0)]),
        (b"\xff", 400, [("line.not-utf8", "", 0)]),
        (b'{"facts": {}, "facts": {}}', 400, [("line.duplicate-key", "", 0)]),
        (b'{"facts": 1.5}', 400, [("line.not-json", "", 0)]),
        (b"[" * 100_000, 400, [("line.not-json", "", 0)]),
        (b'{"recorded": "2026-01-01T00:00:00Z"}', 422, [("field.unknown", "recorded", 0)]),
        (b"{}", 422, [("field.missing", "statement", 0)]),
    ],
)
def test_what_cannot_be_read_is_refused(
    machine: Machine, body: bytes, status: int, found: list[tuple[str, str, int]]
) -> None:
    said = machine.post(RECORDS, body)
    assert (said.status_code, codes(said.json())) == (status, found)


def test_another_type_and_too_large_a_body_are_refused(machine: Machine) -> None:
    assert machine.post(RECORDS, incident(), "text/plain").status_code == 415
    assert machine.post(RECORDS, incident(), "multipart/form-data").status_code == 415
    said = machine.post(RECORDS, b" " * (5 * 2**20))
    assert (said.status_code, said.json()["type"]) == (413, "urn:meterward:problem:request.too-large")


def test_a_record_that_stands_already_is_a_conflict(machine: Machine) -> None:
    line = {**incident(), "salts": {"facts": "ab" * 16}}
    assert machine.post(RECORDS, line).status_code == 201
    said = machine.post(RECORDS, line)
    assert said.status_code == 409
    assert "record.duplicate" in {code for code, _, _ in codes(said.json())}


def test_a_preview_says_what_the_append_then_does() -> None:
    """What Z.12 lacks is that senior management considers the policy; supplying it turns the duty."""
    machine = Machine(client=browser_of("security"))
    said: dict[str, Any] = {"kind": "management.considered", "licences": ["electricity", "gas"], "subject": "policy/3"}
    line = {
        **incident(**said),
        "facts": {"members": ["p-04"], "whole": True},
        "files": {"minute.pdf": "ab" * 32},
        "salts": {"facts": "cd" * 16},
    }
    before = size()
    preview = machine.post(PREVIEW, line).json()
    assert size() == before
    assert "Z.12" in {one["duty"] for one in preview["changes"] if one["before"] != one["after"]}
    (entry,) = machine.post(RECORDS, line).json()["records"]
    assert entry["id"] == preview["id"]
    assert machine.get(f"{LEDGER}/changes", from_known_at=str(before)).json()["changes"] == preview["changes"]


def test_one_line_is_tried_out_at_a_time(machine: Machine) -> None:
    assert machine.post(PREVIEW, [incident(1), incident(2)]).status_code == 422


def test_a_list_goes_on_where_it_stopped_whatever_was_appended_meanwhile(machine: Machine) -> None:
    whole = [one["entry"] for one in machine.get(RECORDS, limit="200").json()["records"]]
    first = machine.get(RECORDS, limit="20").json()
    machine.post(RECORDS, incident())
    second = machine.get(RECORDS, limit="20", cursor=first["next"]).json()
    assert [one["entry"] for one in (*first["records"], *second["records"])] == whole[:40]
    assert first["size"] == second["size"]


def test_a_list_ends(machine: Machine) -> None:
    found: list[int] = []
    cursor: dict[str, str] = {}
    for _ in range(10):
        page = machine.get(RECORDS, limit="200", **cursor).json()
        found += [one["entry"] for one in page["records"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == list(range(size() - 1, -1, -1))


def test_a_list_is_filtered(machine: Machine) -> None:
    found = machine.get(RECORDS, kind=["audit.reported", "audit.engaged"], limit="200").json()["records"]
    assert {one["kind"] for one in found} == {"audit.reported", "audit.engaged"}
    day = date.fromisoformat(found[0]["occurred"])
    same = machine.get(RECORDS, first=day.isoformat(), last=day.isoformat()).json()["records"]
    assert {one["occurred"] for one in same} == {day.isoformat()}
    person = machine.get(RECORDS, person="p-21").json()["records"]
    assert {one["person"] for one in person} == {"p-21"}
    assert machine.get(RECORDS, subject=found[0]["subject"]).json()["records"][0]["subject"] == found[0]["subject"]
    assert machine.get(RECORDS, words="nothingofthekind").json()["records"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "x"},
        {"cursor": "9999999-1"},
        {"cursor": "x"},
        {"first": "x"},
        {"person": "a b"},
        {"kind": "x"},
    ],
)
def test_a_list_that_cannot_be_is_refused(machine: Machine, query: dict[str, str]) -> None:
    said = machine.get(RECORDS, **query)
    assert said.status_code == 422
    assert [one["field"] for one in said.json()["problems"]] == [*query]


@pytest.mark.parametrize("name", ["99999999", "999999999999999999999", "abc", "f" * 64, "-1"])
def test_a_record_that_is_not_there_is_not_found(machine: Machine, name: str) -> None:
    assert machine.get(f"{RECORDS}/{name}").status_code == 404


def test_a_token_to_read_appends_nothing() -> None:
    before = size()
    said = Machine(secret_of("security", Scope.READ)).post(RECORDS, incident())
    assert (said.status_code, size()) == (403, before)
    assert "append" in said.json()["detail"]


@pytest.mark.parametrize("path", [RECORDS, f"{RECORDS}/preview"])
def test_a_body_that_comes_in_chunks_is_refused_for_what_it_is(machine: Machine, path: str) -> None:
    said = machine.post(path, b"", Transfer_Encoding="chunked")
    assert (said.status_code, said.json()["type"]) == (411, "urn:meterward:problem:request.length")


def test_a_token_says_nothing_weighty_whoever_made_it(machine: Machine) -> None:
    """Only somebody who showed a second factor does, be it by a session that sends lines itself."""
    line = {**incident(kind="policy.issued", subject="policy/tests"), "facts": {}}
    before = size()
    for sent in (line, [incident(7), line]):
        said = machine.post(RECORDS, sent)
        assert said.status_code == 403
        assert "factor.missing" in {code for code, _, _ in codes(said.json())}
    weak = Machine(client=browser_of("security", strong=False)).post(RECORDS, line).json()
    strong = Machine(client=browser_of("security")).post(RECORDS, line).json()
    assert "factor.missing" in {code for code, _, _ in codes(weak)}
    assert "factor.missing" not in {code for code, _, _ in codes(strong)}
    assert size() == before
