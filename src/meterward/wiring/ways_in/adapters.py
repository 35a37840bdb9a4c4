"""What django-allauth asks of an installation."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from meterward.storage.repositories.factors import factors_of
from meterward.wiring.ways_in.proofs import counts

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.storage.models import Person

SECOND_STEP = "/sign-in/second"
"""The address of the page on which the second step is taken."""
NOWHERE = "::"
"""What stands for the address that somebody came from: behind a proxy it is the proxy's, and nobody's business else."""


class SecondStep(AuthenticateStage):  # type: ignore[misc] # allauth comes without types
    """The step after the first, on a page of ours."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Whether anything is to be shown yet, and where."""
        return (HttpResponseRedirect(SECOND_STEP) if self._should_handle(self.request) else None), True

    def _should_handle(self, request: HttpRequest) -> bool:
        shown = get_authentication_records(request, self.login.user)
        return factors_of(self.login.user).any and not any(counts(one) for one in shown)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth comes without types
    """Nobody signs up by themselves, and where somebody comes from is not kept."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth has it
        """Nobody lets themselves in."""
        return False

    def get_login_stages(self) -> list[str]:
        """A second factor, of those who have one and did not show it."""
        return [f"{SecondStep.__module__}.{SecondStep.__qualname__}"]

    def get_client_ip(self, request: HttpRequest) -> str:  # noqa: ARG002 - as allauth has it
        """The same for everybody."""
        return NOWHERE


class Factors(DefaultMFAAdapter):  # type: ignore[misc] # the same
    """Secrets of one-time codes are sealed with the secret of the installation, and named after the product."""

    def encrypt(self, text: str) -> str:
        """The text, sealed."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed; what another installation sealed is a secret that fits no code."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def get_totp_issuer(self) -> str:
        """What an app shows above the codes."""
        return "Meterward"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is good: the name under which browsers reach this installation."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Meterward"}

    def _get_user_identifier(self, user: Person) -> str:
        return user.sign_in


def _seal() -> Fernet:
    key = sha256(b"meterward.factors/1 " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
