"""Threat intelligence: what others publish of weaknesses and of attackers' techniques, as values."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from meterward.core.risk.matching import Advisory
from meterward.core.risk.techniques import Technique

Source: TypeAlias = Literal["kev", "csaf", "attack"]
"""CISA's catalogue of known exploited vulnerabilities, CSAF 2.0 advisories, ATT&CK for ICS in STIX 2.1."""


class Intelligence(NamedTuple):
    """What one source says, whole."""

    source: Source
    digest: str
    """The SHA-256 of the file, or of `listed` if there are several."""
    entries: int
    advisories: tuple[Advisory, ...] = ()
    exploited: frozenset[str] = frozenset()
    """Weaknesses that are known to be exploited."""
    techniques: tuple[Technique, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""
    """The path of the file that it all came from, if it was one."""
    listed: str = ""
    """Each file with its SHA-256, a line each, if there are several."""
