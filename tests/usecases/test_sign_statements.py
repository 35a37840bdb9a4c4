"""Statements are signed by the key of their author's organisation, where it has one here, else by the owner's."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.core.base.problem import Code, Problem
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.story import Teller
from meterward.usecases.introduce_key import Introduction, key_line
from meterward.usecases.ports import Known
from meterward.wiring import example
from tests.builders.bundles import DAY, Maker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.ledger.keys import PublicKey
    from meterward.usecases.ports import Head

OTHER = "auditor-a"


@cache
def lines() -> list[dict[str, Any]]:
    """The lines of the example."""
    told = [json.loads(line) for line in example("northlight", DAY).splitlines()]
    return [{name: part for name, part in line.items() if name != "id"} for line in told]


def maker() -> Maker:
    """Who keeps a ledger."""
    return Maker(lines()[:20])


def head_of(by: Maker) -> Head:
    """Where it stands."""
    head = by.ledgers.head(by.ledger)
    assert head
    return head


def introduce(by: Maker, key: PublicKey) -> None:
    """Tell of a key of the other organisation."""
    by.append([key_line(by.ledgers, head_of(by), Introduction(OTHER, key), DAY, "1" * 32)])


def signed(by: Maker, organisation: str, keys: frozenset[bytes] = frozenset()) -> Mapping[str, bytes] | Problem:
    """The signatures of a statement of an organisation that is entered next."""
    line = next(line for line in lines() if line["statement"]["actor"]["organisation"] == organisation)
    sealed = read_object({name: part for name, part in line.items() if name != "signatures"})
    assert isinstance(sealed, Sealed)
    return by.signers.sign(head_of(by), Known(keys=keys), sealed)


def test_the_owner_signs_for_whoever_has_no_key_here() -> None:
    by = maker()
    found = signed(by, OTHER)
    assert not isinstance(found, Problem)
    assert list(found) == [by.keys.first("northlight").public.id]


def test_an_organisation_signs_by_its_own_key() -> None:
    by = maker()
    own = by.keys.another(OTHER).public
    introduce(by, own)
    for organisation, key in ((OTHER, own), ("northlight", by.keys.first("northlight").public)):
        found = signed(by, organisation, frozenset({b"told"}))
        assert not isinstance(found, Problem)
        assert list(found) == [key.id]


def test_the_owner_signs_where_the_key_of_an_organisation_is_elsewhere() -> None:
    by = maker()
    introduce(by, MemoryKeys().another(OTHER).public)
    found = signed(by, OTHER, frozenset({b"told"}))
    assert not isinstance(found, Problem)
    assert list(found) == [by.keys.first("northlight").public.id]


def test_without_the_key_of_the_owner_nothing_is_signed() -> None:
    by = maker()
    by.signers.keys = MemoryKeys()
    found = signed(by, OTHER, frozenset({b"told"}))
    assert isinstance(found, Problem)
    assert found.code is Code.KEY_MISSING


def test_the_owner_signs_what_is_entered_with_its_first_statement_whoever_that_is_about() -> None:
    appointed = {"person": "p-21", "role": "lead_auditor"}
    opened = {"clock": "simulated", "purpose": "example", "keeper": "auditor"}
    own = Teller(OTHER, ("any",), seed=OTHER).tell(
        [
            {"kind": "ledger.opened", "on": DAY, "facts": opened},
            {"kind": "role.appointed", "on": DAY, "subject": "appointment/1", "facts": appointed, "role": "operator"},
        ]
    )
    about = next(line for line in lines() if line["statement"]["kind"] == "audit.engaged")
    by = Maker([*own, {**about, "recorded": own[-1]["recorded"]}], OTHER)
    signed_by = [set(cast("dict[str, str]", line["signatures"])) for line in by.ledgers.lines(OTHER)]
    assert signed_by == [{by.keys.first(OTHER).public.id}] * 4
