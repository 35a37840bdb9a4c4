"""Second factors and single sign-on, as allauth keeps them: codes of an app, passkeys, recovery codes, identities."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from meterward.storage.models import Person

_APP, _PASSKEY, _RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
_LAST = "last_counter"
"""What allauth's row of an app's codes also holds: the half minute of the last code that was taken."""


class Factor(NamedTuple):
    """A second factor of somebody, as they are told of it."""

    id: int
    name: str
    made: datetime
    used: datetime | None


class Factors(NamedTuple):
    """The second factors that somebody has."""

    app: Factor | None = None
    passkeys: tuple[Factor, ...] = ()
    codes_left: int | None = None
    """How many recovery codes are left; None if there are none to be used up."""

    @property
    def any(self) -> bool:
        """Whether there is one to sign in with; recovery codes alone are none."""
        return bool(self.app or self.passkeys)


def factors_of(person: Person) -> Factors:
    """The second factors of somebody, passkeys in the order in which they were added."""
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    apps = [_factor(row) for row in rows if row.type == _APP]
    passkeys = tuple(_factor(row) for row in rows if row.type == _PASSKEY)
    codes = [len(row.wrap().get_unused_codes()) for row in rows if row.type == _RECOVERY]
    return Factors(apps[0] if apps else None, passkeys, codes[0] if codes else None)


@transaction.atomic
def take_code(person: Person, code: str) -> Authenticator | None:
    """The factor whose code it is, which is used up with it; None if it is nobody's, or was used before."""
    digits = "".join(code.split())
    for row in Authenticator.objects.select_for_update().filter(user=person, type__in=(_APP, _RECOVERY)):
        taken = _take_app_code(row, digits) if row.type == _APP else row.wrap().validate_code(digits)
        if taken:
            row.refresh_from_db()
            row.record_usage()
            return row
    return None


@transaction.atomic
def keep_app(person: Person, secret: str, counter: int) -> Authenticator:
    """Keep the app that makes codes from a secret, in place of one before; the code that showed it is used up."""
    Authenticator.objects.filter(user=person, type=_APP).delete()
    row = TOTP.activate(person, secret).instance
    row.data[_LAST] = counter
    row.save(update_fields=["data"])
    return row


def counter_of(secret: str, code: str) -> int | None:
    """The half minute, counted from 1970, for which a secret gives a code about now; None if it gives it for none."""
    digits = "".join(code.split())
    fits = (one for one in yield_hotp_counters_from_time() if _gives(secret, one, digits))
    return next(fits, None)


@transaction.atomic
def new_recovery_codes(person: Person) -> list[str]:
    """New recovery codes in place of those before."""
    Authenticator.objects.filter(user=person, type=_RECOVERY).delete()
    return list(RecoveryCodes.activate(person).get_unused_codes())


@transaction.atomic
def remove_factor(person: Person, factor: int) -> bool:
    """Remove a factor of somebody, and the recovery codes with the last one; false if they have none of that number."""
    gone, _ = Authenticator.objects.filter(user=person, pk=factor).exclude(type=_RECOVERY).delete()
    if not Authenticator.objects.filter(user=person).exclude(type=_RECOVERY).exists():
        Authenticator.objects.filter(user=person).delete()
    return bool(gone)


def _take_app_code(row: Authenticator, digits: str) -> bool:
    counter = counter_of(decrypt(row.data["secret"]), digits)
    if counter is None or counter <= row.data.get(_LAST, 0):
        return False
    row.data[_LAST] = counter
    row.save(update_fields=["data"])
    return True


def _gives(secret: str, counter: int, digits: str) -> bool:
    return constant_time_compare(format_hotp_value(hotp_value(secret, counter)), digits)


def _factor(row: Any) -> Factor:  # noqa: ANN401 - allauth's rows have no types
    name = row.wrap().name if row.type == _PASSKEY else ""
    return Factor(row.pk, name, row.created_at, row.last_used_at)
