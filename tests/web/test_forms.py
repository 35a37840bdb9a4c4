"""Whatever a record says, its form shows; and a form that is sent as it stands says the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import all_kinds
from meterward.core.records.roles import Role
from meterward.web.forms import known, rows
from meterward.wiring import drafting
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.web.filled_in import Filled
from tests.web.writers import Writer

if TYPE_CHECKING:
    from meterward.core.records.kind import Kind


pytestmark = pytest.mark.usefixtures("example_store")


def _lines(kind: str) -> list[dict[str, Any]]:
    return [line for line in installation().ledgers.lines(LEDGER) if line["statement"]["kind"] == kind]  # type: ignore[index, call-overload] # a line has a statement


def _writer(kind: Kind[Any]) -> Writer:
    roles = {
        "security": "security_manager",
        "board": "senior_manager",
        "counsel": "legal_adviser",
        "monitoring": "contributor",
        "auditor": "lead_auditor",
        "authority": "authority_officer",
    }
    desk = next(desk for desk, role in roles.items() if role in kind.by)
    own = {"auditor": "auditor-a", "authority": "authority"}
    return Writer(desk) if Keeper.LICENSEE in kind.homes else Writer(desk, ledger=own[desk])


def _role(writer: Writer, kind: Kind[Any]) -> list[Role]:
    person = installation().people.get(writer.sign_in)
    assert person is not None
    return [role for role in installation().roles(LEDGER, person) if role in kind.by]


def test_a_correction_that_is_sent_as_it_stands_says_what_the_record_says() -> None:
    for name, kind in all_kinds().items():
        if "corrects" in kind.links and not kind.worked_out and (there := _lines(name)):
            for line in (there[0], there[-1]):
                _says_the_same(kind, line)


def _says_the_same(kind: Kind[Any], line: dict[str, Any]) -> None:
    writer = _writer(kind)
    page = writer.get(f"/append/{kind.name}", **{"links.corrects": line["id"]})
    pairs = Filled(page.content.decode()).pairs
    assert writer.send(kind.name, "save", pairs).status_code == 302
    draft = installation().drafts.get(writer.draft)
    assert draft is not None
    said: Any = drafting.line_of(draft, kind, _role(writer, kind))
    assert _sorted(kind, said["facts"]) == _sorted(kind, line["facts"])
    assert said.get("files", {}) == line.get("files", {})
    assert said["statement"]["corrects"] == line["id"]
    for part in ("subject", "occurred", "licences"):
        assert said["statement"].get(part) == line["statement"].get(part)
    texts = {key: text.replace("\r\n", "\n") for key, text in said.get("text", {}).items()}
    assert texts == line.get("text", {})


def test_a_form_that_is_saved_as_it_began_begins_the_same_again() -> None:
    for name, kind in all_kinds().items():
        if kind.usual_role is not Role.OPERATOR and not kind.worked_out:
            writer = _writer(kind)
            first = Filled(writer.get(f"/append/{name}").content.decode()).pairs
            writer.send(name, "save", first)
            again = Filled(writer.client.get(writer.place(name)).content.decode()).pairs
            for pairs in (first, again):
                del pairs["csrfmiddlewaretoken"]
            assert again == first, name


def test_where_there_are_too_many_subjects_to_choose_from_any_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (known, rows):
        monkeypatch.setattr(module, "MOST_OFFERED", 5)
    page = Writer().get("/append/action.completed", subject="action/gap-8-b").content.decode()
    assert '<input class="form-control" id="statement-subject" name="statement.subject" value="action/gap-8-b"' in page
    assert page.partition("<datalist")[2].count("<option") == 6


def _sorted(kind: Kind[Any], facts: dict[str, Any]) -> dict[str, Any]:
    """What is ticked is sent in the order of the page, in rows as well."""
    ticked = {field.name for field in kind.fields if field.many and field.choices}
    return {name: sorted(value) if name in ticked else _rows_sorted(value) for name, value in facts.items()}


def _rows_sorted(value: Any) -> Any:  # noqa: ANN401 - any JSON at all
    """The same of the rows of a list, and of what is told within them."""
    if isinstance(value, list):
        return [_rows_sorted(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: sorted(item) if _is_words(item) else _rows_sorted(item) for name, item in value.items()}


def _is_words(value: Any) -> bool:  # noqa: ANN401 - the same
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
