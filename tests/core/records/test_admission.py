"""What a ledger refuses because of what stands in it already: times, ids, subjects, references and licences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code
from meterward.core.records import admission as admission_module
from meterward.core.records.admission import Admission
from meterward.core.records.erase import erase_texts
from tests.builders.ledgers import opened
from tests.builders.lines import LICENCES
from tests.builders.wrong import GONE, admitted, changed, entered, line_of, places, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

ELEMENT = line_of("element.declared")
RECORDS = Path(admission_module.__file__).parent


@pytest.fixture
def ledger() -> Admission:
    """A ledger with two licences, an assessment, an audit and a policy."""
    admission = opened().admission
    for kind in ("assessment.completed", "audit.engaged", "policy.issued"):
        entered(admission, line_of(kind))
    return admission


def test_a_ledger_begins_with_its_opening() -> None:
    empty = Admission()
    assert places(refused(empty, ELEMENT)) == [("ledger.not-opened", "statement.kind")]
    entered(empty, line_of("ledger.opened"))
    entered(empty, ELEMENT)


def test_a_ledger_is_opened_once(ledger: Admission) -> None:
    assert places(refused(ledger, line_of("ledger.opened"))) == [("ledger.opened-twice", "statement.kind")]


def test_who_was_told_that_the_opening_is_missing_hears_the_rest() -> None:
    unopened = Admission(excused=True)
    entered(unopened, ELEMENT)
    assert places(refused(unopened, line_of("document.received", subject="audit/9"))) == [
        ("reference.unknown", "statement.subject")
    ]
    assert places(refused(unopened, line_of("ledger.opened"))) == [("ledger.opened-twice", "statement.kind")]


@pytest.mark.parametrize(
    ("kind", "role", "organisation", "fits"),
    [
        ("judgement.made", "contributor", "northlight", True),
        ("judgement.made", "contributor", "department", False),
        ("judgement.made", "contributor", "auditor-a", False),
        ("judgement.made", "auditor", "auditor-a", True),
        ("judgement.made", "auditor", "northlight", False),
        ("judgement.made", "lead_auditor", "authority", False),
        ("judgement.made", "authority_officer", "authority", True),
        ("judgement.made", "authority_officer", "department", False),
        ("judgement.made", "secretary_of_state_officer", "department", True),
        ("judgement.made", "secretary_of_state_officer", "northlight", False),
        ("licence.held", "operator", "northlight", True),
        ("licence.held", "operator", "department", False),
    ],
)
def test_a_role_acts_for_an_organisation_of_its_side(
    ledger: Admission, kind: str, role: str, organisation: str, *, fits: bool
) -> None:
    about: dict[str, Any] = {"subject": "licence/water", "licences": ("water",)} if kind == "licence.held" else {}
    line = line_of(kind, role=role, organisation=organisation, **about)
    if fits:
        entered(ledger, line)
    else:
        (problem,) = refused(ledger, line)
        assert (problem.code.value, problem.field) == ("role.organisation", "statement.actor.organisation")
        assert f"“{organisation}” as {role}" in problem.message


@pytest.mark.parametrize("licences", [("gas",), ("electricity", "gas")])
def test_a_licence_that_is_recorded_is_among_those_it_counts_for(ledger: Admission, licences: tuple[str, ...]) -> None:
    (problem,) = refused(ledger, line_of("licence.held", subject="licence/water", licences=licences))
    assert (problem.code.value, problem.field) == ("field.value", "statement.licences")
    assert "licence/water" in problem.message
    entered(ledger, line_of("licence.held", subject="licence/water", licences=(*licences, "water")))


def test_a_ledger_is_about_one_licensee(ledger: Admission) -> None:
    other = changed(ELEMENT, "statement.licensee", "southlight")
    (problem,) = refused(ledger, other)
    assert (problem.code.value, problem.field) == ("ledger.other-licensee", "statement.licensee")
    assert "southlight" in problem.message
    assert "northlight" in problem.message


@pytest.mark.parametrize(
    ("occurred", "recorded", "fits"),
    [
        ("2014-07-02", "2014-07-01T22:59:59Z", False),
        ("2014-07-02", "2014-07-01T23:00:00Z", True),
        ("2014-07-02", "2014-07-01T23:30:00Z", True),
        ("2014-12-02", "2014-12-01T23:59:59Z", False),
        ("2014-12-02", "2014-12-02T00:00:00Z", True),
        ("2014-12-02", "2020-01-01T00:00:00Z", True),
        ("2014-12-03", "2014-12-02T12:00:00Z", False),
    ],
)
def test_nothing_is_recorded_before_the_day_in_london_on_which_it_occurred(
    ledger: Admission, occurred: str, recorded: str, *, fits: bool
) -> None:
    line = {**changed(ELEMENT, "statement.occurred", occurred), "recorded": recorded}
    found = admitted(ledger, line)
    assert (places(found) if isinstance(found, list) else []) == (
        [] if fits else [("time.occurred-later", "statement.occurred")]
    )


def test_a_ledger_only_goes_forward(ledger: Admission) -> None:
    early = {**changed(ELEMENT, "statement.occurred", "2013-09-01"), "recorded": "2013-09-02T16:59:59Z"}
    assert places(refused(ledger, early)) == [("time.recorded-backwards", "recorded")]
    entered(ledger, {**early, "recorded": ledger.last_recorded})


def test_a_statement_stands_once(ledger: Admission) -> None:
    line = line_of("document.received")
    entered(ledger, line)
    (problem,) = refused(ledger, {**line, "recorded": "2014-01-01T00:00:00Z"})
    assert (problem.code.value, problem.field) == ("record.duplicate", "")
    assert f"entry {ledger.tree.size} already" in problem.message
    entered(ledger, changed(line, "salts.facts", "00" * 16))


def test_a_statement_stands_once_though_its_text_was_erased(ledger: Admission) -> None:
    line = line_of("document.received")
    entered(ledger, line)
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    assert places(refused(ledger, erased)) == [("record.duplicate", "")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "00" * 32),
        ("id", ""),
        ("id", "not an id"),
        ("facts.power", "limited"),
        ("text.limit", "None of it."),
        ("files.more", "01" * 32),
        ("salts.facts", "00" * 16),
        ("statement.occurred", "2013-09-01"),
        ("statement.actor.person", "p-08"),
    ],
)
def test_whatever_was_changed_since_shows_in_the_id(ledger: Admission, path: str, value: str) -> None:
    probe = opened().admission
    sealed = {**ELEMENT, "id": entered(probe, ELEMENT)}
    false = changed(sealed, path, value)
    assert places(refused(ledger, false)) == [("commitment.mismatch", "id")]
    entered(ledger, sealed)


def test_a_false_digest_of_an_erased_text_shows_in_the_id(ledger: Admission) -> None:
    sealed = {**ELEMENT, "id": entered(opened().admission, ELEMENT)}
    erased = erase_texts(sealed, ["limit"])
    assert isinstance(erased, dict)
    assert places(refused(ledger, changed(erased, "erased.limit", "00" * 32))) == [("commitment.mismatch", "id")]
    assert places(refused(ledger, changed(erased, "erased.limit", GONE))) == [("commitment.mismatch", "id")]
    entered(ledger, erased)


@pytest.mark.parametrize(
    ("kind", "subject", "code", "says"),
    [
        ("element.declared", "", "field.value", "It is missing."),
        ("element.declared", "element", "field.value", "“element”"),
        ("element.declared", "policy/2", "field.value", "“policy/2”"),
        ("element.declared", "system", "field.value", "“system”"),
        ("assessment.completed", "assessment/1", "subject.taken", "assessment/1 is there already."),
        ("document.received", "", "field.value", "It is missing."),
        ("document.received", "policy/1", "field.value", "“policy/1”"),
        ("document.received", "audit/9", "reference.unknown", "introduces audit/9."),
        ("document.received", "audit", "reference.unknown", "introduces audit."),
        ("date.determined", "system", "field.value", "“system”"),
        ("date.determined", "licensee/1", "reference.unknown", "introduces licensee/1."),
        ("record.withdrawn", "system", "field.value", "“system”"),
    ],
)
def test_a_subject_is_new_or_known_as_its_kind_asks(
    ledger: Admission, kind: str, subject: str, code: str, says: str
) -> None:
    found = refused(ledger, changed(line_of(kind, subject=subject), "salts.facts", "00" * 16))
    (problem,) = [one for one in found if one.code != Code.LINK_UNKNOWN]
    assert (problem.code.value, problem.field) == (code, "statement.subject")
    assert says in problem.message


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("policy.issued", {"assessment": "assessment/9"}, "facts.assessment"),
        ("policy.issued", {"assessment": "audit/1"}, "facts.assessment"),
        ("policy.issued", {"assessment": "policy/2"}, "facts.assessment"),
        ("action.planned", {"of": "incident/9"}, "facts.of"),
        ("action.planned", {"of": "system"}, "facts.of"),
        ("incident.recorded", {"affected": ["element/9"]}, "facts.affected"),
        ("need.determined", {"basis": "policy/1"}, "facts.basis"),
    ],
)
def test_what_a_fact_names_was_recorded_before(
    ledger: Admission, kind: str, facts: Mapping[str, object], field: str
) -> None:
    (space, _, _) = line_of(kind)["statement"]["subject"].partition("/")
    (problem,) = refused(ledger, line_of(kind, facts, subject=f"{space}/2"))
    assert (problem.code.value, problem.field) == ("reference.unknown", field)


def test_each_unknown_name_of_a_list_is_told(ledger: Admission) -> None:
    line = line_of("policy.reviewed", {"events": ["audit/1", "audit/8", "audit/9"]})
    assert places(refused(ledger, line)) == [("reference.unknown", "facts.events")] * 2


def test_a_review_answers_a_change_of_the_system_as_a_whole(ledger: Admission) -> None:
    entered(ledger, line_of("policy.reviewed", {"events": ["audit/1", "system"]}))
    assert places(refused(ledger, line_of("action.planned", {"of": "system"}, subject="action/2"))) == [
        ("reference.unknown", "facts.of")
    ]


def test_a_record_is_about_licences_that_are_held(ledger: Admission) -> None:
    (problem,) = refused(ledger, line_of("element.declared", licences=(LICENCES[0], "water")))
    assert (problem.code.value, problem.field) == ("reference.unknown", "statement.licences[1]")
    assert "licence/water" in problem.message
    entered(ledger, line_of("licence.held", subject="licence/water", licences=("water",)))
    entered(ledger, line_of("element.declared", licences=(LICENCES[0], "water")))


def test_everything_that_stands_against_a_record_is_told_at_once(ledger: Admission) -> None:
    line = line_of(
        "policy.issued",
        {"assessment": "assessment/9"},
        licences=("water",),
        links={"replaces": bytes(32)},
    )
    line = {**changed(line, "statement.licensee", "southlight"), "id": "00" * 32, "recorded": "2013-09-01T12:00:00Z"}
    assert sorted(places(refused(ledger, line))) == [
        ("commitment.mismatch", "id"),
        ("ledger.other-licensee", "statement.licensee"),
        ("link.unknown", "statement.replaces"),
        ("reference.unknown", "facts.assessment"),
        ("reference.unknown", "statement.licences[0]"),
        ("subject.taken", "statement.subject"),
        ("time.occurred-later", "statement.occurred"),
        ("time.recorded-backwards", "recorded"),
    ]


def test_a_refused_record_can_be_put_right_and_entered(ledger: Admission) -> None:
    """As if the wrong ones had never been tried: the tree that comes of it is the same."""
    untouched = opened().admission
    for kind in ("assessment.completed", "audit.engaged", "policy.issued"):
        entered(untouched, line_of(kind))
    wrong: list[dict[str, Any]] = [
        changed(ELEMENT, "statement.licensee", "southlight"),
        changed(ELEMENT, "statement.subject", "policy/2"),
        {**ELEMENT, "id": "00" * 32},
        {**ELEMENT, "recorded": "2013-01-01T00:00:00Z"},
        line_of("element.declared", licences=("water",)),
        line_of("element.declared", links={"corrects": bytes(32)}),
    ]
    for line in wrong:
        refused(ledger, line)
    assert entered(ledger, ELEMENT) == entered(untouched, ELEMENT)
    assert ledger.tree.root() == untouched.tree.root()
    assert ledger.counters == untouched.counters


def test_every_problem_that_a_record_can_meet_is_provoked_somewhere_here() -> None:
    used = {
        Code[name]
        for path in RECORDS.glob("*.py")
        for name in re.findall(r"\bCode\.([A-Z0-9_]+)", path.read_text(encoding="utf-8"))
    }
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert len(used) > 20
    assert [code.value for code in sorted(used) if f'"{code.value}"' not in tests] == []
