"""Who may do what: each person's roles with the records that give them, as at the moment of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kinds import (
    access_granted,
    all_kinds,
    delegation_given,
    glass_broken,
    role_appointed,
)
from meterward.core.records.roles import titled
from meterward.usecases.list_rights import RIGHTS, list_rights
from meterward.web.moments import moment_of
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.core.access import Caller


_CHANGES = (
    (role_appointed.KIND.name, "Appoint", "Somebody of the organisation to a role."),
    (access_granted.KIND.name, "Let in", "Somebody of another organisation."),
    (
        delegation_given.KIND.name,
        "Delegate",
        "One of your roles, until a day. It counts from the day after, and as long as you hold the role yourself.",
    ),
    (
        glass_broken.KIND.name,
        "Break the glass",
        "Take a role that you do not hold, in an emergency. What you read is noted, and somebody else reviews it.",
    ),
)
"""The kinds that change who may do what, by what a button says, and what comes of it."""


def _is_theirs(caller: Caller, name: str) -> bool:
    """Whether a kind has its home in the ledger; guests only delegate there."""
    return caller.keeper in all_kinds()[name].homes and (caller.home or name == delegation_given.KIND.name)


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def rights(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every person with a role, what is delegated, and where glass was broken."""
    moment, head = moment_of(request.GET), installation().ledgers.head(ledger)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    place = installation().follow(ledger).place(moment.known_at)
    if isinstance(place, Problem) or head is None:
        return show_problems(request, [place] if isinstance(place, Problem) else [], 404)
    known = [one for one in installation().records_of(head, RIGHTS) if one.index < place.size]
    listed = list_rights(known, head.keeper, moment.day)
    caller, around = caller_in(request), shell(request, ledger, moment, "ledger")
    shown = {
        **around,
        "rights": listed,
        "keeper": head.keeper,
        # A role that was delegated or taken appoints nobody, but ends what somebody has.
        "ends": caller.home and not caller.roles.isdisjoint(role_appointed.KIND.by),
        "changes": [one for one in _CHANGES if _is_theirs(caller, one[0]) and around["linked"].may_append(one[0])],
        "role_named": titled,
    }
    return render(request, "rights.html", shown)
