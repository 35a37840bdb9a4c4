"""The page: valid, self-contained, safe, readable by eye and by ear, and true to what it was computed from."""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import TYPE_CHECKING

import html5lib
import pytest

from meterward import wiring
from meterward.cli.html import style_hash
from meterward.core.obligations.status import Status
from meterward.present import position_page
from meterward.present.jinja import style_sheet
from meterward.present.marks import MARKS
from tests.builders.brightwater import AS_AT_OPTION, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from tests.builders.terminal import Said

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
STATUSES = ("met", "late", "pending", "unknown", "contested", "breached", "none")
ENOUGH = 4.5


@pytest.fixture
def page(ask: Callable[..., Said], ledger: Path) -> str:
    """The page of both licences on the usual day."""
    return ask("position", ledger, *AS_AT_OPTION, "--format", "html").out


def parsed(text: str) -> ET.Element:
    """A page as a tree; anything that is not valid fails."""
    tree: ET.Element = html5lib.HTMLParser(strict=True).parse(text)
    return tree


def all_of(tree: ET.Element, name: str) -> list[ET.Element]:
    """Every element of a name."""
    return list(tree.iter(f"{HTML}{name}"))


def words(element: ET.Element) -> str:
    """The text of an element, spaces evened out."""
    return " ".join("".join(element.itertext()).split())


def test_the_page_is_valid_html(page: str) -> None:
    assert page.startswith("<!doctype html>")
    assert all_of(parsed(page), "h1")


def test_an_empty_position_is_valid_html(ask: Callable[..., Said], ledger: Path) -> None:
    page = ask("position", ledger, "--as-at", "2012-12-25", "--known-at", "4", "--format", "html").out
    tree = parsed(page)
    assert "The condition does not bind yet" in words(tree) or "does not bind" in words(tree)
    assert not list(tree.iter(f"{SVG}svg"))


def test_the_sentence_and_the_counts_come_first(page: str) -> None:
    text = words(parsed(page))
    first = text.index("One duty is breached, one is contested (breached or pending, as Z.14(b) is read) and")
    assert first < text.index("Part B")
    assert "1 breached" in text
    assert "5 to look at" in text


def test_every_duty_of_every_licence_can_be_opened(page: str) -> None:
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    duties = pack.duties  # type: ignore[union-attr]  # the pack loads
    opened = [one for one in all_of(parsed(page), "details") if one.get("class") != "more-below"]
    assert len(opened) == 2 * len(duties)
    for details in opened:
        summary = details.find(f"{HTML}summary")
        assert summary is not None
        assert any(status.value.replace("-", " ").capitalize() in words(summary) for status in Status)
        questions = [words(one) for one in details.iter(f"{HTML}h4")][:5]
        assert questions == [
            "What does the law ask?",
            "What was found?",
            "What follows?",
            "What is missing?",
            "What would change it?",
        ]


def test_status_is_colour_and_shape_and_word(page: str) -> None:
    pills = [one for one in all_of(parsed(page), "span") if "pill" in (one.get("class") or "")]
    assert len(pills) > 50
    by_word = {status.value.replace("-", " ").capitalize(): mark for status, mark in MARKS.items()}
    for pill in pills:
        shape, word = words(pill)[0], words(pill)[1:].strip()
        mark = by_word[word]
        assert shape == mark.shape
        assert f"p-{mark.name}" in (pill.get("class") or "")
        (hidden,) = pill
        assert hidden.get("aria-hidden") == "true"


def test_a_history_is_drawn_and_said(page: str) -> None:
    ribbons = list(parsed(page).iter(f"{SVG}svg"))
    assert len(ribbons) == 2 * 27
    for ribbon in ribbons:
        label = ribbon.get("aria-label") or ""
        title = ribbon.find(f"{SVG}title")
        assert ribbon.get("role") == "img"
        assert label.startswith("History: ")
        assert title is not None
        assert title.text == label
        bars = list(ribbon.iter(f"{SVG}rect"))
        assert bars
        for bar in bars:
            left, width = float(bar.get("x", "-1")), float(bar.get("width", "-1"))
            assert 0 <= left < left + width <= 220


def test_a_breach_of_a_day_is_seen(ask: Callable[..., Said], ledger: Path) -> None:
    page = ask("position", ledger, "--licence", "gas", "--as-at", "2190-01-01", "--format", "html").out
    widths = [
        float(bar.get("width", "0")) for bar in parsed(page).iter(f"{SVG}rect") if bar.get("class") == "f-breached"
    ]
    assert widths
    assert min(widths) >= 2.5


def test_readings_that_disagree_are_all_explained(page: str) -> None:
    (duty,) = [one for one in parsed(page).iter(f"{HTML}li") if one.get("id") == "electricity-Z-14-b"]
    readings = [one for one in duty.iter(f"{HTML}div") if one.get("class") == "reading"]
    assert len(readings) == 7
    assert sum("our interpretation, not the law" in words(one) for one in readings) == 7


def test_links_lead_somewhere_and_ids_are_used_once(page: str) -> None:
    tree = parsed(page)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    targets = {(one.get("href") or "").removeprefix("#") for one in all_of(tree, "a")}
    assert targets
    assert targets <= set(ids)
    labelled = {one.get("aria-labelledby") for one in tree.iter() if one.get("aria-labelledby")}
    assert labelled <= set(ids)


def test_the_page_begins_with_a_way_past_its_head(page: str) -> None:
    tree = parsed(page)
    first = all_of(tree, "a")[0]
    assert (first.get("class"), first.get("href")) == ("skip", "#duties")
    (main,) = all_of(tree, "main")
    assert main.get("id") == "duties"


def test_headings_descend_step_by_step(page: str) -> None:
    levels = [int(one.tag[-1]) for one in parsed(page).iter() if re.fullmatch(rf"{HTML}h[1-6]", str(one.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_says_its_language_and_fits_a_phone(page: str) -> None:
    tree = parsed(page)
    assert next(tree.iter(f"{HTML}html")).get("lang") == "en"
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in page


def test_nothing_is_loaded_and_nothing_runs(page: str) -> None:
    tree = parsed(page)
    names = {str(one.tag).rpartition("}")[2] for one in tree.iter()}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "input", "base"}
    attributes = {name for one in tree.iter() for name in one.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page


def test_the_security_policy_allows_the_style_and_nothing_else(page: str) -> None:
    tree = parsed(page)
    (style,) = all_of(tree, "style")
    (policy,) = [one for one in all_of(tree, "meta") if one.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in (policy.get("content") or "").split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'{style_hash(style.text or '')}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_hostile_names_are_escaped(
    ask: Callable[..., Said], ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(position_page, "tell_fact", lambda *_: HOSTILE)
    monkeypatch.setattr(position_page, "law_in_brief", lambda *_: "</title></style>&amp;<b onload=x>")
    path = tmp_path / "<img src=x onerror=alert(1)>\x1b\u202e'\".jsonl"
    path.write_bytes(ledger.read_bytes())
    page = ask("position", path, *AS_AT_OPTION, "--format", "html").out
    tree = parsed(page)
    assert not all_of(tree, "script")
    assert not all_of(tree, "img")
    assert "onload" not in {name for one in tree.iter() for name in one.attrib}
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert '<script>alert("x")</script>' in words(tree)
    assert "</title></style>&amp;<b onload=x>" in words(tree)


def test_the_footer_has_receipt_and_command(ask: Callable[..., Said], ledger: Path, page: str) -> None:
    text = words(parsed(page))
    said = ask("position", ledger, *AS_AT_OPTION, "--format", "json").json
    for position in said["positions"]:
        assert f"Receipt {position['receipt']['digest']}" in text
    assert f"meterward position {ledger} --licence gas --as-at 2014-11-20 --known-at 35" in text


def test_missed_deadlines_stay(page: str) -> None:
    missed = [one for one in all_of(parsed(page), "aside") if "Deadlines that were missed" in words(one)]
    assert len(missed) == 2
    assert "made good on 10 March 2013" in words(missed[0])
    assert "not made good" in words(missed[0])


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    """The colours of the page by name: in light, in dark, and in print, which has those of light but for a few."""
    blocks = re.findall(r":root \{(.*?)\}", style_sheet(), re.DOTALL)
    light, dark, printed = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    yield from (("light", light), ("dark", dark), ("print", light | printed))


def test_dark_colours_are_for_screens_alone() -> None:
    assert re.findall(r"@media (.*)prefers-color-scheme", style_sheet()) == ["screen and ("]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "palette"), list(palettes()))
def test_everything_written_can_be_read(name: str, palette: dict[str, str]) -> None:
    pairs = [
        *product(("ink", "mute", "accent"), ("bg", "panel", "soft")),
        *product((*STATUSES, "flag"), ("bg", "panel", "soft")),
        *((status, f"{status}-soft") for status in (*STATUSES, "flag")),
    ]
    poor = {pair: round(contrast(*(palette[one] for one in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < ENOUGH} == {}, name


@pytest.mark.parametrize(("name", "palette"), list(palettes()))
def test_bars_stand_out_from_the_panel(name: str, palette: dict[str, str]) -> None:
    loud = [status for status in STATUSES if status != "none"]
    poor = {status: round(contrast(palette[f"bar-{status}"], palette["panel"]), 2) for status in loud}
    assert {status: ratio for status, ratio in poor.items() if ratio < 2} == {}, name


def test_every_colour_that_is_used_is_defined_in_each_palette() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", style_sheet()))
    for name, palette in palettes():
        assert used <= set(palette), name
