"""Append to a ledger of the installation and to those of other parties, and see before what an act would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from meterward.adapters import clock
from meterward.adapters.background import Job
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.keyring import KeySpan
from meterward.core.records.roles import AUDITORS, named
from meterward.present.differences import Change, differences
from meterward.storage.repositories.together import together
from meterward.usecases.end_keys import endings_elsewhere
from meterward.usecases.exchange_records import actor_of, author_of, elsewhere, files_of, owed_to, signed_by
from meterward.usecases.ports import PersonKept
from meterward.usecases.preview_record import preview_record
from meterward.wiring.entering import checking, enter, introduce_first_key, introduce_key_of
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from meterward.core.records.kind import Actor
    from meterward.present.answer import Question
    from meterward.usecases.append_record import Appended, Line


_Done: TypeAlias = "Appended | list[Problem]"


class _Unheard(NamedTuple):
    """A key that a ledger has not heard of, and whose it is."""

    ledger: str
    author: str
    key: KeySpan


class Preview(NamedTuple):
    """What an act would change in the position, and the id that its record would have."""

    changes: list[Change]
    id: str


def append(ledger: str, lines: Sequence[Line], key: str = "", after: int | None = None) -> Appended | list[Problem]:
    """Append lines, all or none, as `enter` does; what others are parties to is entered in their ledgers here too.

    What ends a key ends it in every ledger here that heard of it.
    """
    ledgers = installation().ledgers
    there = elsewhere(ledgers, ledger, lines)
    for name, endings in endings_elsewhere(ledgers, ledger, lines, clock.today(), fresh_salt).items():
        there[name] = [*there.get(name, ()), *endings]
    if not there:
        return enter(ledger, lines, key, after)
    if problem := not_let_in(there):
        return [problem]
    unheard = _unheard(there)
    if isinstance(unheard, Problem):
        return [unheard]
    return together(lambda: _everywhere(ledger, there, unheard, lambda: enter(ledger, lines, key, after)))


def deliver_owed(ledger: str, organisation: str) -> list[Problem]:
    """Enter in an organisation's ledger what another has that it is a party to, and that was said before."""
    lines = list(owed_to(installation().ledgers, ledger, organisation))
    if not lines:
        return []
    unheard = _unheard({organisation: lines})
    if isinstance(unheard, Problem):
        return [unheard]
    done = together(lambda: _introduced(unheard) or enter(organisation, [_as_said(line) for line in lines], heard=True))
    return [_told_of(organisation, one) for one in done] if isinstance(done, list) else []


def not_let_in(there: Mapping[str, Sequence[Line]]) -> Problem | None:
    """Why what auditors say does not come into a licensee's ledger: its managers let nobody in who says it.

    Asked of what auditors say in this installation, and of what is delivered from another.
    """
    store = installation()
    for name, lines in there.items():
        auditors = [actor for line in lines if (actor := actor_of(line)) and actor.role in AUDITORS]
        head = store.ledgers.head(name) if auditors else None
        for actor in auditors if head and head.sort is Keeper.LICENSEE else ():
            if head and actor.role not in store.roles_in(head, _person(actor)):
                message = f"In the ledger of {name}: no record lets {actor.person} of {actor.organisation} in."
                hint = f"A manager of {name} does so by access.granted, as {named([actor.role])}."
                return Problem(Code.ROLE_NOT_HELD, message, hint, "statement.actor.role")
    return None


def preview(ledger: str, line: Line, question: Question | None) -> Preview | list[Problem] | Job:
    """What would change in the position if a line were appended now. Nothing is appended.

    Nothing is asked of a ledger in which no duty stands.
    """
    record = preview_record(installation().ledgers, ledger, line, checking(ledger))
    if isinstance(record, list):
        return record
    if not record.index or question is None:
        return Preview([], record.id.hex())
    found = answering().beside(question, record)
    if isinstance(found, list | Job):
        return found
    return Preview(differences(found.now, found.then), record.id.hex())


def _everywhere(
    ledger: str, there: Mapping[str, Sequence[Line]], unheard: Iterable[_Unheard], first: Callable[[], _Done]
) -> _Done:
    """Enter statements in the ledger in which they are said, and in the others; everybody locks them in one order."""
    for name in sorted((ledger, *there)):
        installation().ledgers.write(name, lambda _: None)
    done: _Done = _introduced(unheard) or first()
    if isinstance(done, list) or done.again:
        return done
    for name, lines in there.items():
        found = enter(name, lines, heard=True)
        if isinstance(found, list):
            return [_told_of(name, one) for one in found]
    _share_files(ledger, there)
    return done


def _person(actor: Actor) -> PersonKept:
    return PersonKept("", actor.person, actor.organisation)


def _share_files(ledger: str, there: Mapping[str, Sequence[Line]]) -> None:
    """Let those who have a statement now read the files that it names, as far as they are here."""
    by_files: dict[frozenset[str], list[str]] = {}
    for name, lines in there.items():
        digests = frozenset(digest for line in lines for digest in files_of(line))
        by_files.setdefault(digests, []).append(name)
    for digests, names in by_files.items():
        if digests:
            installation().uploads.share(ledger, digests, names)


def _unheard(there: Mapping[str, Sequence[Line]]) -> list[_Unheard] | Problem:
    """The keys by which authors sign that a ledger has not heard of to which their statements go.

    Whoever has a ledger here has a key in it first.
    """
    authors = {name: {author_of(line) for line in lines} - {name} for name, lines in there.items()}
    every = {author for some in authors.values() for author in some}
    for name in sorted({*there, *every}):
        if problem := introduce_first_key(name):
            return _told_of(name, problem)
    used = {name: {key for line in lines for key in signed_by(line)} for name, lines in there.items()}
    signers = installation().signers
    keys = {author: signers.keys_of(author, frozenset().union(*used.values())) for author in sorted(every)}
    return [
        _Unheard(name, author, key)
        for name in sorted(there)
        for author in sorted(authors[name])
        for key in signers.unheard(name, [one for one in keys[author] if not one.holder or one.key.id in used[name]])
    ]


def _introduced(unheard: Iterable[_Unheard]) -> list[Problem]:
    """Introduce keys, in the transaction of the statements that they sign; what is wrong with the first that is not."""
    for ledger, author, key in unheard:
        if problem := introduce_key_of(author, key, ledger):
            return [_told_of(ledger, problem)]
    return []


def _told_of(ledger: str, problem: Problem) -> Problem:
    return replace(problem, message=f"In the ledger of {ledger}: {problem.message}")


def _as_said(line: Line) -> Line:
    """A line of another ledger as its author said it."""
    return {name: part for name, part in line.items() if name not in ("id", "recorded")}
