"""Whatever is withheld: what rests on nothing withheld comes out the same, and nothing is told of the rest."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from meterward.core.base.canonical import canonical
from meterward.core.ledger.commitment import Part
from meterward.core.obligations.regimes import TELLING
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.withheld import Withheld, is_unreadable, without_facts
from meterward.usecases.partial_receipts import partial_receipt, resting
from meterward.usecases.withhold import withhold
from tests.builders.evaluations import licence_of, the_pack
from tests.builders.ledgers import ledgers
from tests.builders.lines import LICENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Evaluated
    from tests.builders.scribe import Scribe

DAYS = st.dates(date(2013, 4, 1), date(2016, 6, 30))
PICKS = st.sets(st.integers(0, 10_000), min_size=1, max_size=3)


def _hidden(scribe: Scribe, picks: set[int]) -> list[Record[Any]]:
    """The records, some of them without their facts: none of those that every duty reads."""
    places = {pick % len(scribe.records) for pick in picks}
    assume(not any(scribe.records[place].kind.name in TELLING for place in places))
    return [without_facts(one) if place in places else one for place, one in enumerate(scribe.records)]


def _position(records: list[Record[Any]], day: date) -> Evaluated:
    return licence_of([one for one in records if not is_unreadable(one)]).position(the_pack(), day, "engine")


@settings(max_examples=150)
@given(ledgers(), DAYS, PICKS)
def test_a_duty_that_rests_on_nothing_withheld_comes_out_the_same(scribe: Scribe, day: date, picks: set[int]) -> None:
    shown = _hidden(scribe, picks)
    unknown = resting(the_pack(), shown, LICENCES[0]) or ()
    whole, part = _position(scribe.records, day).digests, _position(shown, day).digests
    assert {name for name in whole if whole[name] != part[name]} <= set(unknown)


@settings(max_examples=50)
@given(ledgers(), DAYS, PICKS)
def test_a_partial_receipt_has_no_digest_of_what_rests_on_something_withheld(
    scribe: Scribe, day: date, picks: set[int]
) -> None:
    """With one, whoever guesses the facts could compute the position and see whether the guess is right."""
    shown = _hidden(scribe, picks)
    unknown = resting(the_pack(), shown, LICENCES[0])
    assume(unknown)
    whole = _position(scribe.records, day)
    said = canonical(dict(partial_receipt(_position(shown, day), unknown or ()))).decode()
    for digest in (whole.receipt.digest, whole.receipt.result, whole.receipt.records):
        assert digest not in said
    assert not [name for name in unknown or () if whole.digests[name] in said and _is_told(whole, name)]


def _is_told(whole: Evaluated, name: str) -> bool:
    """Whether nothing else comes out the same as a duty."""
    return list(whole.digests.values()).count(whole.digests[name]) == 1


@settings(max_examples=100)
@given(ledgers(), st.integers(0, 10_000), st.data())
def test_whatever_is_withheld_the_statement_is_the_same_and_no_salt_in_the_line_opens_it(
    scribe: Scribe, pick: int, data: st.DataObject
) -> None:
    line = scribe.lines[pick % len(scribe.lines)]
    names = Withheld(*(tuple(sorted(data.draw(_some(line, part)))) for part in ("text", "facts", "files")))
    assume(names)
    shown = withhold(line, names)
    sealed = read_object(shown, in_bundle=True)
    assert isinstance(sealed, Sealed), sealed
    assert sealed.statement.digest().hex() == line["id"]
    assert sealed.withheld == names
    assert (sealed.facts is None) == bool(names.facts)
    for part, gone in (("text", names.texts), ("facts", names.facts)):
        for name in gone:
            assert name not in _of(shown, part)
            opened = {_guess(salt, name, _of(line, part)[name]) for salt in _salts(shown, _of(line, part))}
            assert _of(_of(shown, "withheld"), part)[name] not in opened
    assert isinstance(read_object(shown), list)


def _some(line: Mapping[str, Json], part: str) -> st.SearchStrategy[set[str]]:
    names = sorted(_of(line, part))
    return st.sets(st.sampled_from(names)) if names else st.just(set())


def _of(line: Mapping[str, Json], part: str) -> Mapping[str, Json]:
    return cast("Mapping[str, Json]", line.get(part, {}))


def _guess(salt: bytes, name: str, value: Json) -> str:
    return sha256(salt + name.encode() + b"\0" + canonical(value)).hexdigest()


def _salts(line: Mapping[str, Json], part: Mapping[str, Json]) -> list[bytes]:
    """Every salt in a line, and all that follow for the names of a part from those that are the salt of some part."""
    found = [value for value in _of(line, "salts").values() if isinstance(value, str)]
    single = [one for value in _of(line, "salts").values() if isinstance(value, dict) for one in value.values()]
    there = [bytes.fromhex(cast("str", one)) for one in (*found, *single)]
    return [b"", *there, *(salt for one in there for salt in Part(part, one).single_salts().values())]
