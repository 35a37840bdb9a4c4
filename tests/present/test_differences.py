"""What differs between two positions: which duties, in which order, because of which records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.present.differences import changes_json, differences

if TYPE_CHECKING:
    from collections.abc import Mapping


def duty(
    identity: str,
    status: str,
    *records: str,
    fact: str = "",
    attention: tuple[str, ...] = (),
    due: Mapping[str, str] | None = None,
    source: str = "clause",
) -> dict[str, Any]:
    """A duty as a position has it, as far as it is compared."""
    return {
        "id": identity,
        "clause": f"Z.{identity}",
        "title": f"Duty {identity}",
        "status": status,
        "attention": list(attention),
        "fact": fact,
        "since": "2014-01-01",
        "readings": [{"records": list(records)}, {"records": []}],
        "deadlines": [
            {"day": day, "what": what, "source": source, "reading": None} for day, what in (due or {}).items()
        ],
    }


def position(*duties: dict[str, Any], licence: str = "electricity") -> dict[str, Any]:
    """A position of one licence."""
    return {"positions": [{"licence": licence, "duties": list(duties)}]}


def test_what_stands_as_before_is_no_change() -> None:
    one = position(duty("4", "met", "aa"), duty("5", "breached", "bb"))
    assert differences(one, one) == []


def test_other_records_alone_are_no_change() -> None:
    assert differences(position(duty("4", "met", "aa")), position(duty("4", "met", "bb"))) == []


def test_a_change_says_what_was_and_what_is_and_which_records_came_or_went() -> None:
    before, after = (
        position(duty("4", "met", "aa", "cc")),
        position(duty("4", "breached", "bb", "cc", fact="It lapsed.")),
    )
    (change,) = differences(before, after)
    assert change == (
        "electricity",
        "4",
        "Z.4",
        "Duty 4",
        "met",
        "breached",
        "It lapsed.",
        "2014-01-01",
        ("aa", "bb"),
        (),
    )


def test_a_fact_or_what_asks_for_attention_is_a_change_though_the_status_stays() -> None:
    before = position(duty("4", "met"), duty("5", "met"), duty("6", "met"))
    after = position(duty("4", "met", fact="Due soon."), duty("5", "met", attention=("Late.",)), duty("6", "met"))
    assert [change.duty for change in differences(before, after)] == ["4", "5"]


def test_the_worst_comes_first() -> None:
    names = ("met", "breached", "pending", "contested")
    before = position(*(duty(name, "not-in-force") for name in names))
    after = position(*(duty(name, name) for name in names))
    assert [change.after for change in differences(before, after)] == ["breached", "contested", "pending", "met"]


def test_a_licence_that_comes_or_goes_changes_every_duty_of_it() -> None:
    gas = position(duty("4", "met", "aa"), licence="gas")
    (comes,) = differences({"positions": []}, gas)
    assert (comes.licence, comes.before, comes.after, comes.records) == ("gas", "", "met", ("aa",))
    (goes,) = differences(gas, {"positions": []})
    assert (goes.title, goes.before, goes.after, goes.since) == ("Duty 4", "met", "", None)


def test_what_is_due_on_another_day_is_a_change_though_everything_else_stays() -> None:
    before = position(duty("4", "met", due={"2026-12-06": "a review", "2026-12-20": "a report"}))
    after = position(duty("4", "met", due={"2026-12-05": "a review", "2026-12-24": "an audit"}))
    (change,) = differences(before, after)
    assert [str(one) for one in change.moved] == [
        "Due 5 December 2026 instead of 6 December 2026: a review",
        "No more due 20 December 2026: a report",
        "Now due 24 December 2026: an audit",
    ]
    assert (change.before, change.after) == ("met", "met")


def test_whose_limit_it_is_is_said() -> None:
    (change,) = differences(position(duty("4", "met")), position(duty("4", "met", due=LIMIT, source="product")))
    assert str(change.moved[0]) == "Now due 6 December 2026: a review (our own limit)"
    moved = {"what": "a review", "before": None, "after": "2026-12-06", "source": "product", "reading": None}
    assert changes_json([change])[0]["moved"] == [moved]


def test_what_the_fact_says_already_is_not_said_again() -> None:
    after = duty("4", "pending", fact="Due 6 December 2026: a review.", due={**LIMIT, "2026-12-08": "a report"})
    (change,) = differences(position(duty("4", "met")), position(after))
    assert [one.what for one in change.moved] == ["a review", "a report"]
    assert [one.what for one in change.unsaid] == ["a report"]


def test_a_day_on_which_a_proof_ends_is_no_change() -> None:
    ends = position(duty("4", "met", due=LIMIT, source="proof"))
    assert differences(position(duty("4", "met")), ends) == []


def test_a_roll_up_has_no_deadlines_of_its_own() -> None:
    rolls_up = duty("7", "met", due=LIMIT) | {"kind": "UMBRELLA"}
    assert differences(position(duty("7", "met")), position(rolls_up)) == []


LIMIT = {"2026-12-06": "a review"}
