"""What a page asks a browser's passkey for, and what comes back from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.core.signing import BadSignature, TimestampSigner

from meterward.core.ledger.assertion import relying_party
from meterward.wiring import passkeys
from meterward.wiring.gating import caller_in
from meterward.wiring.passkeys import Held

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.base.canonical import Json
    from meterward.core.records.kind import Kind
    from meterward.usecases.append_record import Line

PATIENCE = 600
"""So many seconds pass at most between a page that asks and what a browser answers."""
_ES256 = -7
_MARKS = TimestampSigner(salt="meterward.passkey")


class ToSign(NamedTuple):
    """A passkey that may sign a weighty act: what the browser is asked, and the mark by which it is known again."""

    here: Sequence[Held]
    """The passkeys of whoever asks that work at this address."""
    elsewhere: Sequence[Held]
    """Those that work at another one."""
    options: str
    mark: str


def origin_of(request: HttpRequest) -> str:
    """The address at which a page is asked for, as the browser writes it; empty if no passkey works there."""
    found = f"{request.scheme}://{request.get_host()}".lower()
    return found if relying_party(found) else ""


def marked(request: HttpRequest, what: str) -> str:
    """A mark for something that was asked of whoever is there now; it holds for a while."""
    return _MARKS.sign(f"{_whose(request)}:{what}")


def unmarked(request: HttpRequest, mark: str) -> str:
    """What was asked of whoever is there, by its mark; empty if it was asked of somebody else, or too long ago."""
    try:
        whose, _, what = _MARKS.unsign(mark, max_age=PATIENCE).rpartition(":")
    except BadSignature:
        return ""
    return what if whose == _whose(request) else ""


def to_make(request: HttpRequest, challenge: str, there: Sequence[Held]) -> str:
    """What a browser is asked that is to make a passkey: signing by ES256, with a PIN, a finger or a face."""
    caller, origin = caller_in(request), origin_of(request)
    name = f"{caller.person}, {caller.organisation}"
    return _text(
        {
            "challenge": challenge,
            "rp": {"id": relying_party(origin), "name": "Meterward"},
            "user": {"id": passkeys.fresh_challenge(), "name": name, "displayName": f"{name} (signing)"},
            "pubKeyCredParams": [{"type": "public-key", "alg": _ES256}],
            "authenticatorSelection": {"residentKey": "discouraged", "userVerification": "required"},
            "attestation": "none",
            "excludeCredentials": _known(there),
            "timeout": PATIENCE * 1_000,
        }
    )


def to_sign(request: HttpRequest, ledger: str, kind: Kind[object], line: Line, seen: str) -> ToSign | None:
    """What is offered beside a line that may be appended; None where the act is not a weighty one."""
    if not kind.weighty:
        return None
    held = passkeys.held_by(ledger, caller_in(request))
    here = working_here(request, held)
    asked: dict[str, Json] = {
        "challenge": passkeys.asked(line),
        "rpId": relying_party(origin_of(request)),
        "allowCredentials": _known(here),
        "userVerification": "required",
        "timeout": PATIENCE * 1_000,
    }
    elsewhere = [one for one in held if one not in here]
    return ToSign(here, elsewhere, _text(asked), marked(request, seen))


def signs(request: HttpRequest, ledger: str, kind: Kind[object]) -> bool:
    """Whether whoever asks can sign such an act with a passkey here."""
    return kind.weighty and bool(working_here(request, passkeys.held_by(ledger, caller_in(request))))


def working_here(request: HttpRequest, held: Sequence[Held]) -> list[Held]:
    """Those of some passkeys that work at the address at which a page is asked for."""
    return [one for one in held if one.span.key.origin == origin_of(request)]


def _known(held: Sequence[Held]) -> list[Json]:
    return [{"type": "public-key", "id": one.credential} for one in held if one.credential]


def _text(asked: dict[str, Json]) -> str:
    return json.dumps(asked, separators=(",", ":"))


def _whose(request: HttpRequest) -> str:
    caller = caller_in(request)
    return f"{caller.organisation}:{caller.person}"
