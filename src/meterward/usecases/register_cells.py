"""Cells of a register that hold more than a plain value: levels and amounts, effects, lines, and whole texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from meterward.core.records.body import LONGEST_TEXT
from meterward.core.records.fields import Field
from meterward.core.records.kinds.measure_planned import Effect
from meterward.core.records.kinds.risk_estimated import Points
from meterward.core.records.unfit import UnfitError, short
from meterward.core.records.values import read_label
from meterward.usecases.column_words import plain
from meterward.usecases.name_things import subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json

Amount: TypeAlias = int | str | Points
"""A level, by its number or by a word of its scale, or three points."""
LEVEL_WORDS: Mapping[int, tuple[str, ...]] = {
    3: ("Low", "Medium", "High"),
    4: ("Low", "Medium", "High", "Very high"),
    5: ("Very low", "Low", "Medium", "High", "Very high"),
    6: ("Very low", "Low", "Medium", "High", "Very high", "Extreme"),
    7: ("Lowest", "Very low", "Low", "Medium", "High", "Very high", "Extreme"),
}
"""What the levels of a scale are called, by how many there are."""
_WORDS = {plain(word) for words in LEVEL_WORDS.values() for word in words}
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,19})"
_LEVEL = re.compile(r"(?:level )?(\d{1,9})", re.ASCII)
_POINTS = (
    re.compile(rf"{_NUMBER} to {_NUMBER}[,;]? likely {_NUMBER}", re.ASCII),
    re.compile(rf"{_NUMBER} ?; ?(?P<likely>{_NUMBER}) ?; ?{_NUMBER}", re.ASCII),
)
_EFFECT = re.compile(r"([^:]+):((?:[ ,]*(?:likelihood|consequence) \d{1,3})+)", re.ASCII)
_LOWERS = re.compile(r"(likelihood|consequence) (\d+)", re.ASCII)
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def amount_field(name: str, says: str) -> Field:
    """A column of levels or amounts."""
    return Field(name, _amount, says, "level or three points", required=False)


def text_field(name: str, says: str) -> Field:
    """A column of texts of any length."""
    return Field(name, _text, says, "text", required=False)


def lines_field(name: str, says: str) -> Field:
    """A column of lists whose items may have anything in them but a new line."""
    return Field(name, _lines, says, "list of label, a line each", required=False)


def effects_field(says: str) -> Field:
    """The column of what measures do to risks."""
    return Field("effects", _effects, says, "risk/…: likelihood 2, consequence 1; …", required=False)


def level_of(amount: Amount | None, levels: int) -> Amount | None:
    """The same, where it is a word of a scale of so many levels, by its number."""
    words = [plain(word) for word in LEVEL_WORDS.get(levels, ())]
    if isinstance(amount, str) and plain(amount) in words:
        return words.index(plain(amount)) + 1
    return amount


def amount_written(amount: Amount) -> str:
    """A level or three points, as a cell has them."""
    if isinstance(amount, Points):
        return f"{amount.low} to {amount.high}, likely {amount.likely}"
    return str(amount)


def effects_written(effects: tuple[Effect, ...]) -> str:
    """What a measure does, as a cell has it."""
    return "; ".join(f"{one.risk}: {_lowers(one)}" for one in effects)


def same_text(text: str) -> str:
    """A text without what makes no difference, and what no spreadsheet can hold."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _lowers(effect: Effect) -> str:
    said = [f"{name} {getattr(effect, name)}" for name in ("likelihood", "consequence") if getattr(effect, name)]
    return ", ".join(said) or "likelihood 0"


def _amount(value: Json) -> Amount:
    text = " ".join(str(value).split())
    if found := _LEVEL.fullmatch(text.casefold()):
        return int(found[1])
    if found := _POINTS[0].fullmatch(text):
        return Points(_count(found[1]), _count(found[3]), _count(found[2]))
    if found := _POINTS[1].fullmatch(text):
        return Points(_count(found[1]), _count(found["likely"]), _count(found[4]))
    if plain(text) in _WORDS:
        return text
    hint = "Write a level (3, or high), or three points: 1000 to 900000, likely 40000."
    raise UnfitError(f"is {short(text)}", hint)


def _count(text: str) -> int:
    return int(text.replace(",", ""))


def _text(value: Json) -> str:
    text = same_text(str(value))
    if len(text) > LONGEST_TEXT:
        raise UnfitError(f"has {len(text):,} characters", f"Write at most {LONGEST_TEXT:,}, and attach the rest.")
    return text


def _lines(value: Json) -> tuple[str, ...]:
    return tuple(read_label(line.strip()) for line in str(value).splitlines() if line.strip())


def _effects(value: Json) -> tuple[Effect, ...]:
    return tuple(
        _effect(part) for piece in str(value).splitlines() for one in piece.split(";") if (part := one.strip())
    )


def _effect(text: str) -> Effect:
    found = _EFFECT.fullmatch(text)
    name = subject("risk", found[1].strip()) if found else ""
    lowers = _LOWERS.findall(found[2]) if found else []
    if not name or len({what for what, _ in lowers}) < len(lowers):
        raise UnfitError(f"is {short(text)}", "Write the risk and what is lowered: R-07: likelihood 2, consequence 1.")
    return Effect(name, **{what: int(count) for what, count in lowers})
