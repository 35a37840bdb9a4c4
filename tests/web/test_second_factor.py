"""Second factors: set up, asked for at sign-in, used once, guessed in vain, and required where something is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.adapters.patience import FREE
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from meterward.wiring.installed import patience
from tests.builders.desks import browser_of
from tests.builders.factors import add_passkey, code_of, set_up_app
from tests.builders.soft_passkey import SoftPasskey
from tests.builders.workplace import Page, Seat, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders.stores import Store

POLICY = f"/{LEDGER}/append/policy.issued"


@pytest.fixture(autouse=True)
def store(example_store: Store) -> Iterator[Store]:
    patience.cache_clear()
    yield example_store
    patience.cache_clear()


@pytest.fixture
def seat() -> Seat:
    """The security manager, who signed in with a password."""
    return signed_in()


def signed_in(name: str = "security", **more: str) -> Seat:
    """Somebody who gave name and password."""
    seat = Seat("")
    seat.post("/sign-in", name=name, password=EXAMPLE_PASSWORD, **more)
    return seat


def by_code(secret: str) -> Seat:
    """The security manager, who gave a password and a code."""
    seat = signed_in()
    assert seat.post("/sign-in/second", code=code_of(secret)).status == 302
    return seat


def is_in(seat: Seat) -> bool:
    return seat.at("/ways").status == 200


def test_a_password_alone_is_in_until_there_is_a_second_factor(seat: Seat) -> None:
    assert is_in(seat)
    set_up_app(seat)
    again = signed_in()
    assert not is_in(again)
    assert again.at("/sign-in/second").texts("h1") == ["One more step"]


def test_an_app_is_set_up_with_a_code_and_recovery_codes_are_shown_once(seat: Seat) -> None:
    secret, codes = set_up_app(seat)
    assert len(codes) == len(set(codes)) == 10
    assert code_of(secret) not in codes
    page = seat.at("/ways")
    assert "10 recovery codes are left." in words(page.one("main"))
    assert not any(code in page.text or f"{code[:4]} {code[4:]}" in page.text for code in codes)


def test_an_app_is_not_set_up_with_a_code_that_it_does_not_give(seat: Seat) -> None:
    seat.at("/ways/app")
    assert seat.post("/ways/app", code="000000").status == 401
    assert is_in(signed_in())


def test_a_code_is_good_once_in_whichever_browser(seat: Seat) -> None:
    secret, _ = set_up_app(seat)
    code, first, second = code_of(secret), signed_in(), signed_in()
    assert first.post("/sign-in/second", code=code).status == 302
    assert is_in(first)
    again = second.post("/sign-in/second", code=code)
    assert again.status == 401
    assert "was used before" in words(again.one("p", role="alert"))
    assert not is_in(second)
    # An older one is as good as used.
    assert second.post("/sign-in/second", code=code_of(secret, -1)).status == 401


def test_a_recovery_code_is_good_once(seat: Seat) -> None:
    _, codes = set_up_app(seat)
    assert signed_in().post("/sign-in/second", code=f"{codes[0][:4]} {codes[0][4:]}").status == 302
    assert signed_in().post("/sign-in/second", code=codes[0]).status == 401
    assert signed_in().post("/sign-in/second", code=codes[1]).status == 302


def test_new_recovery_codes_take_the_place_of_those_before(seat: Seat) -> None:
    _, old = set_up_app(seat)
    new = [one.replace(" ", "") for one in seat.post("/ways/codes").texts("li")]
    assert not set(new) & set(old)
    assert signed_in().post("/sign-in/second", code=old[0]).status == 401
    assert signed_in().post("/sign-in/second", code=new[0]).status == 302


def test_whoever_guesses_codes_has_to_wait_in_every_browser(seat: Seat) -> None:
    secret, _ = set_up_app(seat)
    for _ in range(FREE):
        assert signed_in().post("/sign-in/second", code="000000").status == 401
    page = signed_in().post("/sign-in/second", code=code_of(secret))
    assert page.status == 429
    assert words(page.one("p", role="alert")).startswith("Too many wrong codes in a row. Wait ")


def test_a_passkey_is_a_second_step_and_its_answer_is_good_once(seat: Seat) -> None:
    passkey, page = add_passkey(seat)
    assert page.texts("h1") == ["Keep these recovery codes"]
    again = signed_in()
    answer = passkey.show(again.client.get("/sign-in/passkey?second=1").json())
    assert again.post("/sign-in/second", credential=answer).status == 302
    assert is_in(again)
    replayed = signed_in()
    replayed.client.get("/sign-in/passkey?second=1")
    assert replayed.post("/sign-in/second", credential=answer).status == 401
    assert not is_in(replayed)


def test_a_passkey_signs_in_by_itself_once_an_answer(seat: Seat) -> None:
    passkey, _ = add_passkey(seat)
    alone = Seat("")
    answer = passkey.show(alone.client.get("/sign-in/passkey").json())
    assert alone.post("/sign-in/passkey", credential=answer, next="/ways").location == "/ways"
    assert alone.at(POLICY).status == 200
    assert Seat("").post("/sign-in/passkey", credential=answer).status == 401
    alone.post("/sign-out")
    assert alone.post("/sign-in/passkey", credential=answer).status == 401
    assert not is_in(alone)


@pytest.mark.parametrize(
    "wrong",
    [SoftPasskey(), SoftPasskey(origin="https://elsewhere.example"), SoftPasskey(verified=False)],
    ids=["another key", "another site", "asked nobody who holds it"],
)
def test_a_passkey_that_is_not_theirs_or_not_for_here_signs_nobody_in(seat: Seat, wrong: SoftPasskey) -> None:
    right, _ = add_passkey(seat)
    wrong.owner = right.owner
    if wrong.origin != right.origin or not wrong.verified:
        wrong._key = right._key  # noqa: SLF001 - the same key, used otherwise
    alone = Seat("")
    answer = wrong.show(alone.client.get("/sign-in/passkey").json())
    assert alone.post("/sign-in/passkey", credential=answer).status == 401
    assert not is_in(alone)


def test_a_second_step_does_not_lend_its_question_to_a_passkey_alone(seat: Seat) -> None:
    """The second step takes a passkey that asks nobody who holds it; signing in by it alone does not."""
    passkey, _ = add_passkey(seat)
    passkey.verified = False
    again = signed_in()
    answer = passkey.show(again.client.get("/sign-in/passkey?second=1").json())
    assert again.post("/sign-in/passkey", credential=answer).status == 401


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", '{"response": {}}', '{"id": 1, "response": 2}', "null"])
def test_what_no_browser_sends_is_refused_and_breaks_nothing(seat: Seat, credential: str) -> None:
    seat.client.get("/ways/passkeys/new")
    assert seat.post("/ways/passkeys/new", name="x", credential=credential).status == 422
    alone = Seat("")
    alone.client.get("/sign-in/passkey")
    assert alone.post("/sign-in/passkey", credential=credential).status == 401


def test_a_new_passkey_is_asked_for_in_the_same_session_and_asks_who_holds_it(seat: Seat) -> None:
    sent = SoftPasskey().make(seat.client.get("/ways/passkeys/new").json())
    assert signed_in().post("/ways/passkeys/new", name="x", credential=sent).status == 422
    assert add_passkey(seat, passkey=SoftPasskey(verified=False))[1].status == 422
    assert is_in(signed_in())


def test_somebody_closed_is_let_in_by_no_passkey(seat: Seat, store: Store) -> None:
    passkey, _ = add_passkey(seat)
    store.people.close("security")
    alone = Seat("")
    answer = passkey.show(alone.client.get("/sign-in/passkey").json())
    assert alone.post("/sign-in/passkey", credential=answer).status == 401


def test_what_decides_something_takes_a_second_factor_and_leads_back(seat: Seat) -> None:
    asked = seat.at(POLICY)
    assert asked.status == 403
    assert asked.texts("h1") == ["This takes a second factor"]
    assert "policy.issued decides or approves something" in words(asked.one("main"))
    onward = next(one for words_, one in asked.links().items() if words_ == "Set up a second factor")
    ways = seat.at(onward)
    app = seat.at(ways.links()["Set up an app"])
    secret = app.one("input", id="secret").get("value", "")
    codes = seat.post("/ways/app", code=code_of(secret), next=app.one("input", name="next").get("value", ""))
    assert codes.links()["I have them"] == POLICY
    assert seat.at(POLICY).status == 200


def test_what_was_written_is_a_draft_when_a_second_factor_is_missing(seat: Seat) -> None:
    draft = f"{POLICY}/00000000-0000-0000-0000-0000000000aa"
    page = seat.post(draft, **{"facts.effective": "2026-01-02", "do": "append"})
    assert page.status == 403
    assert "kept as a draft" in words(page.one("p", role="status"))
    strong = browser_of("security").get(draft)
    assert strong.status_code == 200
    assert "2026-01-02" in strong.content.decode()


def test_an_auditor_or_regulator_reads_nothing_without_a_second_factor() -> None:
    for name in ("auditor", "authority", "department"):
        seat = signed_in(name)
        for path in ("", "changes", "clauses/Z.4"):
            assert seat.get(path).status == 403, (name, path)
        assert seat.client.get(f"/api/v1/{LEDGER}/position").status_code == 403
        assert seat.at("/").status in (200, 302)
        set_up_app(seat)
        assert seat.get().status == 200


def test_what_a_colleague_does_that_decides_nothing_takes_a_password_alone(seat: Seat) -> None:
    assert seat.get().status == 200
    assert seat.at(f"/{LEDGER}/append/incident.recorded").status == 200


def test_in_an_example_everybody_counts_as_having_shown_one(seat: Seat, settings: object) -> None:
    settings.EXAMPLE = True  # type: ignore[attr-defined] # pytest-django's fixture
    assert seat.at(POLICY).status == 200
    assert signed_in("auditor").get().status == 200
    assert "every desk counts as signed in with a second factor" in words(seat.at("/ways").one("main"))


def test_whoever_has_a_factor_and_a_weak_session_shows_it_and_goes_on(seat: Seat) -> None:
    weak = signed_in()
    secret, _ = set_up_app(seat)
    asked = weak.at(POLICY)
    assert asked.status == 403
    before = weak.client.cookies["meterward"].value
    done = weak.post("/ways/confirm", code=code_of(secret), next=asked.one("input", name="next").get("value", ""))
    assert done.location == POLICY
    assert weak.at(POLICY).status == 200
    assert weak.client.cookies["meterward"].value != before


def test_what_was_written_in_a_session_that_ended_comes_through_both_steps(seat: Seat) -> None:
    secret, _ = set_up_app(seat)
    draft = f"/{LEDGER}/append/incident.recorded/00000000-0000-0000-0000-0000000000ab"
    out = Seat("")
    asked = out.post(draft, **{"facts.detected": "2026-01-02"})
    kept = words(next(asked.all("textarea", name="kept")))
    page: Page = out.post("/sign-in", name="security", password=EXAMPLE_PASSWORD, kept=kept)
    assert page.texts("h1") == ["One more step"]
    carried = words(next(page.all("textarea", name="kept")))
    assert out.post("/sign-in/second", code=code_of(secret), kept=carried).location == f"{draft}?resumed=1"
