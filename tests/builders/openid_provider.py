"""An OpenID provider on the loopback: real HTTP and real signatures, and whatever a test wants it to say wrongly."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "secret of the installation"  # noqa: S105 - of a provider that lives for a test
CLIENT = "meterward"


@dataclass
class OpenIdProvider:
    """What it says of whoever comes; `claims` and `published` are what a test changes."""

    issuer: str = ""
    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: Any = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    published: Any = None
    asked: dict[str, str] = field(default_factory=dict)
    refused: str = ""

    def come(self, address: str) -> dict[str, str]:
        """Whoever is sent here says who they are: what the browser brings back."""
        assert address.startswith(f"{self.issuer}/authorize?")
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return {"state": self.asked["state"], "code": "code-1"}

    def answer(self, path: str, body: dict[str, list[str]], authorization: str) -> dict[str, Any] | None:
        """What it answers at an address; None if it refuses."""
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{place}" for name, place in places.items()}}
        if path == "/keys":
            public = (self.published or self.key).public_key()
            return {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public)), "kid": "1", "alg": "RS256"}]}
        return {"id_token": self._token()} if self._fits(body, authorization) else None

    def _fits(self, body: dict[str, list[str]], authorization: str) -> bool:
        """Whether the code comes from the installation that was asked, with the secret of its question."""
        verifier = body["code_verifier"][0].encode()
        challenge = urlsafe_b64encode(sha256(verifier).digest()).rstrip(b"=").decode()
        fits = challenge == self.asked["code_challenge"] and body["redirect_uri"] == [self.asked["redirect_uri"]]
        return fits and authorization.startswith("Basic ") and body["code"] == ["code-1"]

    def _token(self) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300}
        said |= {"nonce": self.asked["nonce"], **self.claims}
        key: Any = {"HS256": "x" * 32, "none": ""}.get(self.algorithm, self.key)
        return jwt.encode(said, key, self.algorithm, headers={"kid": "1"})


@contextmanager
def running(provider: OpenIdProvider) -> Iterator[None]:
    """Let it answer at an address of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            self._say(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _say(self, body: dict[str, list[str]]) -> None:
            found = provider.answer(self.path, body, self.headers.get("Authorization", ""))
            self.send_response(200 if found is not None else 400)
            self.end_headers()
            self.wfile.write(json.dumps(found or {}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
