"""Settings of an installation, read from its home folder and the environment (`docs/guide/operating.md` lists them).

The home holds the database (unless another is named), the files, and the secret that signs sessions.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from meterward.adapters.home import DATABASE, EXAMPLE_MODE, SECRET_FILE, is_behind_https, usual_home
from meterward.adapters.mail import MAIL, SENDER, mail_settings
from meterward.adapters.opened import opened
from meterward.storage.databases import database

HOME = usual_home()
EXAMPLE = os.environ.get(EXAMPLE_MODE) == "1"
"""Whether this is an example installation, which shows its sign-ins and listens on the loopback only."""
OPENED = opened(HOME)
"""The bundle that this home was made of, if it was: everybody reads it, and nobody signs in or changes anything."""
DEBUG = False

_LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def _secret() -> str:
    """The key that signs sessions. `meterward serve` makes one that lasts; without it sessions end with the process."""
    place = HOME / SECRET_FILE
    return place.read_text().strip() if place.exists() else secrets.token_urlsafe(48)


def _named_database() -> str:
    """The database that is named; an example takes none. What cannot be one is not shown: it may have a password."""
    named = "" if EXAMPLE or OPENED else os.environ.get(DATABASE, "")
    if named and not named.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{DATABASE} does not begin with postgres://")
    return named


SECRET_KEY = _secret()
DATABASES = {"default": database(HOME, _named_database())}
ALLOWED_HOSTS = _LOCAL if EXAMPLE or OPENED else [*_LOCAL, *os.environ.get("METERWARD_HOSTS", "").split()]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "meterward.storage",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "meterward.web.limits.Limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "meterward.web.sitting.Sitting",
    "meterward.web.gate.Gate",
]
ROOT_URLCONF = "meterward.web.urls"
WSGI_APPLICATION = "meterward.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "OPTIONS": {"environment": "meterward.web.templating.environment", "trim_blocks": True, "lstrip_blocks": True},
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent / "web" / "static", Path(__file__).parent / "present" / "static"]
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "storage.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["sign_in", "pseudonym"]},
    },
]
LOGIN_URL = "/sign-in"
ACCOUNT_ADAPTER = "meterward.wiring.ways_in.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation that was accepted has verified the address
ACCOUNT_RATE_LIMITS = False  # the patience of this product counts passwords and codes alike
MFA_ADAPTER = "meterward.wiring.ways_in.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_REAUTHENTICATION_REQUIRED = False  # `ways_in.proofs` asks for it, and for a second factor where there is one
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_NAME = "meterward"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = is_behind_https()
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
CSRF_FAILURE_VIEW = "meterward.web.carrying.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
try:
    globals().update(mail_settings(os.environ.get(MAIL, ""), os.environ.get(SENDER, ""), HOME))
except ValueError as _error:
    raise ImproperlyConfigured(str(_error)) from _error
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "meterward.wiring.failing.Brief",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "meterward": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
"""Faults go to standard error, with where they arose, or with what the store said if it failed.

What a visitor did wrong is told to the visitor alone.
"""
