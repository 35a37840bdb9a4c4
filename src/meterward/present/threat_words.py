"""Threats in words: what was compared, why something matches, how sure that is, and what is known of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from meterward.core.base.days import plural
from meterward.core.risk.matching import CONFIDENCES
from meterward.present.marks import Mark
from meterward.present.system_words import Meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.risk.matching import Confidence, Why
    from meterward.core.risk.techniques import Beside
    from meterward.usecases.match_threats import Compared, Known
    from meterward.usecases.ports.threats import Source

SOURCES: Mapping[Source, str] = {
    "kev": "Known exploited vulnerabilities",
    "csaf": "CSAF advisories",
    "attack": "ATT&CK for ICS",
}
WHYS: Mapping[Why, str] = {
    "purl": "the package and its version agree",
    "cpe": "the CPE name agrees",
    "product_and_version": "maker, product and version agree",
    "product": "the product agrees by name, and its version cannot be told",
}
KNOWN: Mapping[Known, str] = {
    "new": "new",
    "open": "found before, open",
    "not_affected": "settled: not affected",
    "remedied": "settled: remedied",
    "risk": "settled: a risk of its own",
}
SURE: Mapping[Confidence, Meaning] = {
    "certain": Meaning("Certain", "Package or CPE name agree, and the version is meant."),
    "likely": Meaning("Likely", "Names agree with the version, or identifiers without one."),
    "possible": Meaning("Possible", "The product agrees by name; whether its version is meant cannot be told."),
}
"""How sure a match is, the surest first."""
SURE_MARKS: Mapping[Confidence, Mark] = {
    "certain": Mark("◆", "bold red", "breached"),
    "likely": Mark("◈", "yellow", "late"),
    "possible": Mark("◇", "dim", "none"),
}


def summary(one: Compared) -> str:
    """How much a source has, and what that came to."""
    told = one.intelligence
    entries = f"{SOURCES[told.source]}: {'1 entry' if told.entries == 1 else f'{told.entries:,} entries'}"
    if told.source == "attack":
        return f"{entries}."
    sure = Counter(match.confidence for match in one.matches)
    counts = ", ".join(f"{sure[word]:,} {word}" for word in CONFIDENCES if sure[word])
    many = "1 match" if len(one.matches) == 1 else f"{len(one.matches):,} matches"
    return f"{entries} beside {plural(one.components, 'component')}; {many}{f' ({counts})' if counts else ''}."


def standing_words(one: Beside) -> str:
    """How a technique that is not current stands in the file: `revoked, now T0889`."""
    if one.standing == "unknown":
        return "not in this version"
    return f"{one.standing}, now {one.instead}" if one.instead else one.standing
