"""Hostile files are a problem and tell nothing; reading says how far it is, and can be stopped."""

from __future__ import annotations

import zipfile
from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO

import openpyxl
import pytest

from meterward.wiring.example_store import LEDGER
from tests.builders.workplace import Page, Seat, words
from tests.web.importers import HEADERS, POLLER, TABLE, begun
from tests.web.writers import size

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.adapters.inventories.any_format import AnyFormat
    from meterward.core.base.problem import Problem
    from meterward.usecases.ports.inventories import Tables


def bomb() -> bytes:
    """A spreadsheet that unfolds to far more than may be read."""
    book, kept = openpyxl.Workbook(), BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * (200 * 2**20))
    return kept.getvalue()


def sheet(change: Callable[[Any], None]) -> bytes:
    book, kept = openpyxl.Workbook(), BytesIO()
    rows = (HEADERS.split(","), POLLER.split(","))
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr] # a new book has a sheet
    change(book.active)
    book.save(kept)
    return kept.getvalue()


YAML_BOMB = "technical_assets:\n a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f" {new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bomb.xlsx", bomb, "MiB"),
        ("bomb.yaml", YAML_BOMB.encode, "inventory."),
        ("formula.xlsx", lambda: sheet(lambda one: one.__setitem__("B2", "=1+1")), "Cell B2 is a formula"),
        ("merged.xlsx", lambda: sheet(lambda one: one.merge_cells("A2:B2")), "The cells A2:B2 are merged."),
        ("broken.xlsx", lambda: b"PK\x03\x04nothing", "inventory."),
        ("page.csv", lambda: b"<html>", "It is XML, or a page of the web."),
        ("wide.csv", lambda: TABLE.encode("utf-32"), "inventory."),
    ],
)
def test_a_hostile_file_is_a_problem_and_tells_nothing(
    seat: Seat, name: str, content: Callable[[], bytes], says: str
) -> None:
    before, page = size(), seat.at(begun(seat, content(), name))
    assert page.status == 422
    assert says in words(page.one("main"))
    assert not list(page.all("input", name="seen"))
    assert size() == before


def test_reading_says_how_far_it_is_and_can_be_stopped(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.adapters.inventories import any_format  # noqa: PLC0415 - as the one below
    from meterward.wiring import importing  # noqa: PLC0415 - Django must be set up

    go, tables = Event(), any_format.AnyFormat.tables

    def slow(self: AnyFormat, file: BinaryIO, name: str) -> Tables | list[Problem]:
        assert go.wait(20)
        return tables(self, file, name)

    monkeypatch.setattr(importing, "PATIENCE", 0.05)
    monkeypatch.setattr(any_format.AnyFormat, "tables", slow)
    address = begun(seat, TABLE.replace("Poller", "Slow poller"))
    page = seat.at(address)
    assert page.status == 202
    assert "The file is being read and compared with the system as it is told so far" in words(page.one("main"))
    assert page.one("progress").get("max") == "100"
    stopping = {one.get("name", ""): one.get("value", "") for one in page.all("input")}
    stopped = Page(seat.client.post(f"/{LEDGER}/stop", {"job": stopping["job"], "again": address}))
    go.set()
    assert stopped.status == 200
    monkeypatch.setattr(importing, "PATIENCE", 20)
    assert seat.at(address).status == 200
