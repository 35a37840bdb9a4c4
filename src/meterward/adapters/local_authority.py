"""A time-stamping authority of one's own, made with openssl: for tests and to try it out.

It proves nothing to anybody else: whoever runs it sets its clock.
"""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.stamps import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROOT, CERTIFICATE, KEY, CONFIGURATION = "root.pem", "authority.pem", "authority.key", "authority.cnf"
_YEARS = timedelta(days=3_652)
_SECONDS = 10
_ONLY_OWNER, _FOLDER_ONLY_OWNER = 0o600, 0o700
_SETTINGS = """\
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_cert = authority.pem
signer_key = authority.key
signer_digest = sha256
default_policy = 2.5.29.32.0
digests = sha256
tsa_name = yes
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """See `TimeAuthority`: an authority in a folder. Its root certificate is there as `root.pem`."""

    folder: Path
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, request: bytes) -> bytes | Problem:
        """See `TimeAuthority.ask`."""
        command = ("openssl", "ts", "-reply", "-config", CONFIGURATION, "-queryfile", "/dev/stdin")
        try:
            with self._turn:
                done = subprocess.run(  # noqa: S603 - nothing of the request is in the command
                    command, cwd=self.folder, input=request, capture_output=True, timeout=_SECONDS, check=False
                )
        except (OSError, subprocess.TimeoutExpired) as error:
            return _unavailable(f"openssl cannot be run: {error}.")
        return done.stdout or _unavailable("openssl gave no reply.")


def make_authority(folder: Path, name: str) -> LocalAuthority | Problem:
    """The authority in a folder, made there if there is none."""
    try:
        if not (folder / CONFIGURATION).exists():
            _make(folder, name)
    except OSError as error:
        return _unavailable(f"No authority can be made in “{folder}”: {error.strerror}.")
    return LocalAuthority(folder)


def serve(authority: LocalAuthority, port: int) -> ThreadingHTTPServer:
    """A server on this machine that answers for an authority; the caller runs and closes it. Port 0 takes any."""

    class Answer(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_POST(self) -> None:
            """Answer a request."""
            length = self.headers.get("Content-Length", "")
            reply = None
            if length.isascii() and length.isdecimal() and int(length) <= LONGEST:
                reply = authority.ask(self.rfile.read(int(length)))
            self.send_response(200 if isinstance(reply, bytes) else 400)
            body = reply if isinstance(reply, bytes) else b""
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Answer)


def _make(folder: Path, name: str) -> None:
    folder.mkdir(mode=_FOLDER_ONLY_OWNER, parents=True, exist_ok=True)
    root_key, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root = _certificate(f"{name} root", f"{name} root", root_key, root_key, _of_root())
    made = _certificate(name, f"{name} root", key, root_key, _of_authority())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / KEY).touch(mode=_ONLY_OWNER)
    (folder / KEY).write_bytes(secret)
    (folder / ROOT).write_bytes(root.public_bytes(Encoding.PEM))
    (folder / CERTIFICATE).write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "serial").write_text("01\n")
    (folder / CONFIGURATION).write_text(_SETTINGS)


def _of_root() -> Sequence[x509.ExtensionType]:
    return (x509.BasicConstraints(ca=True, path_length=None), _usage(signs_certificates=True))


def _of_authority() -> Sequence[x509.ExtensionType]:
    return (_usage(signs_certificates=False), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]))


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(
    name: str,
    issuer: str,
    key: EllipticCurvePrivateKey,
    by: EllipticCurvePrivateKey,
    extensions: Sequence[x509.ExtensionType],
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
    )
    for one in extensions:
        made = made.add_extension(one, critical=True)
    return made.sign(by, SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _unavailable(message: str) -> Problem:
    return Problem(Code.STAMP_UNAVAILABLE, message, "A local authority takes openssl, and a folder to write to.")
