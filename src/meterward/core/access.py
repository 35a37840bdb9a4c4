"""Who may do what: one function, one table. Every route and every command of the API asks here and nowhere else.

Roles are read from the records of the ledger in question (`records/holding.py`); there is no other place where a right
could be written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import AUDITORS, MANAGERS, PERSONNEL, REGULATORS, Role, named
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.holding import Held
    from meterward.core.records.kind import Kind

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
    LEARN = "learn what kinds of record there are"
    READ_POSITION = "read the position"
    """Where a licensee stands, clause by clause, what is due and what changed, and by records of which kinds."""
    READ_RECORD = "read a record"
    """One record or one file."""
    READ = "read"
    """Everything else of a ledger."""
    SEE_READS = "see who read what"
    APPEND = "append"
    """Append with the ledger in sight, as every form and working page does."""
    SEND = "send records"
    """Append without seeing anything, as programs do."""
    DRAFT = "draft"
    KEEP_TOKENS = "keep tokens"
    KEEP_VIEWS = "keep views of lists"
    HAND_OVER = "hand over evidence"
    KEEP_WAYS = "keep ways of signing in"
    INVITE = "invite people"


class Scope(StrEnum):
    """What a token to the API is good for; a person at a browser has both."""

    READ = "read"
    APPEND = "append"


class Standing(StrEnum):
    """How a caller stands to a subject, beside the roles that they have."""

    NOBODY = "nobody"
    VISITOR = "visitor"
    """Whoever looks at a bundle that was opened: it is theirs to read, and nobody's to change."""
    SIGNED_IN = "signed in"
    AT_HOME = "at home"
    """A regulator's officer in the ledger of that regulator."""
    PARTY = "party"
    """Somebody with a role, of an organisation that a record was produced to or is shared with; never an operator."""


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
    held: tuple[Held, ...] = ()
    """By which records, and until when, the caller has those roles."""
    home: bool = False
    """Whether the ledger in question is that of their own organisation."""

    def acts(self, kind: Kind[Any]) -> tuple[Role, ...]:
        """The roles in which the caller may say a kind, the usual one first."""
        lent = {one.role for one in self.held} - {one.role for one in self.held if one.is_own}
        roles = self.roles - lent if kind.of_ones_own else self.roles
        return tuple(role for role in kind.by if role in roles)

    @property
    def taken(self) -> tuple[Held, ...]:
        """What the caller has by broken glass alone."""
        given = {one.role for one in self.held if not one.is_taken}
        return tuple(one for one in self.held if one.is_taken and one.role not in given)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is on: a ledger, a kind of record to append there, or what one person owns there."""

    ledger: str = ""
    kind: Kind[Any] | None = None
    owner: tuple[str, str] | None = None
    """Pseudonym and organisation of the owner of a draft, a token or a bundle."""
    parties: frozenset[str] = frozenset()
    """The organisations in whose ledgers the record or file in question is entered, where that is one of several."""


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
_OWN = ", appointed or let in as such"
_NEEDS: dict[Action, Scope] = {
    Action.READ_POSITION: Scope.READ,
    Action.READ_RECORD: Scope.READ,
    Action.READ: Scope.READ,
    Action.SEE_READS: Scope.READ,
    Action.HAND_OVER: Scope.READ,
    Action.KEEP_VIEWS: Scope.READ,
    Action.CHOOSE: Scope.READ,
    Action.APPEND: Scope.APPEND,
    Action.SEND: Scope.APPEND,
    Action.DRAFT: Scope.APPEND,
}
OWNED = frozenset((Action.DRAFT, Action.KEEP_TOKENS, Action.KEEP_VIEWS, Action.KEEP_WAYS, Action.HAND_OVER))
"""Each is on what one person owns, and nobody else's."""
_INSIDE: frozenset[Role | Standing] = frozenset((*PERSONNEL, Role.READER, *AUDITORS, Standing.AT_HOME))
"""Who reads all of a ledger: its own people but the operator, and auditors who were let in."""
_WRITING: frozenset[Role | Standing] = _INSIDE - {Role.READER}
_TABLE: dict[Action, frozenset[Role | Standing]] = {
    Action.SIGN_IN: frozenset(Standing),
    Action.CHOOSE: frozenset((Standing.SIGNED_IN, Standing.VISITOR)),
    Action.LEARN: frozenset((Standing.SIGNED_IN,)),
    Action.READ_POSITION: _INSIDE | {*REGULATORS, Standing.VISITOR},
    Action.READ_RECORD: _INSIDE | {Standing.PARTY, Standing.VISITOR},
    Action.READ: _INSIDE | {Standing.VISITOR},
    Action.SEE_READS: frozenset((*MANAGERS, *AUDITORS, Standing.AT_HOME)),
    Action.APPEND: _WRITING,
    Action.SEND: _WRITING | {Role.OPERATOR},
    Action.DRAFT: _WRITING,
    Action.KEEP_TOKENS: frozenset(Role),
    Action.KEEP_VIEWS: _INSIDE,
    Action.HAND_OVER: _INSIDE,
    Action.KEEP_WAYS: frozenset((Standing.SIGNED_IN,)),
    Action.INVITE: _INSIDE | {Role.OPERATOR},
}
"""For each action, who may take it: those with a role in the ledger in question, or who stand to it in some way."""


def standings(caller: Caller | None, subject: Subject) -> frozenset[Role | Standing]:
    """The roles of a caller, and how else they stand to a subject."""
    if caller is None:
        return frozenset((Standing.NOBODY,))
    if caller.visitor:
        return frozenset((Standing.VISITOR,))
    found: set[Role | Standing] = {Standing.SIGNED_IN}
    if subject.ledger:
        found |= caller.roles
        if caller.home and caller.roles.intersection(REGULATORS):
            found.add(Standing.AT_HOME)
        if caller.roles - {Role.OPERATOR} and caller.organisation in subject.parties:
            found.add(Standing.PARTY)
    return frozenset(found)


def may(caller: Caller | None, action: Action, subject: Subject) -> Decision:
    """Whether a caller may do something. Nobody is let through whom the table does not name."""
    stands = standings(caller, subject)
    if stands.isdisjoint(_TABLE[action]):
        return _refused(caller, action)
    if caller is None or caller.visitor:
        return _ALLOWED
    if action in OWNED and subject.owner != (caller.person, caller.organisation):
        return HIDDEN
    if action in _NEEDS and _NEEDS[action] not in caller.scopes:
        return Decision(allowed=False, why=f"This token is not good for it: it lacks the scope “{_NEEDS[action]}”.")
    if not_theirs := _not_theirs(caller, action, subject):
        return Decision(allowed=False, why=not_theirs)
    too_weak = _too_weak(caller, action, subject)
    return Decision(allowed=False, why=too_weak, weak=True) if too_weak else _ALLOWED


def _not_theirs(caller: Caller, action: Action, subject: Subject) -> str:
    """Why the roles of a caller are not those in which something is done; empty if they are."""
    if subject.kind and not caller.acts(subject.kind):
        by = f"{', '.join(subject.kind.by)}{_OWN if subject.kind.of_ones_own else ''}"
        return f"{subject.kind.name} is appended by {by}; your roles are: {_named(caller)}."
    if action is Action.INVITE and not caller.roles & set(INVITING):
        return f"People are invited by a {named(INVITING)}; your roles are: {_named(caller)}."
    if action is Action.INVITE and not caller.home:
        return f"People of {caller.organisation} are invited in the ledger of {caller.organisation}."
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


def not_weighty(caller: Caller, statement: Json, acted_on: Kind[Any] | None = None) -> Iterator[Problem]:
    """What stands against a weighty statement by a caller who showed no second factor, such as a token.

    One that takes back or ends another weighs what that does; `acted_on` is its kind.
    """
    name = statement.get("kind") if isinstance(statement, dict) else None
    kind = all_kinds().get(name) if isinstance(name, str) else None
    weighty = next((one for one in (kind, acted_on) if kind and one and one.weighty), None)
    if weighty and not caller.strong:
        done = "said" if weighty is kind else "taken back"
        message = (
            f"{weighty.name} decides or approves something. That is {done} by somebody who showed a second factor."
        )
        hint = "Append it in the browser, signed in with a second factor; a token never has one."
        yield Problem(Code.FACTOR_MISSING, message, hint, "statement.kind")


def _refused(caller: Caller | None, action: Action) -> Decision:
    if caller is None:
        return Decision(allowed=False, why="Sign in first.")
    if caller.visitor:
        return CLOSED
    if caller.roles and _NEEDS.get(action) is Scope.APPEND:
        why = f"Nothing is appended here in the roles that you have here: {_named(caller)}."
        return Decision(allowed=False, why=why)
    return HIDDEN


def _named(caller: Caller) -> str:
    return ", ".join(sorted(caller.roles)) or "none"


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
        message = f"No record gives you the role {short(role)} today."
        yield Problem(Code.ROLE_NOT_HELD, message, f"Your roles here: {_named(caller)}.", "statement.actor.role")
    kind = all_kinds().get(str(cast("Mapping[str, Json]", statement).get("kind")))
    if role in caller.roles and kind and kind.of_ones_own and role not in caller.acts(kind) and role in kind.by:
        message = f"{kind.name} is said in a role of one's own, not in one that was delegated or taken."
        hint = "Say it in a role that you were appointed or let in to, or let somebody say it who was."
        yield Problem(Code.ROLE_NOT_HELD, message, hint, "statement.actor.role")
