"""Appending by a form: a draft is saved first, problems stand beside their fields, and who appends is who signed in."""

from __future__ import annotations

from typing import Any

import pytest

from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.web.writers import KIND, Writer, incident, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")


def test_saving_keeps_a_draft_and_appends_nothing() -> None:
    writer, before = Writer(), size()
    sent = writer.send(KIND, "save", incident(**{"facts.severity": ""}))
    assert (sent.status_code, sent["Location"]) == (302, f"{writer.place(KIND)}?saved=1")
    assert "wrong tariff" in writer.client.get(writer.place(KIND)).content.decode()
    assert size() == before


def test_rows_are_added_and_removed_without_scripts() -> None:
    writer = Writer()
    writer.send(KIND, "add=facts.affected", incident())
    assert 'name="facts.affected.1"' in writer.client.get(writer.place(KIND)).content.decode()
    two = incident(**{"facts.affected.1": "element/han"})
    writer.send(KIND, "remove=facts.affected.0", two)
    said = writer.client.get(writer.place(KIND)).content.decode()
    assert 'name="facts.affected.0"' in said
    assert 'name="facts.affected.1"' not in said
    assert '<option value="element/han" selected>' in said


@pytest.mark.parametrize(
    "path", ["facts", "nothing.here", "facts.severity.0.1.2.3.4.5.6", "facts.__class__", "x" * 999]
)
def test_a_row_of_nothing_is_not_added(path: str) -> None:
    def rows(added: str) -> int:
        writer = Writer()
        assert writer.send(KIND, f"add={added}", incident()).status_code == 302
        return writer.client.get(writer.place(KIND)).content.decode().count('name="facts.')

    assert rows(path) == rows("facts.affected") - 1


def test_problems_stand_beside_their_fields_in_the_words_of_the_command_line() -> None:
    writer, before = Writer(), size()
    typed = incident(**{"facts.severity": "", "statement.occurred": "2999-01-01", "facts.affected.0": "element/none"})
    sent = writer.send(KIND, "append", typed)
    said = sent.content.decode()
    assert sent.status_code == 422
    assert "“How grave was it?” is missing. Add it." in said.partition('id="facts-severity-wrong"')[2][:200]
    assert (
        "It is “2999-01-01”. Write a day from 1990 to 2199" in said.partition('id="statement-occurred-wrong"')[2][:200]
    )
    assert size() == before
    assert "in quotes" not in said
    typed |= {"facts.severity": "low", "statement.occurred": incident()["statement.occurred"]}
    said = writer.send(KIND, "append", typed).content.decode()
    assert "introduces element/none" in said.partition('id="facts-affected')[2]


def test_a_problem_in_a_row_stands_beside_that_row() -> None:
    writer = Writer("counsel")
    typed: dict[str, Any] = {
        "statement.subject": "direction/9",
        "statement.occurred": incident()["statement.occurred"],
        "statement.licences": "electricity",
        "facts.issuers": "authority",
        "facts.addressees": "northlight",
        "facts.purposes": "prevent",
        "facts.requirements.0.name": "step-1",
        "facts.requirements.0.act": "do",
        "facts.requirements.4.name": "step-2",
        "facts.requirements.4.act": "do",
        "facts.requirements.4.due": "soon",
        "acting": "legal_adviser",
    }
    said = writer.send("direction.issued", "append", typed).content.decode()
    assert "soon" in said.partition('id="facts-requirements-1-due-wrong"')[2][:200]


def test_a_role_that_one_does_not_have_is_refused() -> None:
    sent = Writer("monitoring").send(KIND, "append", incident(acting="security_manager"))
    assert sent.status_code == 422
    assert "You do not act as “security_manager” here." in words_of(sent)


def test_person_and_organisation_come_from_the_session() -> None:
    forged = {"statement.actor.person": "p-31", "statement.actor.organisation": "authority", "statement.licensee": "x"}
    sent = Writer().send(KIND, "append", incident(**forged))
    assert sent.status_code == 302
    line = installation().ledgers.line(LEDGER, size() - 1)
    assert line is not None
    statement: Any = line["statement"]
    assert statement["actor"] == {"person": "p-01", "role": "security_manager", "organisation": "northlight"}
    assert statement["licensee"] == "northlight"


def test_only_whoever_may_append_a_kind_reaches_its_form() -> None:
    assert Writer("monitoring").get("/append/policy.issued").status_code == 403
    assert Writer("stranger").get("/append").status_code == 404
    assert Writer("").get("/append")["Location"].startswith("/sign-in?next=")
    assert Writer().get("/append/no.such").status_code == 404
