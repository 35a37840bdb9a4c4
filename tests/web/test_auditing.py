"""What auditors draw: a sample has a name that none had before, also where one was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import incident_recorded, sample_drawn
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.desks import browser_of
from tests.builders.parties import entered, line
from tests.builders.workplace import Page, typed

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

pytestmark = pytest.mark.usefixtures("example_store")


def drawn() -> str:
    """The name of the sample that the auditors are about to keep."""
    client = browser_of("auditor")
    wanted = {"of": incident_recorded.KIND.name, "size": "1"}
    answer = client.post("/auditor-a/auditing/drawn/northlight/2", wanted)
    assert answer.status_code == 302, answer.content
    preview = Page(client.get(answer.headers["Location"]))
    assert "Append" in preview.texts("button")
    return typed(Page(client.get(preview.links()["Back to the form"])))["statement.subject"]


def test_a_sample_is_named_after_the_last_whatever_became_of_it() -> None:
    assert drawn() == "sample/2"
    (first,) = installation().ledgers.records_of("auditor-a", (sample_drawn.KIND.name,))
    because: dict[str, Json] = {"because": "duplicate"}
    taken = line("record.withdrawn", Keeper.AUDITOR, "auditor-a", because, "northlight", withdraws=first.id.hex())
    taken["statement"]["licences"] = ["any"]  # type: ignore[index,call-overload] # a line as JSON
    entered(append("auditor-a", [taken]))
    assert drawn() == "sample/2"
