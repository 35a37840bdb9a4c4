"""Appending by a form: drafts first, problems beside fields, a preview that keeps its word, one record for a click."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.present.kind_words import domains
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, generated, has_subject
from meterward.web.forms.layouts import BY_HAND, layout_of
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import browser_of
from tests.web.writers import Writer, incident, size, words_of

pytestmark = pytest.mark.usefixtures("example_store")


KIND = "incident.recorded"


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_every_form_asks_for_everything_that_its_kind_declares_once(name: str) -> None:
    kind = all_kinds()[name]
    asked = [ask.path for ask in layout_of(kind).asks()]
    declared = [f"facts.{field.name}" for field in kind.fields] + [f"text.{text}" for text in kind.text]
    usual = [OCCURRED, LICENCES, FILES, *([SUBJECT] if has_subject(kind) else [])]
    assert sorted(asked) == sorted([*declared, *usual])
    assert sorted(ask.path for ask in generated(kind).asks()) == sorted(asked)


def test_ten_forms_are_made_by_hand_and_name_choices_that_there_are() -> None:
    assert len(BY_HAND) == 10
    for name, layout in BY_HAND.items():
        fields = {f"facts.{field.name}": field for field in all_kinds()[name].fields}
        for ask in layout.asks():
            named = {value for value, _ in ask.choices}
            known = set(fields[ask.path].choices or ("true", "false")) if named else set()
            assert named == known, ask.path


def test_every_kind_stands_in_one_domain() -> None:
    assert sorted(name for domain in domains() for name in domain.kinds) == sorted(all_kinds())


def test_one_chooses_among_kinds_and_sees_why_the_others_are_not_offered() -> None:
    said = words_of(Writer("monitoring").get("/append"))
    assert "Incident recorded A security incident" in said
    assert "Policy issued appended by: security manager, senior manager" in said
    assert f"/{LEDGER}/append/policy.issued" not in Writer("monitoring").get("/append").content.decode()


def test_every_form_opens_for_whoever_may_append_its_kind_and_for_nobody_else() -> None:
    opened = set[str]()
    for sign_in, role in (("security", "security_manager"), ("counsel", "legal_adviser"), ("auditor", "lead_auditor")):
        writer = Writer(sign_in)
        for name, kind in all_kinds().items():
            found = writer.get(f"/append/{name}")
            assert found.status_code == (200 if role in kind.by else 403), name
            opened |= {name} if found.status_code == 200 else set()
    assert opened == {name for name, kind in all_kinds().items() if kind.by != (Role.OPERATOR,)}


def test_what_the_address_says_is_filled_in() -> None:
    page = Writer().get("/append/direction.answered", **{"subject": "direction/2", "facts.requirement": "step-4"})
    said = page.content.decode()
    assert '<option value="direction/2" selected>' in said
    assert 'value="step-4"' in said


def test_a_generated_form_asks_where_a_name_says_too_little() -> None:
    said = words_of(Writer("authority").get("/append/evidence.requested"))
    assert "Who asks? needed The Secretary of State" in said
    assert "By which day? Last day on which it is in time" in said


def test_a_correction_begins_with_what_the_record_says() -> None:
    found = Writer().get("/records/596")
    identity = found.content.decode().split("links.corrects=")[1][:64]
    said = Writer().get("/append/policy.reviewed", **{"links.corrects": identity}).content.decode()
    assert f'name="statement.corrects" value="{identity}"' in said
    assert '<option value="policy/2" selected>' in said
    assert 'name="statement.occurred" value="2026-05-13"' in said
    assert "engineers come in through the gateway only" in said


def test_the_next_version_takes_the_place_of_the_last() -> None:
    said = Writer().get("/append/policy.issued").content.decode()
    assert 'value="policy/4"' in said
    assert 'name="statement.replaces"' in said


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
    writer = Writer()
    assert writer.send(KIND, f"add={path}", incident()).status_code == 302
    assert writer.client.get(writer.place(KIND)).status_code == 200


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
    writer = Writer("authority")
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
        "acting": "authority_officer",
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


def test_the_preview_appends_nothing_and_keeps_its_word() -> None:
    writer, before = Writer(), size()
    sent = writer.send(KIND, "preview", incident())
    shown = writer.client.get(sent["Location"])
    assert (shown.status_code, size()) == (200, before)
    assert "Evidence is retained" in words_of(shown)
    seen = shown.content.decode().partition('name="seen" value="')[2][:64]
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": seen})
    assert done["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    landed = words_of(writer.client.get(done["Location"]))
    assert f"Appended as entry {before + 1}" in landed
    changed = [line for line in words_of(shown).split() if line.startswith("Z.")]
    assert changed
    assert set(changed) <= set(landed.split())


def test_the_preview_says_plainly_that_nothing_changes() -> None:
    writer = Writer()
    found = {
        "statement.subject": "appointment/p-40",
        "statement.occurred": incident()["statement.occurred"],
        "statement.licences": ["electricity", "gas"],
        "facts.person": "p-40",
        "facts.role": "contributor",
        "acting": "security_manager",
    }
    shown = writer.client.get(writer.send("role.appointed", "preview", found)["Location"])
    assert "Nothing changes" in words_of(shown)


def test_a_draft_that_changed_since_the_preview_is_shown_again_first() -> None:
    writer, before = Writer(), size()
    writer.send(KIND, "save", incident())
    done = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": "0" * 64})
    assert done["Location"].endswith("/preview?changed=1")
    assert size() == before


def test_a_second_click_appends_nothing_more_and_lands_on_the_same_record() -> None:
    writer, before = Writer(), size()
    first = writer.send(KIND, "append", incident())
    again = writer.send(KIND, "append", incident())
    seen = writer.client.post(writer.place(KIND), {"do": "append-seen", "seen": "0" * 64})
    back = writer.client.get(writer.place(KIND))
    assert first["Location"] == again["Location"] == seen["Location"] == back["Location"]
    assert size() == before + 1
    assert installation().drafts.get(writer.draft) is None


def test_two_windows_with_different_words_append_once() -> None:
    writer, before = Writer(), size()
    writer.send(KIND, "append", incident())
    other = Writer(draft=writer.draft)
    late = other.send(KIND, "append", incident(**{"facts.severity": "high"}))
    assert late["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    assert size() == before + 1


def test_saving_after_the_append_brings_no_draft_back() -> None:
    writer = Writer()
    writer.send(KIND, "append", incident())
    assert b"appended already" in writer.send(KIND, "autosave", incident()).content
    assert installation().drafts.get(writer.draft) is None


def test_only_whoever_may_append_a_kind_reaches_its_form() -> None:
    assert Writer("monitoring").get("/append/policy.issued").status_code == 403
    assert Writer("stranger").get("/append").status_code == 404
    assert Writer("").get("/append")["Location"].startswith("/sign-in?next=")
    assert Writer().get("/append/no.such").status_code == 404


def test_a_session_that_ended_while_one_wrote_loses_nothing() -> None:
    writer = Writer()
    writer.client.logout()
    asked = writer.send(KIND, "preview", incident())
    said = asked.content.decode()
    assert asked.status_code == 401
    assert "What you wrote is not lost" in said
    assert installation().drafts.get(writer.draft) is None
    kept = _kept(said)
    wrong = writer.client.post("/sign-in", {"name": "security", "password": "no", "kept": kept, "next": "/"})
    assert _kept(wrong.content.decode()) == kept
    back = writer.client.post("/sign-in", {"name": "security", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"})
    assert back["Location"] == f"{writer.place(KIND)}?resumed=1"
    assert "wrong tariff" in writer.client.get(back["Location"]).content.decode()


def test_what_was_carried_becomes_nobody_elses_draft() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    writer.client.logout()
    kept = _kept(writer.send(KIND, "save", incident(**{"facts.severity": "high"})).content.decode())
    sent = {"name": "monitoring", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"}
    assert writer.client.post("/sign-in", sent)["Location"] == "/"
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert (draft.owner.sign_in, draft.content["typed"]["facts"]["severity"]) == ("security", "low")  # type: ignore[index, call-overload] # as it was typed


def test_what_was_carried_becomes_no_draft_of_another_kind_nor_of_what_was_appended() -> None:
    writer = Writer()
    writer.send(KIND, "save", incident())
    writer.client.logout()
    other = writer.client.post(writer.place("policy.reviewed"), {"facts.outcome": "x", "acting": "security_manager"})
    same = writer.send(KIND, "save", incident(**{"facts.severity": "high"}))
    again = Writer(draft=writer.draft)
    sent = {"name": "security", "password": EXAMPLE_PASSWORD, "next": "/"}
    assert writer.client.post("/sign-in", {**sent, "kept": _kept(other.content.decode())})["Location"] == "/"
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    assert (draft.kind, draft.content["typed"]["facts"]["severity"]) == (KIND, "low")  # type: ignore[index, call-overload] # as it was typed
    assert again.send(KIND, "append", incident()).status_code == 302
    assert writer.client.post("/sign-in", {**sent, "kept": _kept(same.content.decode())})["Location"] == "/"
    assert installation().drafts.get(writer.draft) is None


@pytest.mark.parametrize(
    "kept", ["no json", "[]", "{}", '{"path": "/", "pairs": []}', '{"path": 1, "pairs": [["a"]]}', "[" * 100_000]
)
def test_what_nobody_carried_is_left_out(kept: str) -> None:
    sent = {"name": "security", "password": EXAMPLE_PASSWORD, "kept": kept, "next": "/"}
    assert Writer("").client.post("/sign-in", sent)["Location"] == "/"


def test_a_page_that_was_open_while_somebody_signed_in_anew_offers_what_was_written() -> None:
    writer = Writer()
    writer.client = browser_of("security", enforce_csrf_checks=True)
    sent = writer.send(KIND, "append", incident())
    said = sent.content.decode()
    assert sent.status_code == 403
    assert "wrong tariff" in said
    assert installation().drafts.get(writer.draft) is None


def _kept(page: str) -> str:
    return unescape(page.partition('name="kept">')[2].partition("</textarea>")[0]).lstrip("\n")
