"""The forms that records are appended by: one for each kind, offered to whoever may append it, filled in beforehand."""

from __future__ import annotations

import pytest

from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.core.records.kinds import all_kinds, key_introduced
from meterward.core.records.roles import Role
from meterward.present.kind_words import domains
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, generated, has_subject
from meterward.web.forms.layouts import BY_HAND, layout_of
from meterward.wiring.example_store import LEDGER
from tests.web.writers import Writer, words_of

pytestmark = pytest.mark.usefixtures("example_store")


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_every_form_asks_for_everything_that_its_kind_declares_once(name: str) -> None:
    kind = all_kinds()[name]
    asked = [ask.path for ask in layout_of(kind).asks()]
    declared = [f"facts.{field.name}" for field in kind.fields] + [f"text.{text}" for text in kind.text]
    usual = [OCCURRED, LICENCES, FILES, *([SUBJECT] if has_subject(kind) else [])]
    assert sorted(asked) == sorted([*declared, *usual])
    assert sorted(ask.path for ask in generated(kind).asks()) == sorted(asked)


def test_forty_five_forms_are_made_by_hand_and_name_choices_that_there_are() -> None:
    assert len(BY_HAND) == 45
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
    assert "Policy issued appended by: security manager or senior manager" in said
    assert f"/{LEDGER}/append/policy.issued" not in Writer("monitoring").get("/append").content.decode()


def test_every_form_opens_for_whoever_may_append_its_kind_and_for_nobody_else() -> None:
    opened = set[str]()
    for sign_in, role in (("security", "security_manager"), ("counsel", "legal_adviser"), ("auditor", "lead_auditor")):
        writer = Writer(sign_in)
        for name, kind in all_kinds().items():
            found = writer.get(f"/append/{name}")
            opens = 302 if kind is key_introduced.KIND else 422 if kind.worked_out else 200
            assert found.status_code == (opens if role in kind.by else 403), name
            opened |= {name} if found.status_code == 200 else set()
    assert opened == {
        name
        for name, kind in all_kinds().items()
        if kind.usual_role is not Role.OPERATOR and kind.homes != REGULATOR_KEEPERS and not kind.worked_out
    }


def test_what_the_address_says_is_filled_in() -> None:
    page = Writer().get("/append/direction.answered", **{"subject": "direction/2", "facts.requirement": "step-4"})
    said = page.content.decode()
    assert '<option value="direction/2" selected>' in said
    assert 'value="step-4"' in said


def test_the_form_of_a_request_asks_in_words() -> None:
    said = words_of(Writer("counsel").get("/append/evidence.requested"))
    assert "Who asks? needed The Secretary of State" in said
    assert "By which day? Without one it is answered forthwith" in said


def test_a_correction_begins_with_what_the_record_says() -> None:
    found = Writer().get("/records/779")
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
