"""A law pack for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.facts.reference import Period
    from meterward.core.obligations.law import Due, Duty, Pack, Provision

FORMAT = "meterward.law/1"


def law_json(pack: Pack) -> dict[str, Any]:
    """A whole pack."""
    reference = pack.reference
    return {
        "format": FORMAT,
        "digest": pack.digest,
        "duties": [duty_json(duty) for duty in pack.duties],
        "editions": _periods(reference.editions),
        "instruments": list(reference.instruments),
        "limits": dict(reference.limits),
        "name": pack.name,
        "parameters": [{"name": p.name, "says": p.says, "values": list(p.values)} for p in pack.parameters],
        "parts": dict(pack.parts),
        "provisions": [provision_json(provision) for provision in pack.provisions],
        "questions": {
            name: {"grounds": list(one.grounds), "roles": list(one.roles), "says": one.says}
            for name, one in reference.questions.items()
        },
        "schemes": _periods(reference.schemes),
        "source": pack.source,
        "states": {name: {"months": one.months or None, "says": one.says} for name, one in reference.states.items()},
        "title": pack.title,
        "version": pack.version,
    }


def duty_json(duty: Duty) -> dict[str, Any]:
    """A duty."""
    return {
        "bearer": duty.bearer,
        "children": list(duty.children),
        "clause": duty.clause,
        "due": _due(duty.due),
        "facts": list(duty.facts),
        "force": duty.force.value,
        "force_where": [
            {"force": one.force.value, "parameter": one.parameter, "value": one.value} for one in duty.force_where
        ],
        "id": duty.id,
        "inputs": {
            name: list(getattr(duty.inputs, name)) for name in ("acts", "adverse", "mixed", "proofs", "triggers")
        },
        "kind": duty.kind.value,
        "parameters": list(duty.parameters),
        "part": duty.part,
        "proof": duty.proof,
        "readings": [{"due": _due(one.due), "id": one.id, "says": one.says} for one in duty.readings],
        "recurs": duty.recurs,
        "says": duty.says,
        "title": duty.title,
        "trigger": duty.trigger,
    }


def provision_json(provision: Provision) -> dict[str, Any]:
    """A provision that is not scored; it shapes all duties if it names none."""
    return {
        "clause": provision.clause,
        "kind": provision.kind.value,
        "part": provision.part,
        "says": provision.says,
        "shapes": list(provision.shapes),
        "title": provision.title,
    }


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {
        "count": None if due.parameter else due.count,
        "parameter": due.parameter or None,
        "source": due.source,
        "unit": due.unit.value,
    }


def _periods(periods: Mapping[str, Period]) -> dict[str, Any]:
    return {
        name: {"first": one.first.isoformat(), "last": one.last.isoformat() if one.last else None}
        for name, one in periods.items()
    }
