"""Bundles brought to a regulator's or an auditor's desk: verified and computed anew in the background, then taken in.

What is brought is hostile until every step holds. One that fails leaves no record, and its file goes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import file_digest
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from meterward.adapters import clock
from meterward.adapters.background import Job
from meterward.adapters.bundles import open_bundle
from meterward.adapters.salts import fresh_salt
from meterward.adapters.trays import found_in, keep, put
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.bundle.manifest import CHECKPOINT as CHECKPOINT_FILE
from meterward.core.bundle.manifest import MANIFEST as MANIFEST_FILE
from meterward.core.bundle.manifest import Manifest, read_manifest
from meterward.core.records.effective import effective
from meterward.core.records.terms import EVERY_LICENCE
from meterward.present.verification import steps_told
from meterward.usecases.append_record import Appended
from meterward.usecases.name_log import ledger_of
from meterward.usecases.operator_statement import actor_said
from meterward.usecases.read_bundle import read_whole
from meterward.usecases.take_bundle import CHECKPOINT, KIND, MANIFEST, POLICY, facts_of, may_be_taken
from meterward.wiring.appending import append
from meterward.wiring.bench import Bench, without_places
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from meterward.wiring.recomputing import positions_on
from meterward.wiring.verifying import Own, policy_in, verify

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Actor
    from meterward.core.records.record import Record
    from meterward.usecases.ports import PersonKept
    from meterward.usecases.verify_bundle import Verification

BENCH = Bench("bundle", "bundle", "brought", "taken in")
CONFIRMED, FIRST_USE, PINNED = "confirmed", "first_use", "pinned"
_BUNDLE, _EARLIER = "brought.tar", "earlier"
_PIECE = 2**20
_PARTS = {"entries": (0, 35), "records": (35, 85), "position": (85, 95)}
_PERCENT = 100
_MOST_NAMED = 20
"""So many items of a step are kept to be looked at."""


class Brought(NamedTuple):
    """What somebody brings: a bundle, the policy with the key of its log, and how that reached them."""

    bundle: Iterable[bytes]
    policy: bytes = b""
    confirmed: bool = False
    """Whether the key came by another way than the bundle, and was compared."""


class Standing(NamedTuple):
    """How far what somebody brought is: being verified, why it came to nothing, or what came out."""

    under_way: Job | None = None
    problems: list[Problem] | None = None
    found: Mapping[str, Any] | None = None


def begin(desk: str, person: PersonKept, brought: Brought) -> list[Problem] | None:
    """Begin to verify what somebody brings, unless something of theirs is under way."""

    def fill(tray: Path) -> None:
        put(tray, _BUNDLE, brought.bundle)
        put(tray, POLICY, [brought.policy])

    return BENCH.begin(desk, person, fill, lambda job, tray: _work(desk, brought.confirmed, job, tray))


def standing(desk: str, person: PersonKept) -> Standing:
    """How far what somebody brought is. A fault on the way is raised here."""
    stand = BENCH.stand(desk, person)
    return Standing(stand.under_way, stand.problems, found_in(stand.tray) if stand.tray else None)


def tell(desk: str, person: PersonKept, actor: Actor, seen: str, note: str) -> int | list[Problem] | None:
    """Take in what somebody brought and looked at; as which entry. None if nothing lies here that can be."""
    tray = BENCH.tray(desk, person)
    found = found_in(tray) if tray else None
    if tray is None or found is None or not found["facts"]:
        return None
    if found["seen"] != seen or _last(desk, found["licensee"], found["facts"]["ledger"])[0] != found["after"]:
        return [BENCH.other()]
    files = {}
    for name in (POLICY, CHECKPOINT, MANIFEST):
        with (tray / name).open("rb") as file:
            kept = take(desk, person, _pieces(file))
        if isinstance(kept, Problem):
            return [kept]
        files[name] = kept.digest
    done = append(desk, [_line(found, actor, files, note)], f"bundle {seen}")
    if not isinstance(done, Appended):
        return done
    BENCH.discard(desk, person)
    return done.first + 1


def _line(found: Mapping[str, Any], actor: Actor, files: Mapping[str, str], note: str) -> dict[str, Json]:
    statement: dict[str, Json] = {
        "kind": KIND.name,
        "version": KIND.version,
        "licensee": found["licensee"],
        "licences": [EVERY_LICENCE],
        "occurred": clock.today().isoformat(),
        "subject": found["subject"],
        "actor": actor_said(actor),
    }
    salts: dict[str, Json] = {"facts": fresh_salt(), **({"text": fresh_salt()} if note else {})}
    text: dict[str, Json] = {"text": {"note": note}} if note else {}
    return {"statement": statement, "facts": found["facts"], "files": {**files}, "salts": salts, **text}


def _work(desk: str, confirmed: bool, job: Job, tray: Path) -> list[Problem] | None:  # noqa: FBT001 - as the form says
    path = tray / _BUNDLE
    try:
        made = _verified(desk, confirmed, job, tray)
        return made if isinstance(made, list) else None
    finally:
        path.unlink(missing_ok=True)


def _verified(desk: str, confirmed: bool, job: Job, tray: Path) -> list[Problem] | None:  # noqa: FBT001 - as above
    said = _said(desk, tray)
    if isinstance(said, Problem):
        return [said]
    after, earlier = _last(desk, said.licensee, said.ledger)
    digest = _digest(tray / _BUNDLE)
    if earlier and earlier.facts.digest == digest:
        hint = f"It is {earlier.subject}: look at that."
        return [Problem(Code.KEY_USED, "This bundle was taken in already.", hint)]
    trust = _trust(desk, earlier, tray, confirmed=confirmed)
    if isinstance(trust, Problem):
        return [trust]
    since = _kept(desk, earlier, CHECKPOINT, tray / _EARLIER) if earlier else None
    done = verify(tray / _BUNDLE, Own(tray / POLICY, since=since), _heard(job), served=True)
    if isinstance(done, Problem):
        return [without_places(done, {f" “{tray / POLICY}”": "", f" “{tray / _BUNDLE}”": ""})]
    if foreign := _of_another(done, said.licensee):
        return [foreign]
    _note(tray, done, {"after": after, "trust": trust, "digest": digest, "seen": job.name, "subject": _next(desk)})
    return None


def _said(desk: str, tray: Path) -> Manifest | Problem:
    """What the bundle in a tray says that it is, if it is one of somebody else's ledger."""
    said = _manifest(tray / _BUNDLE)
    if isinstance(said, Problem):
        return without_places(said, {f"“{tray / _BUNDLE}”": "that was brought"})
    hint = "Bring one that a licensee handed over."
    own = Problem(Code.FILE_UNREADABLE, "It is a bundle of your own ledger.", hint)
    return own if said.licensee == desk else said


def _of_another(done: Verification, licensee: str) -> Problem | None:
    """Why a bundle is not believed of a licensee: it is signed by a log that is called by another name."""
    if done.checkpoint is None or ledger_of(done.checkpoint.origin) == licensee:
        return None
    message = f"The log that signed it is called {done.checkpoint.origin}, and it says that it is of {licensee}."
    hint = f"Ask {licensee} for a bundle of its own ledger; whoever has another log could write anything into it."
    return Problem(Code.LEDGER_OTHER_LICENSEE, message, hint)


def _note(tray: Path, done: Verification, more: dict[str, Any]) -> None:
    """Keep what came out where whoever brought it looks at it; of one that failed, the steps alone."""
    trust, digest = more.pop("trust"), more.pop("digest")
    facts: dict[str, Json] | None = None
    if may_be_taken(done) and done.manifest and (day := parse_day(done.manifest.as_at)):
        stands = positions_on(done, day) if done.receipts else []
        known = [] if isinstance(stands, str) else stands
        made = facts_of(done, digest, trust, [(one.known.evaluation.basis.licence, one.known) for one in known])
        facts = None if isinstance(made, Problem) else made
    if facts is None:
        (tray / POLICY).unlink(missing_ok=True)
    else:
        bundle = open_bundle(tray / _BUNDLE)
        if not isinstance(bundle, Problem):
            put(tray, CHECKPOINT, [read_whole(bundle, CHECKPOINT_FILE)])
            put(tray, MANIFEST, [read_whole(bundle, MANIFEST_FILE)])
    licensee = done.manifest.licensee if done.manifest else ""
    keep(
        tray,
        {
            **more,
            "steps": steps_told(done.steps, _MOST_NAMED),
            "facts": facts,
            "licensee": licensee,
            "forked": done.forked,
        },
    )


def _trust(desk: str, earlier: Record[Any] | None, tray: Path, *, confirmed: bool) -> str | Problem:
    """Why the key of the log is believed; the policy lies in the tray then."""
    given = bool((tray / POLICY).stat().st_size)
    if earlier and not (given and confirmed):
        _kept(desk, earlier, POLICY, tray / POLICY)
        return PINNED
    if not given:
        hint = "Choose the file with the policy that the licensee gives of its ledger: it names the key of its log."
        return Problem(Code.FIELD_MISSING, "Nothing says by which key its log signs.", hint, "policy")
    policy = policy_in(tray / POLICY)
    if isinstance(policy, Problem):
        return policy
    return CONFIRMED if confirmed else FIRST_USE


def _manifest(path: Path) -> Manifest | Problem:
    """What a bundle says that it is; nothing of it is believed here."""
    bundle = open_bundle(path)
    if isinstance(bundle, Problem):
        return bundle
    try:
        said = read_manifest(read_whole(bundle, MANIFEST_FILE))
    except OSError as error:
        return Problem(Code.FILE_UNREADABLE, f"It cannot be read: {error.strerror or error}.", "Send it once more.")
    hint = "Bring the file that “Hand over evidence” or “meterward bundle build” made, as one file that ends with .tar."
    return said or Problem(Code.FILE_UNREADABLE, "This is no bundle, or its manifest was changed.", hint)


def _taken(desk: str) -> list[Record[Any]]:
    store = installation()
    head = store.ledgers.head(desk)
    records = store.records_of(head, (KIND.name,)) if head else []
    standing = (one for one in effective(records).records if one.kind is KIND)
    return sorted(standing, key=lambda one: one.index)


def _last(desk: str, licensee: str, ledger: str) -> tuple[int, Record[Any] | None]:
    """The bundle of a log that was taken in last, and its place; -1 if there is none, or none that was brought."""
    there = [one for one in _taken(desk) if one.about == licensee and one.facts.ledger == ledger]
    found = next((one for one in reversed(there) if _files(desk, one).keys() >= {POLICY, CHECKPOINT, MANIFEST}), None)
    return (found.index, found) if found else (-1, None)


def _next(desk: str) -> str:
    """The name of the next bundle that is taken in."""
    store = installation()
    head = store.ledgers.head(desk)
    records = store.records_of(head, (KIND.name,)) if head else []
    return f"bundle/{1 + sum(one.kind is KIND for one in records)}"


def _files(desk: str, taken: Record[Any]) -> Mapping[str, Json]:
    """The files that are kept of a bundle that was taken in; one that was told by hand may have others."""
    line = installation().ledgers.line(desk, taken.index) or {}
    return cast("Mapping[str, Json]", line.get("files") or {})


def _kept(desk: str, taken: Record[Any], name: str, path: Path) -> Path:
    """A file that was kept of a bundle that was taken in, copied to a path."""
    found = installation().blobs.open(str(_files(desk, taken)[name]))
    if found is None:
        path.write_bytes(b"")
        return path
    with found as file:
        return put(path.parent, path.name, _pieces(file))


def _heard(job: Job) -> Any:  # noqa: ANN401 - what a verification tells
    def hear(what: str, done: int, total: int) -> None:
        start, end = _PARTS.get(what, (0, 0))
        share = done / total if total else 0
        job.tell(max(job.done, start + int(share * (end - start))), _PERCENT)

    return hear


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _pieces(file: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: file.read(_PIECE), b"")
