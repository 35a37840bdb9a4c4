"""Bundles of a store with several organisations hold the files of the one whose ledger it is, and of nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from meterward.adapters.salts import fresh_salt
from meterward.core.bundle.manifest import Manifest
from meterward.usecases.ports import UploadKept
from meterward.usecases.select_records import Chosen
from meterward.wiring import bundling, today
from meterward.wiring.appending import append
from meterward.wiring.bundling import Wanted
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import give, take
from meterward.wiring.installed import installation
from tests.builders.desks import incident
from tests.builders.parties import entered

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from tests.builders.stores import Store

CONTENTS = {"security": b"what the licensee knows of it", "auditor": b"what the auditors think of it"}


def kept_by(sign_in: str) -> str:
    """The digest of a file that somebody keeps for their own organisation."""
    person = installation().people.get(sign_in)
    assert person is not None
    kept = take(person.organisation, person, [CONTENTS[sign_in]])
    assert isinstance(kept, UploadKept)
    return kept.digest


def test_who_names_the_digest_of_a_file_that_is_anothers_does_not_get_it(example_store: Store, tmp_path: Path) -> None:  # noqa: ARG001 - it is about it
    digests: dict[str, Json] = {f"{name}.txt": kept_by(name) for name in CONTENTS}
    entered(append(LEDGER, [{**incident(), "salts": {"facts": fresh_salt()}, "files": digests}]))
    out = tmp_path / "handed.tar"
    wanted = Wanted(LEDGER, Chosen(), today(), out)
    assert isinstance(bundling.build(Path(settings.HOME), wanted, lambda *_: None, lambda _: None), Manifest)
    bundle = out.read_bytes()
    assert all(str(digest).encode() in bundle for digest in digests.values())
    assert CONTENTS["security"] in bundle
    assert CONTENTS["auditor"] not in bundle
    assert give(LEDGER, str(digests["auditor.txt"])) is None
