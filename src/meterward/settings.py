"""Settings of an installation, read from its home folder and the environment (`docs/guide/operating.md` lists them).

The home holds the database (unless another is named), the files, and the secret that signs sessions.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from meterward.storage.databases import database

HOME = Path(os.environ.get("METERWARD_HOME", Path.home() / ".local/share/meterward"))
EXAMPLE = os.environ.get("METERWARD_EXAMPLE") == "1"
"""Whether this is an example installation, which shows its sign-ins and listens on the loopback only."""
DEBUG = False

_LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def _secret() -> str:
    """The key that signs sessions. `meterward serve` makes one that lasts; without it sessions end with the process."""
    place = HOME / "session.key"
    return place.read_text().strip() if place.exists() else secrets.token_urlsafe(48)


SECRET_KEY = _secret()
DATABASES = {"default": database(HOME, os.environ.get("METERWARD_DATABASE", ""))}
ALLOWED_HOSTS = _LOCAL if EXAMPLE else [*_LOCAL, *os.environ.get("METERWARD_HOSTS", "").split()]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "UserAttributeSimilarityValidator")
]
LOGIN_URL = "/sign-in"
SESSION_COOKIE_NAME = "meterward"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("METERWARD_HTTPS") == "1"
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
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"
