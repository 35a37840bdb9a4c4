"""Which record may correct, withdraw, replace or end which: everything that is refused, and what stays possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders.ledgers import opened
from tests.builders.lines import LICENCES, LICENSEE
from tests.builders.wrong import changed, entered, line_of, places, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.records.admission import Admission


@pytest.fixture
def ledger() -> Admission:
    """A ledger with two licences, and nothing else yet."""
    return opened().admission


def element(subject: str = "element/1", power: str = "within", **links: str) -> dict[str, Any]:
    """An element, which may correct or replace another."""
    return line_of("element.declared", {"power": power}, subject=subject, links=raw(links))


def judgement(organisation: str, **links: str) -> dict[str, Any]:
    """An auditor's judgement."""
    more: dict[str, Any] = {"role": "lead_auditor", "organisation": organisation, "links": raw(links)}
    return line_of("judgement.made", {"answer": "no" if links else "yes"}, **more)


def withdrawal(of: str, licences: Sequence[str] = LICENCES[:1], organisation: str = LICENSEE) -> dict[str, Any]:
    """A withdrawal of a record."""
    return line_of("record.withdrawn", links=raw({"withdraws": of}), licences=licences, organisation=organisation)


def end(of: str, subject: str = "element/1", organisation: str = LICENSEE) -> dict[str, Any]:
    """An end of what lasts."""
    return line_of("record.ended", subject=subject, links=raw({"ends": of}), organisation=organisation)


def raw(links: dict[str, str]) -> dict[str, bytes]:
    """Ids as bytes."""
    return {name: bytes.fromhex(target) for name, target in links.items()}


@pytest.mark.parametrize("name", ["corrects", "replaces"])
def test_what_is_acted_on_is_there(ledger: Admission, name: str) -> None:
    assert places(refused(ledger, element(**{name: "ab" * 32}))) == [("link.unknown", f"statement.{name}")]


def test_what_is_withdrawn_or_ended_is_there(ledger: Admission) -> None:
    entered(ledger, element())
    assert places(refused(ledger, withdrawal("ab" * 32))) == [("link.unknown", "statement.withdraws")]
    assert places(refused(ledger, end("ab" * 32))) == [("link.unknown", "statement.ends")]


def test_only_who_made_a_statement_corrects_it(ledger: Admission) -> None:
    entered(ledger, line_of("assessment.completed"))
    first = entered(ledger, judgement("auditor-a"))
    (problem,) = refused(ledger, judgement("auditor-b", corrects=first))
    assert (problem.code.value, problem.field) == ("link.organisation", "statement.corrects")
    assert problem.message.startswith("auditor-b did not make that record")
    assert places(refused(ledger, withdrawal(first))) == [("link.organisation", "statement.withdraws")]
    direction = entered(ledger, line_of("direction.issued"))
    assert places(refused(ledger, end(direction, "direction/1"))) == [("link.organisation", "statement.ends")]


@pytest.mark.parametrize(
    "role", ["contributor", "operator", "security_manager", "auditor", "secretary_of_state_officer"]
)
def test_a_direction_is_taken_back_by_its_issuer_alone(ledger: Admission, role: str) -> None:
    """By the record's words alone nobody else can speak as the Authority: every other role acts for somebody else."""
    direction = entered(ledger, line_of("direction.issued"))
    for organisation in ("authority", "department", LICENSEE, "auditor-a"):
        taken = changed(withdrawal(direction, organisation=organisation), "statement.actor.role", role)
        assert {problem.code.value for problem in refused(ledger, taken)} & {"link.organisation", "role.organisation"}
    own = withdrawal(direction, organisation="authority")
    entered(ledger, changed(own, "statement.actor.role", "authority_officer"))


@pytest.mark.parametrize(
    ("licences", "name", "fits"),
    [
        (("electricity",), "corrects", False),
        (("gas",), "corrects", False),
        (("gas", "electricity"), "corrects", True),
        (("electricity",), "replaces", True),
        (("gas",), "replaces", True),
    ],
)
def test_a_correction_names_every_licence_that_it_is_to_count_for(
    ledger: Admission, licences: tuple[str, ...], name: str, *, fits: bool
) -> None:
    first = entered(ledger, {**line_of("element.declared", licences=LICENCES)})
    subject = "element/1" if name == "corrects" else "element/2"
    line = line_of(
        "element.declared", {"power": "limited"}, subject=subject, links=raw({name: first}), licences=licences
    )
    if fits:
        entered(ledger, line)
    else:
        (problem,) = refused(ledger, line)
        assert (problem.code.value, problem.field) == ("link.kind", "statement.licences")


@pytest.mark.parametrize("name", ["replaces", "ends"])
def test_what_acts_on_a_record_shares_a_licence_with_it(ledger: Admission, name: str) -> None:
    first = entered(ledger, element())
    line = element("element/2", replaces=first) if name == "replaces" else end(first)
    assert places(refused(ledger, changed(line, "statement.licences", ["gas"]))) == [
        ("link.kind", "statement.licences")
    ]


def test_a_replacement_keeps_the_subject_unless_its_kind_names_a_new_one(ledger: Admission) -> None:
    for place in (1, 2):
        entered(ledger, line_of("audit.engaged", subject=f"audit/{place}"))
    report = entered(ledger, line_of("audit.reported", subject="audit/1"))
    (problem,) = refused(ledger, line_of("audit.reported", subject="audit/2", links=raw({"replaces": report})))
    assert (problem.code.value, problem.field) == ("link.kind", "statement.subject")
    assert problem.message == "That record is about audit/1; this is about audit/2."
    entered(ledger, line_of("audit.reported", subject="audit/1", links=raw({"replaces": report})))


def test_one_kind_corrects_or_replaces_the_same_kind(ledger: Admission) -> None:
    other = entered(ledger, line_of("assessment.completed"))
    (problem,) = refused(ledger, element("element/2", replaces=other))
    assert (problem.code.value, problem.field) == ("link.kind", "statement.replaces")
    assert problem.message == "That record is assessment.completed; this is element.declared."
    assert ("link.kind", "statement.corrects") in places(refused(ledger, element("element/2", corrects=other)))


def test_a_correction_keeps_the_subject(ledger: Admission) -> None:
    first = entered(ledger, element())
    assert places(refused(ledger, element("element/2", "limited", corrects=first))) == [
        ("link.kind", "statement.subject")
    ]


def test_an_end_keeps_the_subject(ledger: Admission) -> None:
    first = entered(ledger, element())
    entered(ledger, element("element/2"))
    (problem,) = refused(ledger, end(first, "element/2"))
    assert (problem.code.value, problem.field) == ("link.kind", "statement.subject")
    assert problem.message == "That record is about element/1; this is about element/2."


def test_an_end_without_a_subject_is_told_so_in_words(ledger: Admission) -> None:
    first = entered(ledger, element())
    found = refused(ledger, end(first, ""))
    assert places(found) == [("field.value", "statement.subject"), ("link.kind", "statement.subject")]
    assert [problem.message for problem in found] == [
        "It is missing.",
        "That record is about element/1; this is about nothing.",
    ]


def test_only_what_lasts_is_ended(ledger: Admission) -> None:
    assessment = entered(ledger, line_of("assessment.completed"))
    assert places(refused(ledger, end(assessment, "assessment/1"))) == [("link.kind", "statement.ends")]


def test_an_end_of_what_has_no_subject_is_told_so_in_words(ledger: Admission) -> None:
    first = entered(ledger, element())
    gone = entered(ledger, withdrawal(first))
    found = refused(ledger, end(gone))
    assert places(found) == [("link.kind", "statement.ends"), ("link.kind", "statement.subject")]
    assert found[1].message == "That record is about nothing; this is about element/1."


def test_a_withdrawal_is_never_withdrawn(ledger: Admission) -> None:
    first = entered(ledger, element())
    gone = entered(ledger, withdrawal(first))
    assert places(refused(ledger, withdrawal(gone))) == [("link.kind", "statement.withdraws")]


def test_an_opening_is_never_withdrawn(ledger: Admission) -> None:
    opening = next(iter(ledger.acts.known)).hex()
    found = refused(ledger, withdrawal(opening, licences=("electricity", "gas"), organisation="northlight"))
    assert places(found) == [("link.kind", "statement.withdraws")]


def test_a_withdrawal_names_the_same_licences(ledger: Admission) -> None:
    first = entered(ledger, element())
    (problem,) = refused(ledger, withdrawal(first, licences=("electricity", "gas")))
    assert (problem.code.value, problem.field) == ("link.kind", "statement.licences")
    assert problem.message == "That record is about electricity; this is about electricity, gas."


def test_a_record_is_corrected_once_and_then_its_correction(ledger: Admission) -> None:
    first = entered(ledger, element())
    second = entered(ledger, element(power="limited", corrects=first))
    (problem,) = refused(ledger, changed(element(corrects=first), "text.limit", "Another."))
    assert (problem.code.value, problem.field) == ("link.twice", "statement.corrects")
    assert second in problem.hint
    entered(ledger, element(corrects=second))


def test_a_corrected_record_is_neither_withdrawn_nor_ended(ledger: Admission) -> None:
    first = entered(ledger, element())
    second = entered(ledger, element(power="limited", corrects=first))
    assert places(refused(ledger, withdrawal(first))) == [("link.twice", "statement.withdraws")]
    assert places(refused(ledger, end(first))) == [("link.twice", "statement.ends")]
    entered(ledger, end(second))


def test_once_its_correction_is_withdrawn_a_record_can_be_corrected_again(ledger: Admission) -> None:
    first = entered(ledger, element())
    second = entered(ledger, element(power="limited", corrects=first))
    entered(ledger, withdrawal(second))
    assert places(refused(ledger, element(corrects=second))) == [("link.twice", "statement.corrects")]
    entered(ledger, element(corrects=first))


def test_nothing_acts_on_what_was_withdrawn(ledger: Admission) -> None:
    first = entered(ledger, element())
    entered(ledger, withdrawal(first))
    again = changed(withdrawal(first), "text.reason", "Once more.")
    for line, name in (
        (element(power="limited", corrects=first), "corrects"),
        (again, "withdraws"),
        (element("element/2", replaces=first), "replaces"),
        (end(first), "ends"),
    ):
        (problem,) = refused(ledger, line)
        assert (problem.code.value, problem.field) == ("link.twice", f"statement.{name}")
        assert problem.message == "That record was withdrawn already."


def test_a_record_is_replaced_once(ledger: Admission) -> None:
    first = entered(ledger, element())
    second = entered(ledger, element("element/2", replaces=first))
    assert places(refused(ledger, element("element/3", replaces=first))) == [("link.twice", "statement.replaces")]
    entered(ledger, element("element/3", replaces=second))


def test_a_record_is_ended_once(ledger: Admission) -> None:
    first = entered(ledger, element())
    over = entered(ledger, end(first))
    again = line_of("record.ended", {"because": "revoked"}, subject="element/1", links=raw({"ends": first}))
    (problem,) = refused(ledger, again)
    assert (problem.code.value, problem.field) == ("link.twice", "statement.ends")
    assert over[:12] in problem.message
    entered(ledger, withdrawal(over))
    entered(ledger, again)


def test_a_correction_takes_no_new_subject(ledger: Admission) -> None:
    first = introduced = entered(ledger, element())
    for power in ("limited", "within", "limited"):
        first = entered(ledger, element(power=power, corrects=first))
    assert places(refused(ledger, changed(element(), "text.limit", "New."))) == [("subject.taken", "statement.subject")]
    assert ledger.subjects["element/1"].hex() == introduced


def risk(label: str, subject: str = "risk/R-1", **links: str) -> dict[str, Any]:
    """A risk, which may replace another."""
    facts = {"label": label, "elements": []}
    return line_of("risk.identified", facts, subject=subject, links=raw(links))


def test_a_risk_is_told_anew_under_its_name_by_what_replaces_it_and_by_nothing_else(ledger: Admission) -> None:
    first, other = entered(ledger, risk("One")), entered(ledger, risk("Another", "risk/R-2"))
    assert places(refused(ledger, risk("Two"))) == [("subject.taken", "statement.subject")]
    assert places(refused(ledger, risk("Two", replaces=other))) == [("subject.taken", "statement.subject")]
    second = entered(ledger, risk("Two", replaces=first))
    assert places(refused(ledger, risk("Three", replaces=first))) == [("link.twice", "statement.replaces")]
    entered(ledger, risk("Three", replaces=second))


def test_what_is_not_told_anew_needs_a_name_of_its_own_when_it_is_replaced(ledger: Admission) -> None:
    first = entered(ledger, element())
    again = element(power="limited", replaces=first)
    assert places(refused(ledger, again)) == [("subject.taken", "statement.subject")]
