"""An answer that takes long is worked out in the background: it comes, fails for who asks, or is begun anew."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from meterward.adapters.background import CancelledError, Job
from meterward.present.position_json import position_json
from meterward.wiring import answering as module
from meterward.wiring.answering import Answering
from tests.builders.answers import EARLIER, Kept, at_last, grown, question, without_answers


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that was not read yet be work for the background, for which nobody waits."""
    monkeypatch.setattr(module, "_INLINE", 0)
    monkeypatch.setattr(module, "PATIENCE", 0.0)


@pytest.mark.usefixtures("_slowly")
def test_what_takes_long_is_on_the_way_first() -> None:
    store = grown()
    answering = Answering(store)
    assert isinstance(answering.positions(question()), Job)
    found = at_last(lambda: answering.positions(question()))
    assert found == afresh_inline(store)
    later = at_last(lambda: answering.ask(question(EARLIER), position_json))
    assert isinstance(later, dict)
    assert later["as_at"] == "2014-06-01"


def afresh_inline(store: Kept) -> dict[str, Any]:
    """The answer of a process that works it out at once."""
    found = Answering(without_answers(store)).ask(question(), position_json)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("_slowly")
def test_what_fails_on_the_way_fails_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    store = grown()
    answering = Answering(store)

    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(type(store.ledgers), "records", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        at_last(lambda: answering.positions(question()))


@pytest.mark.usefixtures("_slowly")
def test_a_job_that_was_stopped_is_begun_anew() -> None:
    store, go = grown(), threading.Event()
    answering, records = Answering(store), type(store.ledgers).records
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(store.ledgers), "records", lambda *given: (go.wait(20), records(*given))[1])
        job = answering.positions(question())
        assert isinstance(job, Job)
        assert answering.background.cancel(job.name)
        go.set()
        assert job.ended.wait(20)
        assert isinstance(job.fault, CancelledError)
    assert at_last(lambda: answering.positions(question())) == afresh_inline(store)
