"""Who gets a record, on its preview and its page; and no word of a position where no duty stands."""

from __future__ import annotations

from typing import Any

import pytest

from meterward.wiring import today
from meterward.wiring.appending import append
from tests.builders.parties import direction, entered
from tests.web.writers import Writer, incident, words_of

pytestmark = pytest.mark.usefixtures("example_store")


def wish(**more: str) -> dict[str, Any]:
    """What an officer types who asks for evidence."""
    said = {
        "statement.subject": "request/authority-9",
        "statement.occurred": today().isoformat(),
        "statement.licensee": "northlight",
        "facts.by": "authority",
        "facts.clauses": "Z.9",
        "text.request": "What you have about it.",
        "acting": "authority_officer",
    }
    return {**said, **more}


def test_an_officer_is_told_whom_a_request_reaches_and_nothing_of_a_position() -> None:
    officer = Writer("authority", ledger="authority")
    officer.send("evidence.requested", "preview", wish())
    before = words_of(officer.client.get(f"{officer.place('evidence.requested')}/preview"))
    assert "Also entered in the ledger of northlight." in before
    assert "position" not in before
    assert "duty" not in before
    landed = officer.client.post(officer.place("evidence.requested"), {"do": "append-seen"})
    after = words_of(officer.client.get(landed["Location"]))
    assert "Also entered in the ledger of northlight." in after
    assert "To the request" in after
    assert "To the desk" in after
    assert "position" not in after


def test_what_nobody_else_gets_says_so() -> None:
    auditor = Writer("auditor", ledger="auditor-a")
    typed = {
        "statement.subject": "test/9",
        "statement.occurred": today().isoformat(),
        "statement.licensee": "northlight",
        "facts.audit": "audit/2",
        "facts.clause": "Z.10(c)",
        "facts.method": "inspection",
        "facts.result": "as_designed",
        "text.procedure": "Each was followed.",
        "acting": "lead_auditor",
    }
    auditor.send("test.performed", "preview", typed)
    assert "It stays in this ledger: nobody else gets it." in words_of(
        auditor.client.get(f"{auditor.place('test.performed')}/preview")
    )
    landed = auditor.client.post(auditor.place("test.performed"), {"do": "append-seen"})
    after = auditor.client.get(landed["Location"])
    assert "It stays in this ledger" in words_of(after)
    assert 'href="/auditor-a/audits/northlight/2"' in after.content.decode()


def test_a_licensee_sees_the_position_still_and_the_whole_that_a_record_is_part_of() -> None:
    security = Writer()
    landed = security.send("incident.recorded", "append", incident())
    after = words_of(security.client.get(landed["Location"]))
    assert "Nothing changes in the position." in after or "It changed the position:" in after
    assert "nobody else gets it" not in after
    done = entered(append("authority", [direction("authority", ["northlight"], "direction/authority-9")]))
    page = Writer("authority", ledger="authority").get(f"/records/{done.first + 1}", appended="1")
    assert "To the direction" in words_of(page)


def test_whom_a_record_is_about_follows_from_its_subject() -> None:
    auditor = Writer("auditor", ledger="auditor-a")
    form = auditor.get("/append/independence.declared", subject="audit/2").content.decode()
    assert '<option value="northlight" selected>' in form
    assert "(unknown)" not in auditor.get("/append/finding.made").content.decode()


def test_what_is_missing_in_a_row_says_in_which() -> None:
    auditor = Writer("auditor", ledger="auditor-a")
    sent = auditor.send("audit.scoped", "preview", {"facts.rows.0.clause": "Z.4", "acting": "lead_auditor"})
    found = words_of(auditor.client.get(sent["Location"]))
    assert "What is looked at, row 1: How? It is missing." in found


def test_a_sample_is_drawn_of_what_a_licensee_records() -> None:
    form = Writer("auditor", ledger="auditor-a").get("/auditing/draw/northlight/2").content.decode()
    assert 'value="incident.recorded"' in form
    assert 'value="audit.answered"' in form
    assert 'value="paper.filed"' not in form
    assert 'value="case.opened"' not in form


@pytest.mark.parametrize(("kind", "name"), [("audit.asked", "items"), ("direction.drafted", "requirements")])
def test_what_cannot_be_none_is_not_offered_as_none(kind: str, name: str) -> None:
    desk = {"audit.asked": ("auditor", "auditor-a"), "direction.drafted": ("authority", "authority")}[kind]
    assert f"facts.{name}.none" not in Writer(desk[0], ledger=desk[1]).get(f"/append/{kind}").content.decode()


def test_an_officer_lists_a_licensee_that_is_not_known_here_and_drafts_a_direction_to_it() -> None:
    officer = Writer("authority", ledger="authority")
    assert 'href="/authority/append/licensee.listed"' in officer.get("/directions/new").content.decode()
    typed = {
        "statement.subject": "listing/brightwater",
        "statement.occurred": today().isoformat(),
        "statement.licensee": "brightwater",
        "facts.fuels": "gas",
        "acting": "authority_officer",
    }
    form = officer.get("/append/licensee.listed").content.decode()
    assert '<input class="form-control" id="statement-licensee"' in form
    landed = officer.send("licensee.listed", "append", typed)
    assert "appended=1" in landed["Location"]
    assert "brightwater" in words_of(officer.get("/directions/new"))


def test_a_list_that_is_missing_and_may_be_empty_says_how_to_say_so() -> None:
    auditor = Writer("auditor", ledger="auditor-a")
    sent = auditor.send("independence.declared", "preview", {"statement.subject": "audit/2", "acting": "lead_auditor"})
    found = words_of(auditor.client.get(sent["Location"]))
    assert "Interests It is missing. Add to it, or tick that there are none." in found
    assert "“Interests” is missing. Add to it, or tick that there are none." in found
