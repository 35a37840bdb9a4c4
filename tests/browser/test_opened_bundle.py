"""A bundle that was handed over, opened by its reader: `bundle open` serves it, and a browser reads its pages."""

from __future__ import annotations

import signal
import subprocess
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.desk import LEDGER, Desk
from tests.browser.looking import flaws
from tests.browser.serving import PATIENCE, free_port
from tests.builders.terminal import COMMAND, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

ON_EVERY_PAGE = "nothing can be changed here"
REFUSED = 403
PLACES = ["Position", "Changes", "System", "Risks", "Audits", "Directions", "Requests", "Records", "Ledger"]
"""The places of a workplace in which nothing can be changed."""


@pytest.fixture(scope="module")
def supplier(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What the supplier hands over, by two ways: a bundle of all of its ledger, and the policy."""
    folder = tmp_path_factory.mktemp("handed")
    at = Terminal(template)
    said = at.enter("bundle", "build", folder / "evidence.tar", "--licensee", LEDGER)
    assert said.exit == 0, said.err
    (folder / "policy").write_text(at.enter("ledger", "policy", "--licensee", LEDGER).out)
    return folder / "evidence.tar", folder / "policy"


@pytest.fixture(scope="module")
def opened(supplier: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the bundle is open, on a machine that has nothing else; closed by Ctrl-C in the end."""
    bundle, policy = supplier
    folder, port = tmp_path_factory.mktemp("reader"), free_port()
    kept = folder / "kept"
    kept.mkdir()
    surroundings = Terminal(folder / "no-store", {"TMPDIR": str(kept)}).surroundings
    command = [*COMMAND, "bundle", "open", str(bundle), "--policy", str(policy), "--port", str(port)]
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen(command, env=surroundings, stdout=said, stderr=said)
    try:
        assert _answers(server, f"http://localhost:{port}/"), (folder / "said").read_text()
        assert list(kept.iterdir()), "what it takes lies here"
        yield f"http://localhost:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        ended = server.wait(PATIENCE)
    told = (folder / "said").read_text()
    assert (ended, "Traceback" in told) == (0, False), told
    assert f"Verified: a bundle of {LEDGER}." in told
    assert told.rstrip().endswith("Closed.")
    assert not list(kept.iterdir()), "nothing is left of it"


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    end = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - an address of our own
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


@pytest.fixture
def desk(browser: Browser, opened: str) -> Iterator[Desk]:
    """The reader's browser."""
    found = Desk(browser.new_context(locale="en-GB", reduced_motion="reduce"), opened)
    yield found
    found.close()


def test_nobody_signs_in_and_the_first_page_says_what_is_open(desk: Desk) -> None:
    page = desk.open("/")
    expect(page.get_by_text(ON_EVERY_PAGE)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)
    links = page.get_by_role("navigation", name="Workplace").get_by_role("link")
    assert links.all_inner_texts()[1:] == PLACES


def test_from_the_position_over_a_clause_to_a_record_and_its_proof(desk: Desk) -> None:
    page = desk.open()
    page.get_by_role("link", name="Z.14(b)", exact=True).first.click()
    expect(page.get_by_text("What was found?").first).to_be_visible()
    page.get_by_role("main").get_by_role("link").and_(page.locator("[href*='/records/']")).first.click()
    expect(page.get_by_role("heading", name="Its place in the ledger")).to_be_visible()
    expect(page.get_by_text(ON_EVERY_PAGE)).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Proof", exact=True).click()
    assert kept.value.suggested_filename.endswith(".tlog-proof")


@pytest.mark.parametrize("path", ["", "ledger", "records/779", "records", "changes", "system", "system/matrix"])
def test_its_pages_are_well_made(desk: Desk, path: str) -> None:
    page = desk.open(f"/{LEDGER}/{path}")
    expect(page.get_by_text(ON_EVERY_PAGE)).to_be_visible()
    assert flaws(page) == []


@pytest.mark.parametrize("path", ["append", "drafts", "tokens", "ledger/bundles", "system/matrix/fill"])
def test_what_would_change_anything_is_closed(opened: str, path: str) -> None:
    for body in (None, b"x=1"):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{opened}/{LEDGER}/{path}", body), timeout=PATIENCE)  # noqa: S310 - an address of our own
        refused.value.close()
        assert refused.value.code == REFUSED
