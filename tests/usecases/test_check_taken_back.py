"""Nobody takes back or ends what is not theirs to: keys of others, the last key, and what others decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import all_kinds
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role
from meterward.usecases.check_appended import Further
from meterward.usecases.check_taken_back import check_taken_back
from tests.builders.passkeys import Passkey

if TYPE_CHECKING:
    from collections.abc import Mapping

OWNER, DAY = "northlight", date(2026, 1, 5)
OPERATOR, CONTRIBUTOR, MANAGER = Role.OPERATOR, Role.CONTRIBUTOR, Role.SENIOR_MANAGER


def record(
    index: int, kind: str, by: tuple[str, Role], facts: Mapping[str, Any] | None = None, links: Links = NO_LINKS
) -> Record[Any]:
    declared = all_kinds()[kind]
    said = declared.read({**declared.example, **(facts or {})})
    day, actor = DAY + timedelta(index), Actor(*by, OWNER)
    return Record(bytes([index]) * 32, declared, day, day, index, f"key/{index}", ("gas",), actor, said, 0, links)


def key(index: int, of: str = OWNER) -> Record[Any]:
    return record(index, "key.introduced", ("operator", OPERATOR), {"organisation": of})


def passkey(index: int, holder: str) -> Record[Any]:
    facts = Passkey(holder).facts(holder, OWNER)
    return record(index, "key.introduced", (holder, CONTRIBUTOR), facts)


def found(kind: str, old: Record[Any], by: tuple[str, Role], *others: Record[Any]) -> list[Problem]:
    """What stands against ending or withdrawing a record, beside some others that are there."""
    there = [old, *others]
    links = Links(ends=old.id) if kind == "record.ended" else Links(withdraws=old.id)
    one = record(9, kind, by, links=links)
    return [problem for _, problem in check_taken_back(OWNER, Further([one], {old.id: old}), lambda *_: there)]


@pytest.mark.parametrize("kind", ["record.ended", "record.withdrawn"])
@pytest.mark.parametrize(
    ("old", "by", "codes"),
    [
        (key(1), ("p-07", CONTRIBUTOR), [Code.ROLE_NOT_ENTITLED]),
        (key(1), ("p-04", MANAGER), [Code.ROLE_NOT_ENTITLED]),
        (key(1), ("operator", OPERATOR), []),
        (key(1, "authority"), ("operator", OPERATOR), []),
        (passkey(1, "p-04"), ("p-04", MANAGER), []),
        (passkey(1, "p-04"), ("operator", OPERATOR), []),
        (passkey(1, "p-04"), ("p-07", CONTRIBUTOR), [Code.ROLE_NOT_ENTITLED]),
        (record(1, "policy.issued", ("p-04", MANAGER)), ("p-07", CONTRIBUTOR), [Code.ROLE_NOT_ENTITLED]),
        (record(1, "policy.issued", ("p-04", MANAGER)), ("p-01", Role.SECURITY_MANAGER), []),
        (record(1, "policy.issued", ("p-07", MANAGER)), ("p-07", CONTRIBUTOR), []),
        (record(1, "incident.recorded", ("p-04", MANAGER)), ("p-07", CONTRIBUTOR), []),
    ],
)
def test_who_takes_back_what(kind: str, old: Record[Any], by: tuple[str, Role], codes: list[Code]) -> None:
    assert [one.code for one in found(kind, old, by, key(2))] == codes


def test_the_last_key_of_the_owner_stays() -> None:
    by = ("operator", OPERATOR)
    for kind in ("record.ended", "record.withdrawn"):
        assert [one.code for one in found(kind, key(1), by, key(2, "authority"))] == [Code.KEY_ONLY]
        assert found(kind, key(1), by, key(2)) == []
    new = record(8, "key.introduced", by, {}, Links(replaces=key(1).id))
    assert list(check_taken_back(OWNER, Further([new], {key(1).id: key(1)}), lambda *_: [key(1)])) == []
