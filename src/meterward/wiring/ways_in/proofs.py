"""What somebody has shown in a session: a password, a second factor, when last; and when the session is over."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings

from meterward.storage.repositories.sittings import note_sitting, rename_sitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from meterward.storage.models import Person

FRESH = 15 * 60.0
"""So many seconds after somebody showed who they are they may change how they do."""
IDLE = 60 * 60.0
"""A session ends after so many seconds in which nothing was asked for."""
STRONG_IDLE = 30 * 60.0
"""The same of one in which a second factor was shown: whoever finds it open finds more."""
LONGEST = 12 * 60 * 60.0
"""A session ends after so many seconds, whatever happens in it."""
_NOTED = 60.0
_BEGAN, _SEEN = "began", "seen"
_FACTOR, _STRONG, _AT = "mfa", "strong", "at"


def is_strong(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session, or what counts as one. In an example everybody has."""
    return settings.EXAMPLE or any(counts(one) for one in _shown(request))


def is_fresh(request: HttpRequest, *, factored: bool) -> bool:
    """Whether somebody showed who they are a moment ago: by a second factor, if they have one."""
    shown = (one for one in _shown(request) if not factored or counts(one))
    return any(time.time() - float(str(one[_AT])) < FRESH for one in shown)


def note(request: HttpRequest, person: Person, method: str, *, strong: bool = False) -> None:
    """Note what somebody showed. A session that becomes a strong one gets another name, as at signing in."""
    rises = strong and not any(counts(one) for one in _shown(request))
    record_authentication(request, person, _FACTOR if method in _FACTORS else method, strong=strong, type=method)
    before = request.session.session_key
    if rises and request.user.is_authenticated:
        request.session.cycle_key()
        rename_sitting(str(before), str(request.session.session_key))


def is_over(request: HttpRequest) -> bool:
    """Whether the session of somebody who is signed in lasted too long, or nobody used it for too long."""
    now, session = time.time(), request.session
    began, seen = float(session.get(_BEGAN, now)), float(session.get(_SEEN, now))
    idle = STRONG_IDLE if any(counts(one) for one in _shown(request)) else IDLE
    if now - began >= LONGEST or (now - seen >= idle and not settings.EXAMPLE):
        return True
    if _BEGAN not in session or now - seen >= _NOTED:
        session[_BEGAN], session[_SEEN] = began, now
        note_sitting(str(session.session_key))
    return False


_FACTORS = ("totp", "webauthn", "recovery_codes")


def _shown(request: HttpRequest) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", get_authentication_records(request, request.user))


def counts(shown: Mapping[str, object]) -> bool:
    """Whether something that was shown is a second factor, or as good."""
    return shown.get("method") == _FACTOR or bool(shown.get(_STRONG))
