"""Who may do what: one function, one table. Every route and every command of the API asks here and nowhere else.

Roles are read from the records of the ledger in question; there is no other place where a right could be written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER, after
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import access_granted, all_kinds, role_appointed
from meterward.core.records.roles import AUDITORS, MANAGERS, REGULATORS, Role, named
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind
    from meterward.core.records.record import Record

GRANTING = (role_appointed.KIND.name, access_granted.KIND.name)
"""The kinds of record that roles are read from."""
STRONG = frozenset((*AUDITORS, *REGULATORS))
"""The roles in which nobody reads or says anything who signed in with a password alone."""
INVITING = (*MANAGERS, Role.LEAD_AUDITOR, *REGULATORS)
"""The roles in which somebody may invite others of their own organisation to sign in."""


class Action(StrEnum):
    """What somebody may want to do. `SIGN_IN` asks for nobody's rights; everything else for those of a person.

    Whatever every visitor may see (the way in, the description of the API) needs `SIGN_IN`.
    """

    SIGN_IN = "sign in"
    CHOOSE = "choose a ledger"
    READ = "read"
    APPEND = "append"
    DRAFT = "draft"
    KEEP_TOKENS = "keep tokens"
    KEEP_VIEWS = "keep views of lists"
    HAND_OVER = "hand over evidence"
    LEARN = "learn what kinds of record there are"
    KEEP_WAYS = "keep ways of signing in"
    INVITE = "invite people"


class Scope(StrEnum):
    """What a token to the API is good for; a person at a browser has both."""

    READ = "read"
    APPEND = "append"


class Relation(StrEnum):
    """How a caller stands to a subject."""

    OWNER = "owner"
    COLLEAGUE = "colleague"
    STRANGER = "stranger"
    VISITOR = "visitor"
    """Whoever looks at a bundle that was opened: it is theirs to read, and nobody's to change."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who signed in, with the roles that the ledger in question gives, if one is in question."""

    person: str
    organisation: str
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset(Scope)
    visitor: bool = False
    """Whether they look at a bundle that was opened, in which nobody signs in."""
    keeper: Keeper = Keeper.LICENSEE
    """What the organisation is whose ledger is in question."""
    strong: bool = False
    """Whether they signed in with a second factor, or by a passkey that asked who holds it."""
    vouched: bool = False
    """Whether a token speaks for them that they made when they had. It reads as they may, and says nothing weighty."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is on: a ledger, a kind of record to append there, or what one person owns there."""

    ledger: str = ""
    kind: Kind[Any] | None = None
    owner: tuple[str, str] | None = None
    """Pseudonym and organisation of the owner of a draft, a token or a bundle."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed. What a caller may not even know of is `hidden`."""

    allowed: bool
    why: str = ""
    hidden: bool = False
    weak: bool = False
    """Whether nothing is missing but a second factor."""

    @property
    def offered(self) -> bool:
        """Whether somebody is shown the way there: a second factor that is missing is asked for where it leads."""
        return self.allowed or self.weak


_ALLOWED = Decision(allowed=True)
CLOSED = Decision(allowed=False, why="This is a bundle that somebody handed over: nothing can be changed in it.")
"""What a visitor hears who wants to do more than read."""
HIDDEN = Decision(allowed=False, why="There is nothing here.", hidden=True)
"""What is said of what somebody may not even know of."""
_NEEDS: dict[Action, Scope] = {
    Action.READ: Scope.READ,
    Action.HAND_OVER: Scope.READ,
    Action.KEEP_VIEWS: Scope.READ,
    Action.CHOOSE: Scope.READ,
    Action.APPEND: Scope.APPEND,
    Action.DRAFT: Scope.APPEND,
}
_TABLE: dict[Action, frozenset[Relation]] = {
    Action.SIGN_IN: frozenset(Relation),
    Action.CHOOSE: frozenset((Relation.OWNER, Relation.COLLEAGUE, Relation.STRANGER, Relation.VISITOR)),
    Action.LEARN: frozenset((Relation.OWNER, Relation.COLLEAGUE, Relation.STRANGER)),
    Action.READ: frozenset((Relation.OWNER, Relation.COLLEAGUE, Relation.VISITOR)),
    Action.APPEND: frozenset((Relation.OWNER, Relation.COLLEAGUE)),
    Action.DRAFT: frozenset((Relation.OWNER,)),
    Action.KEEP_TOKENS: frozenset((Relation.OWNER,)),
    Action.HAND_OVER: frozenset((Relation.OWNER,)),
    Action.KEEP_VIEWS: frozenset((Relation.OWNER,)),
    Action.KEEP_WAYS: frozenset((Relation.OWNER,)),
    Action.INVITE: frozenset((Relation.OWNER, Relation.COLLEAGUE)),
}
"""For each action, who of those who stand to its subject in some relation may take it."""


def relation(caller: Caller | None, subject: Subject) -> Relation:
    """How a caller stands to a subject."""
    if caller is None:
        return Relation.NOBODY
    if caller.visitor:
        return Relation.VISITOR
    if subject.ledger and not caller.roles:
        return Relation.STRANGER
    if subject.owner == (caller.person, caller.organisation):
        return Relation.OWNER
    return Relation.COLLEAGUE if subject.ledger else Relation.STRANGER


def may(caller: Caller | None, action: Action, subject: Subject) -> Decision:
    """Whether a caller may do something. Nobody is let through whom the table does not name."""
    stands = relation(caller, subject)
    if stands not in _TABLE[action]:
        if stands is Relation.VISITOR:
            return CLOSED
        return Decision(allowed=False, why="Sign in first.") if caller is None else HIDDEN
    if caller is None:
        return _ALLOWED
    if action in _NEEDS and _NEEDS[action] not in caller.scopes:
        return Decision(allowed=False, why=f"This token is not good for it: it lacks the scope “{_NEEDS[action]}”.")
    if not_theirs := _not_theirs(caller, action, subject):
        return Decision(allowed=False, why=not_theirs)
    too_weak = _too_weak(caller, action, subject)
    return Decision(allowed=False, why=too_weak, weak=True) if too_weak else _ALLOWED


def _not_theirs(caller: Caller, action: Action, subject: Subject) -> str:
    """Why the roles of a caller are not those in which something is done; empty if they are."""
    roles = ", ".join(sorted(caller.roles)) or "none"
    if subject.kind and not caller.roles & set(subject.kind.by):
        return f"{subject.kind.name} is appended by {', '.join(subject.kind.by)}; your roles are: {roles}."
    if action is Action.INVITE and not caller.roles & set(INVITING):
        return f"People are invited by a {named(INVITING)}; your roles are: {roles}."
    return ""


def _too_weak(caller: Caller, action: Action, subject: Subject) -> str:
    """Why it takes a second factor that the caller did not show; empty if it takes none, or they did."""
    if caller.strong or caller.visitor:
        return ""
    if action in (Action.APPEND, Action.DRAFT) and subject.kind and subject.kind.weighty:
        return f"{subject.kind.name} decides or approves something: that is said with a second factor."
    if subject.ledger and caller.roles & STRONG and not caller.vouched:
        return f"A {named(sorted(caller.roles & STRONG))} reads and says nothing here without a second factor."
    if action is Action.INVITE:
        return "Letting others sign in takes a second factor."
    return ""


def not_weighty(caller: Caller, statement: Json) -> Iterator[Problem]:
    """What stands against saying a weighty statement for a caller who showed no second factor, such as a token."""
    name = statement.get("kind") if isinstance(statement, dict) else None
    kind = all_kinds().get(name) if isinstance(name, str) else None
    if kind and kind.weighty and not caller.strong:
        message = f"{name} decides or approves something. That is said by somebody who showed a second factor."
        hint = "Append it in the browser, signed in with a second factor; a token never has one."
        yield Problem(Code.FACTOR_MISSING, message, hint, "statement.kind")


def not_own(caller: Caller, statement: Json) -> Iterator[Problem]:
    """What stands against a caller's saying a statement: nobody speaks for another, or in a role that they have not.

    What does not look like a statement at all is told where it is read.
    """
    actor = statement.get("actor") if isinstance(statement, dict) else None
    if not isinstance(actor, dict):
        return
    for name, own in (("person", caller.person), ("organisation", caller.organisation)):
        said = actor.get(name)
        if isinstance(said, str) and said != own:
            hint = f"Write “{own}”, or let whoever it was append it."
            message = f"You are {caller.person} of {caller.organisation}, not {short(said)}."
            yield Problem(Code.ACTOR_OTHER, message, hint, f"statement.actor.{name}")
    role = actor.get("role")
    if isinstance(role, str) and role not in caller.roles:
        roles = ", ".join(sorted(caller.roles)) or "none"
        message = f"No record gives you the role {short(role)} today."
        yield Problem(Code.ROLE_NOT_HELD, message, f"Your roles here: {roles}.", "statement.actor.role")


def roles_on(
    records: Iterable[Record[Any]], person: str, organisation: str, licensee: str, day: date
) -> frozenset[Role]:
    """The roles that a person of an organisation has on a day, by records that grant roles and what acts on them.

    Only what is recorded in order counts: corrected and withdrawn records do not, nor does what has ended. What ended
    stays so when either side is corrected, and counts again when its end is withdrawn.
    """
    there = {one.id: one for one in records}
    withdrawn = {one.links.withdraws for one in there.values()}
    gone = withdrawn | {one.links.corrects for one in there.values() if one.id not in withdrawn}
    standing = [one for one in there.values() if one.id not in gone]
    over = {
        target
        for one in standing
        if one.occurred <= day
        for said in _said(one, there)
        for target in (said.links.ends, said.links.replaces)
    }
    lasting = (one for one in standing if not any(said.id in over for said in _said(one, there)))
    found = (_role(one, person, organisation, licensee, day) for one in lasting)
    return frozenset(role for role in found if role)


def acting(there: Iterable[Record[Any]], more: Iterable[Record[Any]], kinds: Container[str]) -> Iterator[Record[Any]]:
    """Those of further records, in their order, that are of some kinds, act on what is there, or on each other."""
    known = {one.id for one in there}
    for one in more:
        if one.id not in known and (one.kind.name in kinds or not known.isdisjoint(one.links)):
            known.add(one.id)
            yield one


def _said(record: Record[Any], there: Mapping[bytes, Record[Any]]) -> Iterator[Record[Any]]:
    """A record, and what it corrects."""
    said: Record[Any] | None = record
    while said:
        yield said
        said = there.get(said.links.corrects)


def _role(record: Record[Any], person: str, organisation: str, licensee: str, day: date) -> Role | None:
    facts = record.facts
    if record.occurred > day or record.kind.name not in GRANTING or facts.person != person:
        return None
    if record.kind is role_appointed.KIND:
        return Role(facts.role) if organisation == licensee else None
    until = after(facts.valid_to) if facts.valid_to else NEVER
    return Role(facts.role) if facts.organisation == organisation and day < until else None
