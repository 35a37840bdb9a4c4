"""Who may do what: the page of it, what delegations and broken glass do for those who sign in, and what is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters.salts import fresh_salt
from meterward.core.base.days import add_months, in_words
from meterward.core.records.keeper import reads_of
from meterward.core.records.kinds import evidence_read
from meterward.core.records.roles import Role
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import browser_of, incident
from tests.web.writers import Writer, words_of

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

pytestmark = pytest.mark.usefixtures("example_store")
DAY = timedelta(days=1)
MANAGER, CONTRIBUTOR = ("p-01", "security_manager"), ("p-07", "contributor")


def say(kind: str, by: tuple[str, str], subject: str, facts: dict[str, Any], ago: int = 0, **more: Any) -> object:  # noqa: ANN401 - parts of a statement
    """Let somebody of the licensee say something today, or some days ago."""
    actor = {"person": by[0], "role": by[1], "organisation": LEDGER}
    day = (today() - ago * DAY).isoformat()
    line = incident(kind=kind, actor=actor, subject=subject, licences=["gas"], occurred=day, **more)
    texts = {"delegation.given": "reason", "glass.broken": "reason", "glass.reviewed": "outcome"}
    text: dict[str, Json] = {texts[kind]: "In a few words."} if kind in texts else {}
    salts: dict[str, Json] = {"facts": fresh_salt(), "text": {name: fresh_salt() for name in text}}
    return append(LEDGER, [{**line, "facts": facts, "text": text, "salts": salts}])


def break_glass(by: tuple[str, str] = CONTRIBUTOR, role: str = "senior_manager") -> None:
    until = (today() + DAY).isoformat()
    done = say("glass.broken", by, "glass/1", {"role": role, "valid_to": until})
    assert not isinstance(done, list), done


def delegate(ago: int = 1) -> None:
    until = (today() + 9 * DAY).isoformat()
    facts = {"person": "p-07", "role": "security_manager", "valid_to": until}
    done = say("delegation.given", MANAGER, "delegation/1", facts, ago)
    assert not isinstance(done, list), done


def roles(sign_in: str) -> frozenset[Role]:
    person = installation().people.get(sign_in)
    assert person is not None
    return installation().roles(LEDGER, person)


def test_each_person_stands_there_with_the_record_that_gives_the_role() -> None:
    said = words_of(Writer("auditor").get("/rights"))
    assert "People of northlight p-01 Security manager by appointment, since" in said
    assert "p-21 of auditor-a Lead auditor by access, since" in said
    assert "Nothing is delegated." in said
    assert "Broken glass" not in said
    before = words_of(Writer("auditor").get("/rights", known_at="1"))
    assert "Nobody had a role on this day." in before


def test_a_delegate_acts_in_the_role_and_the_page_says_by_whom() -> None:
    delegate()
    assert roles("monitoring") == {Role.CONTRIBUTOR, Role.SECURITY_MANAGER}
    said = words_of(Writer("auditor").get("/rights"))
    last = in_words(today() + 9 * DAY)
    assert f"Security manager delegated by p-01, since {in_words(today())}, until {last}" in said
    assert "Delegations p-01 to p-07" in said
    # What was delegated is not delegated further: the form offers only what is one's own.
    form = Writer("monitoring").get("/append/delegation.given")
    assert 'value="contributor"' in form.content.decode()
    assert 'value="security_manager"' not in form.content.decode()


def test_a_role_that_was_delegated_gives_nobody_a_lasting_right_but_ends_them() -> None:
    delegate()
    lent = Writer("monitoring")
    page = words_of(lent.get("/rights"))
    for kind in ("role.appointed", "access.granted"):
        refused = lent.get(f"/append/{kind}")
        assert refused.status_code == 403
        assert "appointed or let in as such" in words_of(refused)
    assert "Somebody of the organisation to a role." not in page
    assert "End it : Security manager of p-01" in page
    newcomer = {"email": "new@northlight.example", "pseudonym": "p-77", "name": "newcomer"}
    invited = lent.client.post(f"/{LEDGER}/people", newcomer)
    assert "new@northlight.example is invited" in words_of(invited)
    assert "/append/role.appointed" not in invited.content.decode()


def test_a_delegation_of_today_counts_from_tomorrow() -> None:
    delegate(ago=0)
    assert roles("monitoring") == {Role.CONTRIBUTOR}
    assert "Not begun yet." in words_of(Writer("security").get("/rights"))
    then = words_of(Writer("security").get("/rights", as_at=(today() + DAY).isoformat()))
    assert "Security manager delegated by p-01" in then


def test_whoever_broke_glass_is_told_so_on_every_page_and_others_are_not() -> None:
    break_glass()
    assert roles("monitoring") == {Role.CONTRIBUTOR, Role.SENIOR_MANAGER}
    banner = f"You act as senior manager by broken glass until {in_words(today() + DAY)}."
    for path in ("/", "/records", "/rights", "/append", "/risks"):
        assert banner in words_of(Writer("monitoring").get(path)), path
        assert "by broken glass until" not in words_of(Writer("operations").get(path)), path


def test_what_is_read_by_broken_glass_is_noted_in_the_role_that_was_taken() -> None:
    for path in ("/records/5", "/risks"):
        assert Writer("monitoring").get(path).status_code == 200
    assert installation().ledgers.head(reads_of(LEDGER)) is None
    break_glass()
    for path in ("/records/5", "/risks"):
        assert Writer("monitoring").get(path).status_code == 200
        assert Writer("operations").get(path).status_code == 200
    found = [one for one in installation().ledgers.records(reads_of(LEDGER)) if one.kind is evidence_read.KIND]
    assert {(one.actor.person, one.actor.role) for one in found} == {("p-07", "senior_manager")}
    assert [(one.facts.what, one.facts.entry) for one in found] == [("record", 5), ("page", None)]


def test_broken_glass_is_reviewed_by_somebody_else() -> None:
    break_glass(("p-04", "senior_manager"), "security_manager")
    manager, breaker = Writer("security"), Writer("board")
    assert "Nobody has reviewed it" in words_of(manager.get("/rights"))
    assert "Review it" in words_of(manager.get("/rights"))
    assert "Review it" not in words_of(breaker.get("/rights"))
    own = say("glass.reviewed", ("p-04", "senior_manager"), "glass/1", {"justified": "yes"})
    assert isinstance(own, list)
    assert [one.code.value for one in own] == ["actor.same"]
    assert not isinstance(say("glass.reviewed", MANAGER, "glass/1", {"justified": "partly"}), list)
    said = words_of(manager.get("/rights"))
    assert "Reviewed by p-01" in said
    assert "justified in part" in said
    assert "Nobody has reviewed it" not in said


def test_who_may_change_it_is_offered_the_forms() -> None:
    offered = {name: Writer(name).get("/rights").content.decode() for name in ("security", "monitoring", "auditor")}
    kinds = ("role.appointed", "access.granted", "delegation.given", "glass.broken")
    links = {name: [kind for kind in kinds if f"/append/{kind}" in page] for name, page in offered.items()}
    assert links["security"] == [*kinds]
    assert links["monitoring"] == ["delegation.given", "glass.broken"]
    assert "glass.broken" not in links["auditor"]


def test_glass_is_broken_with_a_second_factor_alone() -> None:
    weak = browser_of("monitoring", strong=False)
    for kind in ("glass.broken", "delegation.given"):
        found = weak.get(f"/{LEDGER}/append/{kind}")
        assert found.status_code == 403
        assert "This takes a second factor" in words_of(found)


def test_no_delegation_is_given_for_more_than_a_year_or_to_oneself() -> None:
    until = (add_months(today(), 12) + DAY).isoformat()
    long = say("delegation.given", MANAGER, "delegation/1", {"person": "p-07", "role": MANAGER[1], "valid_to": until})
    assert isinstance(long, list)
    assert [one.field for one in long] == ["facts.valid_to"]
    soon = (today() + DAY).isoformat()
    own = say("delegation.given", MANAGER, "delegation/1", {"person": "p-01", "role": MANAGER[1], "valid_to": soon})
    assert isinstance(own, list)
    assert [one.code.value for one in own] == ["actor.same"]


def test_what_is_ended_earlier_is_over_from_that_day_and_said_so() -> None:
    delegate()
    break_glass()
    for kind, subject in (("delegation.given", "delegation/1"), ("glass.broken", "glass/1")):
        found = installation().ledgers.records_of(LEDGER, [kind])
        target = next(one.id.hex() for one in found if one.subject == subject)
        assert not isinstance(say("record.ended", MANAGER, subject, {"because": "revoked"}, ends=target), list)
    assert roles("monitoring") == {Role.CONTRIBUTOR}
    said = words_of(Writer("security").get("/rights"))
    assert "Nothing is delegated." in said
    assert f"Senior manager on {in_words(today())}, ended on that day" in said
