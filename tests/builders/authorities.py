"""Time-stamping authorities as a test needs them: in order, or with something wrong, each made with openssl."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from meterward.adapters.local_authority import CERTIFICATE, CONFIGURATION, KEY, ROOT, LocalAuthority
from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.der import children, element
from meterward.core.ledger.stamps import stamp_request

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CHECKPOINT = Checkpoint("meterward/northlight/0123abcd", 640, bytes(range(32)))
NONCE = 0x7274A939475F483B
NOW = datetime.now(UTC)
USUAL: Sequence[x509.ObjectIdentifier] = (ExtendedKeyUsageOID.TIME_STAMPING,)
_SETTINGS = f"""\
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = {CERTIFICATE}
signer_key = {KEY}
signer_digest = sha256
default_policy = 2.5.29.32.0
digests = sha256, sha1
tsa_name = yes
"""
_GRANTED = bytes.fromhex("3003020100")
_INSTANT = 0x18
_INFO = "1.2.840.113549.1.9.16.1.4"


@dataclass
class Authority:
    """An authority with its root and as many between as are asked for. What is not said is as it should be."""

    folder: Path
    purposes: Sequence[x509.ObjectIdentifier] = USUAL
    critical: bool = True
    until: datetime = NOW + timedelta(days=30)
    between: int = 0
    signs: bool = True
    settings: str = ""

    def __post_init__(self) -> None:
        """Make certificates and settings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key, name, chain = generate_private_key(SECP256R1()), "root", list[x509.Certificate]()
        root = _certificate("root", "root", key, key, [_for_authorities()])
        for number in range(self.between):
            next_key = generate_private_key(SECP256R1())
            chain.append(_certificate(f"between {number}", name, next_key, key, [_for_authorities()]))
            key, name = next_key, f"between {number}"
        own = generate_private_key(SECP256R1())
        extensions: list[tuple[x509.ExtensionType, bool]] = [(_usage(signs=self.signs), True)]
        if self.purposes:
            extensions.append((x509.ExtendedKeyUsage(self.purposes), self.critical))
        leaf = _certificate("Time & co.", name, own, key, extensions, self.until)
        self._write(ROOT, root)
        self._write(CERTIFICATE, leaf)
        (self.folder / "between.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in chain))
        secret = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / KEY).write_bytes(secret)
        (self.folder / "serial").write_text("01\n")
        (self.folder / CONFIGURATION).write_text(_SETTINGS + self.settings)

    @cached_property
    def roots(self) -> list[x509.Certificate]:
        """What somebody has who believes it."""
        return x509.load_pem_x509_certificates((self.folder / ROOT).read_bytes())

    def reply(self, request: bytes = b"") -> bytes:
        """What it answers."""
        found = LocalAuthority(self.folder).ask(request or stamp_request(CHECKPOINT, NONCE))
        assert isinstance(found, bytes), found
        return found

    def signed(self, information: bytes, *more: str) -> bytes:
        """A reply with some information about time, signed without the care that an authority takes."""
        command = ("openssl", "cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-outform", "DER")
        names = ("-econtent_type", _INFO, "-signer", CERTIFICATE, "-inkey", KEY)
        token = subprocess.run(
            [*command, *names, *more], cwd=self.folder, input=information, capture_output=True, check=True
        ).stdout
        whole = _GRANTED + token
        return b"\x30\x82" + len(whole).to_bytes(2, "big") + whole

    def openssl_takes(self, reply: bytes, checkpoint: Checkpoint = CHECKPOINT) -> bool:
        """Whether `openssl ts -verify` takes a reply for a checkpoint, today."""
        (self.folder / "data").write_bytes(str(checkpoint).encode())
        (self.folder / "reply").write_bytes(reply)
        command = ("openssl", "ts", "-verify", "-data", "data", "-in", "reply", "-CAfile", ROOT)
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=False).returncode == 0

    def _write(self, name: str, certificate: x509.Certificate) -> None:
        (self.folder / name).write_bytes(certificate.public_bytes(Encoding.PEM))


def information_of(reply: bytes) -> bytes:
    """What a reply says about time, without who signed it."""
    _, token = children(reply, element(reply))
    _, content = children(reply, token)
    (signed,) = children(reply, content)
    _, _, encapsulated, *_ = children(reply, signed)
    _, wrapped = children(reply, encapsulated)
    (octets,) = children(reply, wrapped)
    return reply[octets.content : octets.end]


def as_of(instant: datetime, reply: bytes) -> bytes:
    """What a reply says about time, as of another instant."""
    information = information_of(reply)
    now = next(one for one in children(information, element(information)) if one.tag == _INSTANT)
    return information[: now.content] + f"{instant:%Y%m%d%H%M%SZ}".encode() + information[now.end :]


def request_of_sha1(checkpoint: Checkpoint = CHECKPOINT) -> bytes:
    """A request over a SHA-1, as nobody should make one."""
    digest = sha256(str(checkpoint).encode()).digest()[:20]
    imprint = b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14" + digest
    return b"\x30\x29\x02\x01\x01" + imprint + b"\x01\x01\xff"


def _for_authorities() -> tuple[x509.ExtensionType, bool]:
    return x509.BasicConstraints(ca=True, path_length=None), True


def _usage(*, signs: bool) -> x509.KeyUsage:
    no = dict.fromkeys(
        (
            "content_commitment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=signs, key_encipherment=not signs, **no)


def _certificate(
    name: str,
    issuer: str,
    key: EllipticCurvePrivateKey,
    by: EllipticCurvePrivateKey,
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
    until: datetime = NOW + timedelta(days=30),
) -> x509.Certificate:
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=60))
        .not_valid_after(until)
    )
    for one, critical in extensions:
        made = made.add_extension(one, critical=critical)
    return made.sign(by, SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
