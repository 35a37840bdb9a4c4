"""What one person of the example licensee owns: a token, a draft, an import, a file, a bundle."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from meterward.adapters.shelf import Shelf
from meterward.usecases.ports import DraftKept, UploadKept
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import take
from meterward.wiring.handing import FOLDER
from meterward.wiring.importers.importer import Importing
from meterward.wiring.imports_kept import keep_import
from meterward.wiring.installed import installation
from tests.builders.access_rows import NOTHING
from tests.builders.counting import leave_count
from tests.builders.desks import secret_of

OWNER = "security"


def own_something() -> dict[str, str]:
    """Let the owner have a token, a draft, an import, a file and a bundle; how each is called, and a record."""
    person = installation().people.get(OWNER)
    assert person is not None
    kept = take(LEDGER, person, [NOTHING])
    secret_of(OWNER)
    (token,) = installation().tokens.of(person)
    draft = DraftKept(str(UUID(int=1)), LEDGER, person, "incident.recorded", {})
    installation().drafts.keep(draft)
    table = take(LEDGER, person, [b"id,categories,operator,power,in_service\na,process,licensee,within,2013-03-04\n"])
    assert isinstance(table, UploadKept)
    wanted = Importing(table.digest, "a.csv", today(), ("electricity",), "security_manager")
    for place, kind in ((2, "system.described"), (3, "risk.identified")):
        keep_import(DraftKept(str(UUID(int=place)), LEDGER, person, kind, {}), wanted)
    line = installation().ledgers.line(LEDGER, 0)
    assert isinstance(kept, UploadKept)
    assert line is not None
    leave_count(LEDGER, person)
    bundle = Shelf(Path(settings.HOME) / FOLDER).place((LEDGER, person.organisation, person.pseudonym), "northlight-1")
    bundle.write_bytes(NOTHING)
    return {
        "bundle": "northlight-1",
        "token": token.digest,
        "digest": kept.digest,
        "draft": draft.id,
        "importing": str(UUID(int=2)),
        "register": str(UUID(int=3)),
        "record": str(line["id"]),
    }
