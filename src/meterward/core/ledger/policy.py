"""Whom a reader trusts (C2SP tlog-policy): logs by their keys, and which witnesses must have seen a checkpoint.

A policy is the reader's own. It never comes from what is verified by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Attestation, Checkpoint, Verdict, attested
from meterward.core.ledger.notes import COSIGNATURE, ED25519, ML_DSA_44, NoteKey, read_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.ledger.notes import Note

_LARGEST = 100_000
_NONE = "none"
_OF_LOGS, _OF_WITNESSES = (ED25519, ML_DSA_44), (COSIGNATURE, ML_DSA_44)


class Group(NamedTuple):
    """So many of its members, witnesses or groups, must have seen a checkpoint."""

    threshold: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """The logs, the witnesses and the groups of witnesses by name, and the name of what must have seen a checkpoint."""

    logs: list[NoteKey] = field(default_factory=list)
    witnesses: dict[str, NoteKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""
    urls: dict[str, str] = field(default_factory=dict)
    """Where a witness can be asked, by name, for those of which that is said."""

    def by_log(self, note: Note, checkpoint: Checkpoint) -> Mapping[NoteKey, Attestation]:
        """What each key of a log of this origin says of a checkpoint."""
        return {key: attested(note, checkpoint, key) for key in self.logs if key.name == checkpoint.origin}

    def by_witness(self, note: Note, checkpoint: Checkpoint) -> Mapping[str, Attestation]:
        """What each witness says of a checkpoint."""
        return {name: attested(note, checkpoint, key) for name, key in self.witnesses.items()}

    def is_met(self, seen: Mapping[str, Attestation]) -> bool:
        """Whether those who must have seen a checkpoint did."""
        return self.quorum == _NONE or self._has_seen(self.quorum, seen)

    def _has_seen(self, name: str, seen: Mapping[str, Attestation]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in seen and seen[name].verdict is Verdict.TRUE
        return sum(self._has_seen(member, seen) for member in group.members) >= group.threshold


def read_policy(data: bytes) -> Policy | Problem:
    """A policy from its file."""
    if len(data) > _LARGEST or any(byte < ord(" ") and byte not in b"\t\n" for byte in data):
        return _slip(0, "It is too large, or has control characters.")
    policy = Policy()
    for number, line in enumerate(data.decode(errors="surrogateescape").split("\n"), 1):
        words = line.replace("\t", " ").split(" ")
        said = [word for word in words if word]
        if said and not said[0].startswith("#") and (wrong := _take(policy, said)):
            return _slip(number, wrong)
    return policy if policy.quorum else _slip(0, "It has no line “quorum”; “quorum none” asks for no witness.")


def _take(policy: Policy, said: Sequence[str]) -> str:
    what, *rest = said
    if what == "log" and len(rest) in (1, 2):
        return _take_log(policy, rest[0])
    if what == "witness" and len(rest) in (2, 3):
        return _take_witness(policy, *rest)
    if what == "group" and len(rest) > 2:  # noqa: PLR2004 - a name, a number, a member
        return _take_group(policy, rest[0], rest[1], rest[2:])
    if what == "quorum" and len(rest) == 1:
        return _take_quorum(policy, rest[0])
    return "A line is “log KEY”, “witness NAME KEY”, “group NAME all|any|NUMBER MEMBER …” or “quorum NAME”."


def _take_log(policy: Policy, text: str) -> str:
    key = read_key(text)
    if key is None or key.type not in _OF_LOGS:
        return "This is not the key of a log."
    if any(key.public == one.public for one in policy.logs):
        return "This log stands there already."
    policy.logs.append(key)
    return ""


def _take_witness(policy: Policy, name: str, text: str, url: str = "") -> str:
    key = read_key(text)
    if key is None or key.type not in _OF_WITNESSES:
        return "This is not the key of a witness."
    if any(key.public == one.public for one in policy.witnesses.values()):
        return "This witness stands there already."
    if wrong := _taken(policy, name):
        return wrong
    policy.witnesses[name] = key
    if url:
        policy.urls[name] = url
    return ""


def _take_group(policy: Policy, name: str, many: str, members: Sequence[str]) -> str:
    threshold = {"all": len(members), "any": 1}.get(many) or (int(many) if many.isascii() and many.isdigit() else 0)
    members_of = {member for group in policy.groups.values() for member in group.members}
    if wrong := _taken(policy, name):
        return wrong
    if not 1 <= threshold <= len(members):
        return "So many members cannot have seen anything."
    for member in members:
        if member not in policy.witnesses and member not in policy.groups:
            return f"There is no witness or group “{member}” above this line."
        if member in members_of or members.count(member) > 1:
            return f"“{member}” is a member twice."
    policy.groups[name] = Group(threshold, tuple(members))
    return ""


def _take_quorum(policy: Policy, name: str) -> str:
    if policy.quorum:
        return "There is a line “quorum” already."
    if name != _NONE and name not in policy.witnesses and name not in policy.groups:
        return f"There is no witness or group “{name}” above this line."
    policy.quorum = name
    return ""


def _taken(policy: Policy, name: str) -> str:
    there = name == _NONE or name in policy.groups or name in policy.witnesses
    return f"The name “{name}” is taken." if there else ""


def _slip(number: int, wrong: str) -> Problem:
    hint = "docs/trust.md says how a policy is written, and where its keys come from."
    return Problem(Code.POLICY_INVALID, wrong, hint, line=number)
