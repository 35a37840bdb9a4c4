"""Bundles brought to a regulator's desk: verified, computed anew, and taken in only when every step holds."""

from __future__ import annotations

import io
import tarfile
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from meterward.adapters.salts import fresh_salt
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import bundle_taken
from meterward.usecases.name_log import log_of
from meterward.usecases.open_ledger import Opening, opening_lines
from meterward.usecases.ports import PersonKept, UploadKept
from meterward.usecases.select_records import Chosen
from meterward.wiring import bundling, glancing, today
from meterward.wiring.appending import append
from meterward.wiring.bundling import Wanted
from meterward.wiring.example_store import EXAMPLE_PASSWORD
from meterward.wiring.filing import take as take_file
from meterward.wiring.gating import Who
from meterward.wiring.installed import installation
from tests.builders.parties import HELD, entered, line, open_for
from tests.builders.workplace import Page, Seat

if TYPE_CHECKING:
    from pathlib import Path


DESK, OFFICER = "authority", PersonKept("officer", "p-31", "authority")
LICENSEE, HERE = "harbour", "/authority/bundles"


@pytest.fixture(autouse=True)
def store(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """A licensee that lets nobody in, and the Authority."""
    open_for(LICENSEE)
    open_for(DESK, Keeper.AUTHORITY)
    installation().people.keep(OFFICER, EXAMPLE_PASSWORD)


def built(path: Path, chosen: Chosen = Chosen(), of: str = LICENSEE) -> bytes:  # noqa: B008 - a value that nobody changes
    """A bundle of the licensee, or of another ledger."""
    done = bundling.build(path.parent / "home", Wanted(of, chosen, today(), path), lambda *_: None, lambda _: None)
    assert not hasattr(done, "hint"), done
    return path.read_bytes()


def spoiled(good: bytes) -> bytes:
    """A bundle with a word changed in it."""
    place = good.index(b'"purpose"')
    return good[:place] + b'"purpos3"' + good[place + 9 :]


def policy(of: str = LICENSEE) -> bytes:
    """The policy with the keys of the licensee's log, or of another."""
    keys = log_of(installation().keys, of).keys
    return "".join([*(f"log {key}\n" for key in keys), "quorum none\n"]).encode()


def brought(seat: Seat, bundle: bytes, key: bytes = b"", trust: str = "first_use") -> Page:
    """What comes of bringing a bundle."""
    sent: dict[str, Any] = {"bundle": SimpleUploadedFile("b.tar", bundle), "trust": trust}
    if key:
        sent["policy"] = SimpleUploadedFile("log.policy", key)
    begun = Page(seat.client.post(HERE, sent))
    if begun.status != 302:
        return begun
    for _ in range(200):
        page = seat.at(HERE)
        if "is being verified" not in page.text:
            return page
        time.sleep(0.1)
    pytest.fail("The verification does not end.")


def take(seat: Seat, page: Page) -> Page:
    """Take in what was looked at."""
    (seen,) = (one.get("value", "") for one in page.all("input", name="seen"))
    return seat.post(HERE, do="take", seen=seen, note="By hand.")


def size() -> int:
    """How many entries the desk's ledger has."""
    head = installation().ledgers.head(DESK)
    return head.size if head else 0


def test_a_bundle_is_verified_taken_in_and_told_in_the_table(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    page = brought(seat, built(tmp_path / "one.tar"), policy())
    assert "It holds" in page.text
    assert "trusted on first use" in page.text
    assert take(seat, page).status == 302
    (found,) = (
        row for row in glancing.glances(DESK, Who(OFFICER, strong=True), today()).rows if row.licensee == LICENSEE
    )
    assert found.rests_on == "bundle"
    assert found.bundle
    facts = found.bundle.facts
    assert [one.claimed for one in facts.positions] == [one.made for one in facts.positions] != []
    assert {one.outcome for one in facts.steps} <= {"passed", "nothing"}
    shown = seat.at(f"/{DESK}/licensees/{LICENSEE}").text
    assert "What is claimed, and what is proved" in shown
    assert "trusted on first use" in shown


def test_a_later_bundle_goes_on_from_the_last_and_needs_no_key(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    first = built(tmp_path / "one.tar")
    take(seat, brought(seat, first, policy(), "confirmed"))
    assert "taken in already" in brought(seat, first).text
    facts = {"person": "p-04", "role": "senior_manager"}
    entered(append(LICENSEE, [line("role.appointed", Keeper.LICENSEE, LICENSEE, {**facts}, subject="appointment/9")]))
    page = brought(seat, built(tmp_path / "two.tar"))
    assert "It continues what you had before" in page.text
    assert take(seat, page).status == 302
    some = brought(seat, built(tmp_path / "three.tar", Chosen(subject="appointment/9")))
    assert "nobody can tell the position from it" in some.text


def test_what_fails_is_shown_step_by_step_and_leaves_nothing(tmp_path: Path) -> None:
    seat, before = Seat(OFFICER.sign_in), size()
    good = built(tmp_path / "one.tar")
    page = brought(seat, spoiled(good), policy())
    assert "It does not hold" in page.text
    assert "failed:" in page.text
    assert not list(page.all("button", value="take"))
    assert size() == before
    assert not list((settings_home() / "brought").glob("*/brought.tar"))


def test_what_fails_after_an_earlier_one_is_not_called_another_log(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    take(seat, brought(seat, built(tmp_path / "one.tar"), policy()))
    page = brought(seat, spoiled(built(tmp_path / "two.tar", Chosen(subject="appointment/1"))))
    assert "It does not hold" in page.text
    assert "not the log that you saw before" not in page.text


def test_an_older_bundle_or_a_fork_is_refused_loudly(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    older = built(tmp_path / "one.tar")
    facts = {"person": "p-04", "role": "senior_manager"}
    entered(append(LICENSEE, [line("role.appointed", Keeper.LICENSEE, LICENSEE, {**facts}, subject="appointment/9")]))
    take(seat, brought(seat, built(tmp_path / "two.tar"), policy()))
    before = size()
    page = brought(seat, older)
    assert "This is not the log that you saw before" in page.text
    assert size() == before


def test_a_bundle_of_another_log_than_the_licensees_is_refused(tmp_path: Path) -> None:
    """Whoever has a log of their own can open a ledger in it that says that it is of the licensee."""
    seat, before = Seat(OFFICER.sign_in), size()
    installation().ledgers.open("eve")
    opening = Opening(LICENSEE, HELD, "p-01", Keeper.LICENSEE)
    entered(append("eve", list(opening_lines(opening, today(), fresh_salt))))
    hers = built(tmp_path / "eve.tar", of="eve")
    for trust in ("first_use", "confirmed"):
        page = brought(seat, hers, policy("eve"), trust)
        assert "and it says that it is of harbour" in page.text
        assert not list(page.all("button", value="take"))
    assert size() == before


def test_after_a_bundle_that_an_imported_ledger_tells_of_others_are_verified_all_the_same(tmp_path: Path) -> None:
    """Such a record need not have the files that are kept of one that was brought."""
    kept = take_file(DESK, OFFICER, [b"a letter"])
    assert isinstance(kept, UploadKept)
    facts = {**bundle_taken.KIND.example, "ledger": LICENSEE}
    told = line("bundle.taken", Keeper.AUTHORITY, DESK, facts, LICENSEE, subject="bundle/1")
    told["statement"] |= {"licences": ["any"]}  # type: ignore[operator] # a line as JSON
    entered(append(DESK, [{**told, "files": {"letter.txt": kept.digest}}]))
    seat, bundle = Seat(OFFICER.sign_in), built(tmp_path / "one.tar")
    assert "by which key its log signs" in brought(seat, bundle).text
    assert take(seat, brought(seat, bundle, policy())).status == 302


def test_nobody_writes_by_hand_that_a_bundle_was_taken_in(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    shown = seat.at(f"/{DESK}/append/bundle.taken")
    assert shown.status == 422
    assert "on the page “Bundles”" in shown.text
    draft = f"/{DESK}/append/bundle.taken/00000000-0000-4000-8000-000000000001"
    assert seat.post(draft, do="save").status == 404
    assert seat.at(f"{draft}/preview").status == 404
    assert "/append/bundle.taken" not in seat.at(f"/{DESK}/append").text
    assert take(seat, brought(seat, built(tmp_path / "one.tar"), policy())).status == 302
    acts = seat.at(f"/{DESK}/records/{size()}").links()
    assert "Withdraw" in acts
    assert "Correct" not in acts


def test_a_file_that_is_no_bundle_and_one_without_a_key_are_refused(tmp_path: Path) -> None:
    seat = Seat(OFFICER.sign_in)
    assert "by which key its log signs" in brought(seat, built(tmp_path / "one.tar")).text
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        found = tarfile.TarInfo("../bundle.json")
        found.size = 2
        tar.addfile(found, io.BytesIO(b"{}"))
    for junk in (b"x", b"\0" * 20_480, held.getvalue()):
        page = brought(seat, junk, policy())
        assert "It was not taken in" in page.text, junk[:20]
        assert str(settings_home()) not in page.text
    assert brought(seat, b"x", b"no policy").status == 422


def settings_home() -> Path:
    """The home of the installation."""
    home: Path = settings.HOME
    return home
