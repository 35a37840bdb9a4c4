"""An installation gives the rights that the records of a ledger give now, whoever appended them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterward.core.records.roles import Role
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import PersonKept
from meterward.wiring.installed import installation
from tests.builders.kept import LEDGER, append, opening
from tests.builders.lines import Draft
from tests.builders.stores import installed

if TYPE_CHECKING:
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
SUBJECT = "appointment/1"
PERSON = PersonKept("legal", "p-03", LEDGER)


def put(store: Store, kind: str, facts: dict[str, Any], subject: str = SUBJECT, **links: bytes) -> bytes:
    """Append a record as another process would; its id."""
    draft = Draft(kind, DAY, DAY, facts, subject, "security_manager", files=False, links=links)
    done = append(store.ledgers, LEDGER, draft.line(len(links)))
    assert isinstance(done, Appended), done
    return next(store.ledgers.records(LEDGER, done.first)).id


def test_rights_go_and_come_with_what_others_append(sqlite_store: Store) -> None:
    def held() -> list[Role]:
        return sorted(installation().roles(LEDGER, PERSON))

    with installed(Path(sqlite_store.environment["METERWARD_HOME"])):
        sqlite_store.ledgers.open(LEDGER)
        assert append(sqlite_store.ledgers, LEDGER, opening(DAY)) == Appended(0, 1)
        assert held() == []
        appointed = put(sqlite_store, "role.appointed", {"person": "p-03", "role": "legal_adviser"})
        assert held() == [Role.LEGAL_ADVISER]
        ended = put(sqlite_store, "record.ended", {"because": "gone"}, ends=appointed)
        assert held() == []
        put(sqlite_store, "record.withdrawn", {"because": "never-happened"}, "", withdraws=ended)
        assert held() == [Role.LEGAL_ADVISER]
        installation.cache_clear()
        assert held() == [Role.LEGAL_ADVISER]
        put(sqlite_store, "record.ended", {"because": "revoked"}, ends=appointed)
        assert held() == []
        put(sqlite_store, "role.appointed", {"person": "p-03", "role": "legal_adviser"}, corrects=appointed)
        assert held() == []
