"""A ledger itself in words: its keys, who signs, what is unusual, and the policy by which others verify it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import instant_in_words
from meterward.core.records.keyring import Signed
from meterward.present.phrases import capital, clean, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.ledger.notes import Note
    from meterward.core.records.keyring import KeySpan
    from meterward.core.records.kind import Actor
    from meterward.core.records.kinds.checkpoint_stamped import CheckpointStamped
    from meterward.core.records.record import Record
    from meterward.usecases.show_ledger import Standing
    from meterward.usecases.tell_signers import Share

SHORT = 16
"""So many digits of a key are shown."""


_ALONE = " Its author did not sign it in person."


def key_span(span: KeySpan) -> str:
    """For which entries a key counts."""
    if span.last is not None and span.last < span.first:
        return "never counted"
    if span.last is None:
        return f"from entry {span.first + 1:,} on"
    return f"entries {span.first + 1:,} to {span.last + 1:,}"


def whose(span: KeySpan) -> str:
    """Whose key it is."""
    return f"passkey of {span.holder}, {span.organisation}" if span.holder else span.organisation


def key_in_words(span: KeySpan) -> str:
    """Whose key it is, and for which entries it counts."""
    return f"{whose(span)}, {key_span(span)}"


def losses(found: Standing) -> str:
    """Where records tell that entries were lost; empty if none does."""
    if not found.losses:
        return ""
    return f"entries were lost once, as entry {', '.join(f'{one.index + 1:,}' for one in found.losses)} tells"


def unusual(found: Standing) -> Iterator[str]:
    """Whatever somebody should look at where the ledger is kept."""
    for problem in found.problems:
        yield f"{problem.message} {problem.hint}"
    if found.kept is None and not found.problems:
        yield "No checkpoint is kept outside the database yet: the next record, or a server that starts, keeps one."
    yield from clock_ahead(found)
    for held in found.keys:
        if held.counts and not held.here and held.span.is_of(found.head.keeper):
            which = f"The key {held.span.key.id[:SHORT]}…"
            yield f"{which} counts, and its secret half is not here: copy the folder “keys”."


def clock_ahead(found: Standing) -> Iterator[str]:
    """That a record was made in what is still the future, if one was."""
    if found.head.last_recorded > found.now:
        yield f"The last record was made at {found.head.last_recorded}, which is yet to come: a clock was wrong."


def witnesses(note: Note, origin: str) -> list[str]:
    """Those beside the log who signed a checkpoint; whether they did is for whoever verifies it."""
    return sorted({one.name for one in note.signatures} - {origin})


def stamp_in_words(stamped: Record[CheckpointStamped]) -> str:
    """What a time stamp says."""
    facts = stamped.facts
    which = "The first entry" if facts.size == 1 else f"The first {facts.size:,} entries"
    return f"{which} existed by {instant_in_words(facts.instant)}, says {clean(facts.authority)}."


def unsigned(shares: Sequence[Share]) -> Iterator[str]:
    """What of a ledger nobody answers for by a signature."""
    for share in shares:
        if not share.how.holds:
            many = "One record" if share.records == 1 else f"{share.records:,} records"
            yield f"{many} of {share.organisation} {'is' if share.records == 1 else 'are'} {_ill_signed(share.how)}."


def who_signs(share: Share, owner: str) -> str:
    """How the statements of an organisation are signed."""
    if share.how is Signed.BY_AUTHOR:
        return "signed by its own key"
    if share.how is Signed.BY_OWNER:
        return f"entered and signed by {owner} in its name: it has no key here"
    if share.how is Signed.BY_AUTHOR_IN_PERSON:
        return "signed by its own key, and by the author with a passkey"
    if share.how is Signed.BY_OWNER_AND_AUTHOR:
        return f"signed by the author with a passkey, and entered and signed by {owner}: it has no key here"
    return _ill_signed(share.how)


def _ill_signed(how: Signed) -> str:
    return "not signed at all" if how is Signed.NOT else f"signed {how}"


def signed_in_words(how: Signed, record: Record[Any], owner: str) -> str:
    """Who signed the statement of a record; of a weighty act also that its author did not in person."""
    alone = record.kind.weighty and how.holds and not how.in_person
    return f"{_who_signed(how, record.actor, owner)}{_ALONE if alone else ''}"


def _who_signed(how: Signed, author: Actor, owner: str) -> str:
    person, organisation = author.person, author.organisation
    if how is Signed.BY_AUTHOR:
        return f"By {organisation}, its author's organisation."
    if how is Signed.BY_OWNER:
        says = f"That {organisation} said it rests on {owner}'s word."
        return f"By {owner}, the ledger's owner, which entered it. {says}"
    if how is Signed.BY_AUTHOR_IN_PERSON:
        return (
            f"By {person}, its author, with a passkey of their own; and by {organisation}, the author's organisation."
        )
    if how is Signed.BY_OWNER_AND_AUTHOR:
        says = f"That {person} acts for {organisation} rests on {owner}'s word."
        return f"By {person}, its author, with a passkey of their own; and by {owner}, which entered it. {says}"
    if how is Signed.NOT:
        return "Not at all: that it was said as it stands here rests on the ledger alone."
    return f"{capital(str(how))}."


def policy_text(licensee: str, keys: Sequence[str]) -> str:
    """The policy (C2SP tlog-policy) with the keys of a ledger's log, for those who verify what is handed over."""
    lines = (
        f"# The log of the ledger of {clean(licensee)}.",
        "# Hand this on by another way than the bundle: whoever makes up the one could make up the other.",
        *(f"log {one}" for one in keys),
        "# No witness has to have seen a checkpoint. With some: witness, group and quorum, as docs/trust.md says.",
        "quorum none",
    )
    return "".join(f"{line}\n" for line in lines)


def covers(number: int, size: int, covered: int, day: str) -> str:
    """Where an entry stands in its log, and what covers it."""
    place = f"Entry {number:,} of {size:,}"
    if not covered:
        return f"{place}; no checkpoint of the log covers it yet."
    dated = f" of {day}" if day else ""
    if covered < number:
        return f"{place}; the log's last checkpoint{dated} is over {entries(covered)} and does not cover it yet."
    return f"{place}; the log's checkpoint{dated} covers it."
