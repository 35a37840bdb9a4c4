"""Handing over evidence from the pages: asked for, built, downloaded by whoever asked, and gone after an hour."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from meterward.adapters.shelf import LASTS, MOST
from meterward.present.ledger_words import policy_text
from meterward.usecases.name_log import log_of
from meterward.wiring import verifying
from meterward.wiring.example_store import LEDGER
from meterward.wiring.handing import FOLDER, handing
from meterward.wiring.installed import installation
from tests.web.writers import Writer, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("example_store")
PAGE = f"/{LEDGER}/ledger/bundles"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is set for other processes is as it was after each test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    yield
    for job in installation().handing.values():
        job.ended.wait(20)


def ready(who: str) -> list[str]:
    """The bundles that lie ready for somebody, once none is being built."""
    person = installation().people.get(who)
    assert person is not None
    if job := handing(LEDGER, person).under_way:
        assert job.ended.wait(20)
    found = handing(LEDGER, person)
    assert found.problem is None
    return [one.name for one in found.ready]


def content(answer: Any) -> bytes:  # noqa: ANN401 - as Django answers
    return b"".join(answer.streaming_content)


def test_what_is_asked_for_is_built_and_verifies(tmp_path: Path) -> None:
    writer = Writer("auditor")
    assert writer.client.post(PAGE, {"clause": "Z.14"})["Location"] == PAGE
    (name,) = ready("auditor")
    assert f"{name}.tar" in words_of(writer.client.get(PAGE))
    answer = writer.client.get(f"{PAGE}/{name}")
    assert f'filename="{name}.tar"' in answer["Content-Disposition"]
    (tmp_path / "got.tar").write_bytes(content(answer))
    (tmp_path / "policy").write_text(policy_text(LEDGER, log_of(installation().keys, LEDGER).keys))
    done: Any = verifying.verify(
        tmp_path / "got.tar", verifying.Own(tmp_path / "policy"), lambda _what, _done, _total: None
    )
    assert done.holds
    assert done.manifest.selection == {"what": "some", "clause": "Z.14"}


def test_it_is_for_whoever_asked_and_for_nobody_else_on_the_machine() -> None:
    Writer("auditor").client.post(PAGE, {"subject": "audit/1"})
    (name,) = ready("auditor")
    assert Writer("security").client.get(f"{PAGE}/{name}").status_code == 404
    assert name not in words_of(Writer("security").client.get(PAGE))
    (place,) = (Path(settings.HOME) / FOLDER).glob("*/*.tar")
    assert place.stat().st_mode & 0o77 == 0
    assert place.parent.stat().st_mode & 0o77 == 0


def test_it_is_gone_after_an_hour() -> None:
    writer = Writer()
    writer.client.post(PAGE, {"clause": "Z.14"})
    (name,) = ready("security")
    (place,) = (Path(settings.HOME) / FOLDER).glob("*/*.tar")
    past = time.time() - LASTS - 1
    os.utime(place, (past, past))
    assert writer.client.get(f"{PAGE}/{name}").status_code == 404
    assert ready("security") == []
    assert not place.exists()


def test_few_lie_here_at_a_time() -> None:
    for _ in range(MOST + 2):
        Writer().client.post(PAGE, {"subject": "audit/1"})
        assert 1 <= len(ready("security")) <= MOST
    assert len(ready("security")) == MOST


def test_a_choice_of_nothing_is_told_and_no_bundle_is_made() -> None:
    writer = Writer()
    writer.client.post(PAGE, {"first": "2150-01-01"})
    person = installation().people.get("security")
    assert person
    if job := handing(LEDGER, person).under_way:
        assert job.ended.wait(20)
    told = words_of(writer.client.get(PAGE))
    assert "It could not be built" in told
    assert "No record of the ledger is what was chosen." in told
    assert "Ready for you" not in told


def test_a_day_that_is_none_is_said_beside_its_field_and_what_was_typed_stays() -> None:
    answer = Writer().client.post(PAGE, {"first": "2026-02-30", "clause": "Z.14"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="wrong-first"' in page
    assert 'value="2026-02-30"' in page
    assert ready("security") == []
