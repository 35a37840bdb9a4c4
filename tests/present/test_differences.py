"""What differs between two positions: which duties, in which order, because of which records."""

from __future__ import annotations

from typing import Any

from meterward.present.differences import differences


def duty(identity: str, status: str, *records: str, fact: str = "", attention: tuple[str, ...] = ()) -> dict[str, Any]:
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
    assert change == ("electricity", "4", "Z.4", "Duty 4", "met", "breached", "It lapsed.", "2014-01-01", ("aa", "bb"))


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
