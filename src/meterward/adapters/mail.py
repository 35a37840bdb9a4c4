"""Mail to people: by the server that is named, or as files in a folder of the home."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage

if TYPE_CHECKING:
    from pathlib import Path

MAIL, SENDER = "METERWARD_MAIL", "METERWARD_MAIL_FROM"
"""The environment variables with the address of a mail server, and of whoever mails come from."""
FOLDER = "mail"
"""Where in a home mails lie while no server is named."""
_WITHIN = 10
_PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(named: str, sender: str, home: Path) -> dict[str, Any]:
    """What Django wants to know of a server such as `smtp://user:password@host:587`. Raises `ValueError`.

    `smtp` turns to TLS before it says who it is, `smtps` speaks it from the start; on this machine `smtp` goes without.
    """
    if not named:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {
            "EMAIL_BACKEND": backend,
            "EMAIL_FILE_PATH": str(home / FOLDER),
            "DEFAULT_FROM_EMAIL": sender or "meterward@localhost",
        }
    place = urlsplit(named)
    if place.scheme not in _PORTS or not place.hostname or not sender:
        raise ValueError(f"{MAIL} is no smtp:// or smtps:// address, or {SENDER} is not set")
    local = place.hostname in ("localhost", "127.0.0.1", "::1")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": place.hostname,
        "EMAIL_PORT": place.port or _PORTS[place.scheme],
        "EMAIL_HOST_USER": unquote(place.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(place.password or ""),
        "EMAIL_USE_SSL": place.scheme == "smtps",
        "EMAIL_USE_TLS": place.scheme == "smtp" and not local,
        "EMAIL_TIMEOUT": _WITHIN,
        "DEFAULT_FROM_EMAIL": sender,
    }


def send(to: str, subject: str, text: str) -> str:
    """Send a mail; why it could not be sent, empty if it was."""
    try:
        EmailMessage(subject, text, to=[to]).send()
    except (SMTPException, OSError) as error:
        return str(error) or type(error).__name__
    return ""
