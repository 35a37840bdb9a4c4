"""Check the records of a bundle: that they are those of its entries, who signed each, and which files they name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import plural
from meterward.core.bundle.manifest import EVERYTHING, FILES, MANIFEST, RECORDS
from meterward.core.bundle.steps import Found, Outcome, failed, passed
from meterward.core.records.keyring import Keyring, Signed, Signing
from meterward.core.records.kinds import checkpoint_stamped, key_introduced
from meterward.core.records.kinds.key_introduced import public_key
from meterward.core.records.line import Sealed, read_line
from meterward.core.records.record import Record
from meterward.core.records.withheld import Withheld, without_facts
from meterward.usecases.read_bundle import lines_of
from meterward.usecases.read_ledger import Loaded, read_ledger
from meterward.usecases.verify_withheld import withheld_in_words, wrongly_withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from meterward.core.bundle.entries import Entries
    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.keys import PublicKey
    from meterward.core.records.signatures import Vouched
    from meterward.usecases.ports import Bundle
    from meterward.usecases.read_ledger import Line, Read

    Reads = Callable[[Iterable[Line], Mapping[str, PublicKey]], Iterable[tuple[Line, Read]]]

_MOST_NAMED = 20
_MARK = b'"key.introduced"'


@dataclass(slots=True)
class Records:
    """The records of a bundle as far as they could be read, and what is known of their signatures and files."""

    loaded: Loaded
    places: list[int] = field(default_factory=list)
    """The entry of each, in the order of the lines."""
    vouched: list[Vouched] = field(default_factory=list)
    mistimed: list[int] = field(default_factory=list)
    """The lines that say another instant of recording than the log."""
    files: set[str] = field(default_factory=set)
    """The digests of the files that they name."""
    withheld: dict[int, Withheld] = field(default_factory=dict)
    """What is withheld of each, by its entry."""
    kept_back: set[str] = field(default_factory=set)
    """The digests of the files that are withheld."""
    tokens: dict[bytes, str] = field(default_factory=dict)
    """The digest of the token of each record of a time stamp, by its id."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many records of each stream are not there."""


def check_records(
    bundle: Bundle, manifest: Manifest, entries: Entries, read: Reads, tell: Callable[[str, int, int], None]
) -> tuple[Found, Records | None]:
    """Whether the records are those of the entries; what was left out is told, stream by stream."""
    records = Records(Loaded())
    whole = manifest.is_whole
    passing = _passing(read(lines_of(bundle, RECORDS), _keys(bundle)), records, entries, tell)
    if whole:
        records.loaded = read_ledger((), read=lambda _: passing)
    else:
        records.loaded = _admitted(passing, entries, manifest)
    _hide(records)
    if wrong := _wrong(records, entries, whole=whole):
        return failed("They are not those that were entered.", *wrong), None
    if manifest.licensee != entries.licensee:
        return failed(
            "They are those that were entered, but of another licensee than the manifest says.", MANIFEST
        ), None
    if wrong := list(wrongly_withheld(manifest, records.withheld.values())):
        return failed("They are those that were entered, but not what the manifest says of them.", *wrong), None
    records.left_out = entries.streams - Counter(entries.stream_of[place] for place in records.places)
    if not whole and not records.left_out:
        # Whoever says that it is a selection, though every record is here, is asked no less than for a whole ledger.
        everything = replace(manifest, selection={"what": EVERYTHING})
        return check_records(bundle, everything, entries, read, tell)
    told = _told(records, entries)
    return passed(f"{told} {withheld_in_words(manifest)}".rstrip()), records


def check_signatures(records: Records) -> Found:
    """Whether somebody answers for each record, by a key that counts where it stands."""
    ring = Keyring(records.loaded.licensee).take(records.loaded.records)
    how = [
        ring.signed(Signing(vouched, record.actor, record.index))
        for record, vouched in zip(records.loaded.records, records.vouched, strict=True)
    ]
    wrong = [
        f"entry {record.index + 1:,}: signed {one}"
        for record, one in zip(records.loaded.records, how, strict=True)
        if not one.holds
    ]
    if wrong:
        return failed(f"{plural(len(wrong), 'record')} nobody answers for.", *wrong[:_MOST_NAMED])
    counts = Counter(how)
    told = ", ".join(f"{counts[one]:,} {one}" for one in Signed if counts[one])
    return passed(f"{told}.")


def check_attached(manifest: Manifest, records: Records) -> Found:
    """Whether the files that are here are those that records name. One that is not here is known by its digest."""
    there = {name.removeprefix(FILES) for name in manifest.files if name.startswith(FILES)}
    wrong = sorted(name for name in there if manifest.files[f"{FILES}{name}"].sha256 != name)
    wrong += sorted(there - records.files)
    if shown := sorted(there & records.kept_back):
        return failed("These are said to be withheld, and are here.", *(f"{FILES}{name}" for name in shown))
    if wrong:
        return failed("These are not files that the records name.", *(f"{FILES}{name}" for name in wrong[:_MOST_NAMED]))
    kept_back = len(records.kept_back)
    away = len(records.files - there) - kept_back
    if not records.files:
        return Found(Outcome.NOTHING, "The records name no file.")
    here = f"{plural(len(there), 'file')} here, each the one that a record names." if there else "No file is here."
    beside = f" {away:,}{' others' if there else ''} known by digest only." if away else ""
    beside += f" {kept_back:,} withheld." if kept_back else ""
    return passed(f"{here}{beside}")


def _keys(bundle: Bundle) -> dict[str, PublicKey]:
    """Every key that a record of the bundle introduces; whether it counts, and where, is told by the record's place."""
    found = {}
    for line in lines_of(bundle, RECORDS):
        sealed = read_line(line, in_bundle=True) if _MARK in line else None
        if isinstance(sealed, Sealed) and sealed.kind is key_introduced.KIND and sealed.facts:
            key = public_key(sealed.facts)
            found[key.id] = key
    return found


def _passing(
    found: Iterable[tuple[Line, Read]], records: Records, entries: Entries, tell: Callable[[str, int, int], None]
) -> Iterator[tuple[Line, Read]]:
    """Lines on their way to be admitted, noted with the place that the log gives each."""
    for number, (line, sealed) in enumerate(found, 1):
        if isinstance(sealed, Sealed):
            place = entries.places.get(sealed.statement.digest(), -1)
            records.places.append(place)
            if place >= 0 and sealed.recorded != entries.recorded[place]:
                records.mistimed.append(number)
            records.vouched.append(sealed.vouched or {})
            records.files.update(digest for _, digest in sealed.statement.files)
            if sealed.withheld:
                _note(records, place, sealed.withheld, dict(sealed.statement.files))
            if sealed.kind is checkpoint_stamped.KIND:
                digests = [digest for _, digest in sealed.statement.files]
                records.tokens[sealed.statement.digest()] = digests[0] if len(digests) == 1 else ""
        if not number % 1_000:
            tell("records", number, entries.size)
        yield line, sealed


def _note(records: Records, place: int, withheld: Withheld, files: Mapping[str, str]) -> None:
    records.withheld[place] = withheld
    records.kept_back.update(files[name] for name in withheld.files)


def _hide(records: Records) -> None:
    """Make sure that nothing is read from facts of which some are withheld."""
    hidden = {place for place, withheld in records.withheld.items() if withheld.facts}
    if hidden:
        there = records.loaded.records
        records.loaded.records = [without_facts(one) if one.index in hidden else one for one in there]


def _admitted(found: Iterable[tuple[Line, Read]], entries: Entries, manifest: Manifest) -> Loaded:
    """Some records of a ledger, each with the place that the log gives it; what lies between is not known."""
    loaded = Loaded(manifest.licensee, size=entries.size, root=entries.tree.root().hex())
    for number, (_, sealed) in enumerate(found, 1):
        if isinstance(sealed, list):
            for problem in sealed:
                loaded.refuse(problem, number)
        else:
            loaded.records.append(_record(sealed, entries))
    return loaded


def _record(sealed: Sealed, entries: Entries) -> Record[Any]:
    header, identity = sealed.header, sealed.statement.digest()
    return Record(
        identity,
        sealed.kind,
        header.occurred,
        sealed.recorded_day,
        entries.places.get(identity, -1),
        header.subject or "",
        header.licences,
        header.actor,
        sealed.facts,
        len(sealed.statement.files),
        sealed.links,
        header.licensee,
    )


def _wrong(records: Records, entries: Entries, *, whole: bool) -> list[str]:
    loaded, places = records.loaded, records.places
    wrong = [str(problem) for problem in loaded.problems[:_MOST_NAMED]]
    strangers = [number for number, place in enumerate(places, 1) if place < 0]
    wrong += [f"line {number:,} of {RECORDS} is no entry" for number in strangers[:_MOST_NAMED]]
    disordered = [number for number, place in enumerate(places[1:], 2) if 0 <= place <= places[number - 2]]
    wrong += [f"line {number:,} of {RECORDS} is out of order" for number in disordered[:_MOST_NAMED]]
    wrong += [f"line {number:,} of {RECORDS} says another time" for number in records.mistimed[:_MOST_NAMED]]
    if not wrong and whole and (loaded.size != entries.size or loaded.root != entries.tree.root().hex()):
        missing = sorted(set(range(entries.size)) - set(places))
        wrong += [f"entry {place + 1:,} has no record" for place in missing[:_MOST_NAMED]] or [RECORDS]
    return wrong


def _told(records: Records, entries: Entries) -> str:
    if not records.left_out:
        return f"All {entries.size:,} records, read anew from what they say."
    out = ", ".join(f"{count:,} of {stream.partition('/')[2]}" for stream, count in sorted(records.left_out.items()))
    return f"{len(records.places):,} of {entries.size:,} records. Left out: {out}."
