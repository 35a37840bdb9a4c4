"""Every fact that the law can name, and every state and question that is asked for, from every domain."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from meterward.core.assurance import audits, directions, evidence, independence, responses, standing
from meterward.core.controls import conformity
from meterward.core.isms import content, incidents, people_and_sites, policy, versions
from meterward.core.system import security

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.facts.asked import Asked
    from meterward.core.facts.fact import Fact

_DOMAINS = (
    security,
    conformity,
    versions,
    content,
    policy,
    people_and_sites,
    incidents,
    audits,
    responses,
    directions,
    evidence,
)

FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for domain in _DOMAINS for fact in domain.FACTS})

ASKED: tuple[Asked, ...] = tuple(
    asked
    for domain in (
        security,
        conformity,
        content,
        policy,
        people_and_sites,
        incidents,
        independence,
        standing,
        directions,
        evidence,
    )
    for asked in domain.ASKED
)
"""One state or question may stand here several times, for several subjects."""
