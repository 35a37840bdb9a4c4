"""What is asked to be withheld is found wherever it is meant, and whatever meets nothing is refused."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.core.records.line import Sealed, read_line, read_object
from meterward.core.records.packed import pack, unpack
from meterward.core.records.withheld import Withheld
from meterward.usecases.withhold import Asked, Withholder, as_erased, as_withheld, files_shown, read_asked, withhold
from tests.builders.northlight import SMALL, maker

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = sha256(b"the same content").hexdigest()
BECAUSE = "It is a trade secret."


def _lines() -> list[dict[str, Any]]:
    by = maker(SMALL)
    return [dict(line) for line in by.ledgers.lines(by.ledger)]


def _of(line: Any, part: str) -> dict[str, Any]:  # noqa: ANN401 - any JSON at all
    found: dict[str, Any] = line[part]
    return found


def _looked(asked: Sequence[Asked], lines: Sequence[dict[str, Any]], because: str = BECAUSE) -> Problem | Withholder:
    found = Withholder(asked, because)
    return found.look(lambda: lines, lambda _: True) or found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("policy.issued:facts.effective", Asked("facts", "effective", "policy.issued")),
        ("policy.issued:text", Asked("text", "", "policy.issued")),
        ("policy.issued:files.policy-1.pdf", Asked("files", "policy-1.pdf", "policy.issued")),
        ("0123abcd:facts", Asked("facts", "", "0123abcd")),
    ],
)
def test_what_is_asked_is_read_as_it_is_written(text: str, asked: Asked) -> None:
    assert read_asked(text) == asked
    assert str(asked) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.FIELD_VALUE),
        ("policy.issued", Code.FIELD_VALUE),
        ("policy.issued:statement.kind", Code.FIELD_VALUE),
        (":text", Code.KIND_UNKNOWN),
        ("policy:text", Code.KIND_UNKNOWN),
        ("0123abc:text", Code.KIND_UNKNOWN),
        ("policy.issued:facts.colour", Code.FIELD_UNKNOWN),
        ("policy.issued:text.effective", Code.FIELD_UNKNOWN),
    ],
)
def test_what_is_not_clear_is_refused(text: str, code: Code) -> None:
    found = read_asked(text)
    assert isinstance(found, Problem)
    assert found.code is code


def test_a_file_is_withheld_wherever_it_is_named() -> None:
    lines = _lines()
    lines[3]["files"], lines[5]["files"] = {"one.pdf": FILE}, {"another.pdf": FILE, "other.pdf": "1" * 64}
    found = _looked([Asked("files", "one.pdf", lines[3]["id"][:8])], lines)
    assert isinstance(found, Withholder)
    assert found.names(lines[5]) == Withheld(files=("another.pdf",))
    assert list(files_shown(found.shown(lines[5]))) == ["1" * 64]
    assert found.told("northlight").counts == (2, 0, 0, 2)


def test_one_record_is_meant_by_its_id_and_no_other() -> None:
    lines = _lines()
    found = _looked([Asked("facts", "", lines[4]["id"][:12])], lines)
    assert isinstance(found, Withholder)
    assert found.hidden == {4}
    assert found.shown(lines[5]) == lines[5]


def test_what_meets_nothing_or_has_no_reason_is_refused() -> None:
    meets = Asked("text", "post", "role.appointed")
    assert isinstance(_looked([meets], _lines()), Withholder)
    for asked, because in (
        ([meets, Asked("text", "", "policy.issued")], BECAUSE),
        ([meets], ""),
        ([meets], "two\nlines"),
        ([meets], "a" * 501),
        ([], BECAUSE),
        ([Asked("facts", "", "key.introduced")], BECAUSE),
        ([Asked("facts")], BECAUSE),
    ):
        assert isinstance(_looked(asked, _lines(), because), Problem), (asked, because)


STAMPED = "checkpoint.stamped"


def _stamped() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Lines with a file at one record, and at another that is a time stamp now; and that one."""
    lines = _lines()
    lines[3]["files"] = {"one.pdf": FILE}
    lines[5]["statement"] = {**lines[5]["statement"], "kind": STAMPED}
    lines[5]["files"] = {"token.tsr": "1" * 64}
    return lines, lines[5]


@pytest.mark.parametrize("name", ["", "instant"])
@pytest.mark.parametrize("by_id", [False, True])
def test_what_a_time_stamp_says_is_never_withheld(name: str, *, by_id: bool) -> None:
    lines, stamp = _stamped()
    stamp["facts"] = {"instant": "2018-01-01T00:00:00Z"}
    found = _looked([Asked("facts", name, stamp["id"][:12] if by_id else STAMPED)], lines)
    assert isinstance(found, Problem)
    assert found.message == "The facts of checkpoint.stamped are never withheld."


def test_files_of_every_record_are_withheld_without_the_tokens_of_time_stamps() -> None:
    lines, stamp = _stamped()
    found = _looked([Asked("files")], lines)
    assert isinstance(found, Withholder)
    assert found.names(lines[3]) == Withheld(files=("one.pdf",))
    assert not found.names(stamp)
    assert found.shown(stamp) == stamp
    by_name = _looked([Asked("files", "", STAMPED)], lines)
    assert isinstance(by_name, Withholder)
    assert by_name.names(stamp) == Withheld(files=("token.tsr",)), "whoever names the kind means it"


def test_what_was_erased_stays_erased_beside_what_is_withheld() -> None:
    line = {**_lines()[16], "text": {"description": "A network.", "limit": "Somebody else decides."}}
    line = {name: part for name, part in line.items() if name not in ("id", "signatures")} | {
        "salts": {"facts": "0" * 32, "text": "1" * 32}
    }
    whole = read_object(line)
    assert isinstance(whole, Sealed)
    gone = whole.statement.text.erase(["limit"])
    erased = {
        **line,
        "text": dict(gone.values),
        "salts": {"facts": "0" * 32, "text": {name: salt.hex() for name, salt in gone.salts.items()}},
        "erased": {name: digest.hex() for name, digest in gone.erased.items()},
    }
    shown = withhold(erased, Withheld(texts=("description",)))
    assert list(_of(shown, "erased")) == ["limit"]
    assert list(_of(_of(shown, "withheld"), "text")) == ["description"]
    again = read_object(shown, in_bundle=True)
    assert isinstance(again, Sealed)
    assert again.statement.digest() == whole.statement.digest()


def test_no_line_outside_a_bundle_withholds_anything() -> None:
    line = withhold(_lines()[16], Withheld(facts=("power",)))
    found = read_line(json.dumps(line).encode())
    assert isinstance(found, list)
    assert ("withheld", Code.FIELD_UNKNOWN) in [(one.field, one.code) for one in found]


def test_what_is_withheld_goes_along_to_another_process() -> None:
    sealed = read_object(withhold(_lines()[16], Withheld(facts=("power",))), in_bundle=True)
    assert isinstance(sealed, Sealed)
    again = unpack(pack(sealed))
    assert (again.facts, again.withheld) == (None, Withheld(facts=("power",)))


def test_texts_and_files_that_are_withheld_can_be_kept_as_erased_and_told_apart_again() -> None:
    for line in _lines():
        names = Withheld(tuple(sorted(line.get("text", {}))), (), tuple(sorted(line.get("files", {}))))
        shown = withhold(line, names)
        kept = as_erased(shown)
        sealed, before = read_object(kept), read_object(line)
        assert isinstance(sealed, Sealed)
        assert isinstance(before, Sealed)
        assert sealed.statement.digest() == before.statement.digest()
        assert as_withheld(kept, names) == {name: part for name, part in shown.items() if part or name != "erased"}


def test_no_ledger_keeps_a_record_without_its_facts() -> None:
    line = next(line for line in _lines() if line["facts"])
    with pytest.raises(ValueError, match="without its facts"):
        as_erased(withhold(line, Withheld(facts=tuple(line["facts"]))))
