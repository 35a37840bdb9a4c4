"""Where somebody signs records with a passkey: the ledgers in which they act, and what they have in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.holding import GRANTING
from meterward.core.records.keyring import TELLING
from meterward.core.records.kinds import all_kinds, key_introduced
from meterward.core.records.roles import Role
from meterward.wiring.gating import caller_of
from meterward.wiring.installed import installation
from meterward.wiring.passkeys import Held, introduced_by

if TYPE_CHECKING:
    from meterward.core.access import Caller
    from meterward.wiring.gating import Who


class Place(NamedTuple):
    """A ledger in which somebody signs, or can."""

    ledger: str
    held: tuple[Held, ...]
    """The passkeys that they introduced there and that count."""
    roles: tuple[Role, ...]
    """The roles in which they can introduce one; none where they sign elsewhere."""


def places_of(who: Who, named: str = "") -> list[Place]:
    """Where somebody signs: the ledger of their own organisation if it is here, else any; and one that they name.

    Those in which they signed before are there too. What is weighty nobody but certain roles says, so that the rest is
    offered no passkey.
    """
    store = installation()
    heads = [one for one in store.ledgers.heads() if one.size]
    store.read_few(heads, GRANTING)
    there = [(one, caller) for one in heads if (caller := caller_of(store, who, one)).roles]
    store.read_few([head for head, _ in there], TELLING)
    at_home = any(caller.home for _, caller in there)
    found: list[Place] = []
    for head, caller in there:
        offered = caller.home or not at_home or head.ledger == named
        held = tuple(introduced_by(head, caller))
        roles = introducing(caller) if offered and _says_weighty(caller) else ()
        found += [Place(head.ledger, held, roles)] if held or roles else []
    return sorted(found, key=lambda one: (not one.roles, one.ledger))


def introducing(caller: Caller) -> tuple[Role, ...]:
    """The roles in which somebody may have one: an operator keeps the ledger, and signs nothing by a passkey."""
    return tuple(role for role in caller.acts(key_introduced.KIND) if role is not Role.OPERATOR)


def _says_weighty(caller: Caller) -> bool:
    kinds = (one for one in all_kinds().values() if one.weighty)
    return any(one.is_said_by(caller.keeper) and caller.acts(one) for one in kinds)
