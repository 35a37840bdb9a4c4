"""Guide and list of commands show what the commands really print, run from top to bottom of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.documents import documents
from tests.docs.generate import SHOWING
from tests.docs.transcripts import commands, comparable, renewed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docs.documents import Document

DOCUMENTS = [document for document in documents() if document.name in SHOWING]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_is_shown_is_what_comes_out(document: Document, tmp_path: Path) -> None:
    shown, now = comparable(document.text), comparable(renewed(document.text, tmp_path))
    assert shown.splitlines() == now.splitlines(), f"{document.name} is out of date: run “make docs”."


def test_every_page_that_shows_commands_is_run() -> None:
    assert [document.name for document in documents() if commands(document.text)] == sorted(SHOWING)
    assert len(DOCUMENTS) == len(SHOWING)
