"""Time stamps (RFC 3161): asked for over a checkpoint, and verified by certificates of the reader's own.

`rfc3161-client` reads them, and has OpenSSL verify signature and chain as of the instant that they say. What it takes
and `openssl ts` does not, is refused here: a token that names no certificate of its signer (RFC 5816), or another one,
and one whose authority is called something else than in its certificate. `docs/trust.md` says what is asked in all.
"""

from __future__ import annotations

import re
from hashlib import new, sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cryptography.x509 import (
    DirectoryName,
    ExtensionNotFound,
    SubjectAlternativeName,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.oid import NameOID
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from meterward.core.ledger.der import CONTEXT_0, OCTETS, SEQUENCE, children, element, number, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cryptography.x509 import Certificate, GeneralName
    from rfc3161_client import TimeStampResponse

    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.der import Element

LONGEST = 64 * 1024
"""A reply has at most so many bytes: a few certificates and a signature."""
LARGEST_NONCE = 2**64 - 1
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_HASH_BYTES = {
    bytes.fromhex(f"60864801650304020{end}"): name for end, name in zip("123", _HASHES.values(), strict=True)
}
_SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
_SIGNING_CERTIFICATE_2 = bytes.fromhex("2a864886f70d010910022f")
_GRANTED = 0
_STATUSES = {1: "granted with changes", 2: "refused", 3: "put off", 4: "a warning", 5: "a revocation"}
_NO_NAME = re.compile(r"[^A-Za-z0-9._()-]+")
_LONGEST_NAME = 64


class Stamp(NamedTuple):
    """What a token that holds says: the instant in UTC, to the second, and who says so."""

    instant: str
    authority: str


def stamp_request(checkpoint: Checkpoint, nonce: int) -> bytes:
    """A request to stamp a checkpoint, that wants the certificate of who stamps."""
    if not 0 <= nonce <= LARGEST_NONCE:
        raise ValueError("a nonce has 64 bits")
    imprint = written(SEQUENCE, _SHA256 + written(OCTETS, sha256(str(checkpoint).encode()).digest()))
    certificate_asked_for = b"\x01\x01\xff"
    return written(SEQUENCE, number(1) + imprint + number(nonce) + certificate_asked_for)


def read_certificates(pem: bytes) -> Sequence[Certificate]:
    """The certificates of a file in PEM; empty if it is none."""
    try:
        return load_pem_x509_certificates(pem)
    except ValueError:
        return ()


def verify_stamp(
    reply: bytes, checkpoint: Checkpoint, roots: Sequence[Certificate], nonce: int | None = None
) -> Stamp | str:
    """What a reply says of a checkpoint, if it holds; else in words why it does not.

    `nonce` is what was asked with, where that is known.
    """
    if len(reply) > LONGEST:
        return f"It has more than {LONGEST:,} bytes."
    if (status := _status(reply)) != _GRANTED:
        return f"The authority did not grant it: {_STATUSES.get(status, 'no reply')}."
    try:
        read = decode_timestamp_response(_in_order(reply))
        if wrong := _unlike(read, checkpoint, nonce) or _unsigned(read, checkpoint, roots):
            return wrong
        signer = _signer(read)
        if wrong := _misnamed(read, reply, signer):
            return wrong
        instant = read.tst_info.gen_time.replace(microsecond=0, tzinfo=None).isoformat()
    except ValueError as error:
        return f"It cannot be read: {_brief(error)}."
    return Stamp(f"{instant}Z", _name(signer))


def stamps(reply: bytes, checkpoint: Checkpoint) -> bool:
    """Whether a reply is over a checkpoint and was granted. Whether it can be believed is for `verify_stamp` to say."""
    if len(reply) > LONGEST or _status(reply) != _GRANTED:
        return False
    try:
        return not _unlike(decode_timestamp_response(_in_order(reply)), checkpoint, None)
    except ValueError:
        return False


def _status(reply: bytes) -> int:
    """The status of a reply; -1 if it has none."""
    try:
        status = next(children(reply, next(children(reply, element(reply)))))
        return int.from_bytes(reply[status.content : status.end], "big")
    except (ValueError, StopIteration):
        return -1


def _in_order(reply: bytes) -> bytes:
    """The reply with its certificates in the order that DER has them in.

    OpenSSL leaves them in the order in which they were configured, and nothing signs it; the reader insists.
    """
    for part in children(reply, _signed_data(reply)):
        if part.tag == CONTEXT_0:
            those = sorted(reply[one.start : one.end] for one in children(reply, part))
            return reply[: part.content] + b"".join(those) + reply[part.end :]
    return reply


def _unlike(read: TimeStampResponse, checkpoint: Checkpoint, nonce: int | None) -> str:
    imprint = read.tst_info.message_imprint
    if _HASHES.get(imprint.hash_algorithm.dotted_string) != "sha256":
        return "What it stamps is not a SHA-256."
    if imprint.message != sha256(str(checkpoint).encode()).digest():
        return "It stamps something else."
    if nonce is not None and read.tst_info.nonce != nonce:
        return "It answers another request."
    if not {one.dotted_string for one in read.signed_data.digest_algorithms} <= set(_HASHES):
        return "It is signed over a hash that is too weak."
    return ""


def _unsigned(read: TimeStampResponse, checkpoint: Checkpoint, roots: Sequence[Certificate]) -> str:
    """Why nobody who is trusted signed it; empty if somebody did.

    Of several roots of one name OpenSSL looks at any one. So each is tried by itself too.
    """
    if not roots:
        return "Nobody is trusted."
    digest, why = sha256(str(checkpoint).encode()).digest(), ""
    for some in (roots, *([one] for one in roots)):
        try:
            VerifierBuilder(roots=list(dict.fromkeys(some))).build().verify(read, digest)
        except VerificationError as error:
            why = why or f"Nobody who is trusted signed it: {_brief(error)}."
        else:
            return ""
    return why


def _signer(read: TimeStampResponse) -> Certificate:
    (said,) = read.signed_data.signer_infos
    certificates = map(load_der_x509_certificate, read.signed_data.certificates)
    return next(one for one in certificates if (one.issuer, one.serial_number) == (said.issuer, said.serial_number))


def _misnamed(read: TimeStampResponse, reply: bytes, signer: Certificate) -> str:
    der = next(one for one in read.signed_data.certificates if load_der_x509_certificate(one) == signer)
    if not _names_certificate(reply, der):
        return "It does not name the certificate of its signer."
    said: GeneralName | None = read.tst_info.name
    if said is not None and said != DirectoryName(signer.subject) and said not in _other_names(signer):
        return "Its authority is called something else than in its certificate."
    return ""


def _other_names(signer: Certificate) -> list[object]:
    try:
        return list(signer.extensions.get_extension_for_class(SubjectAlternativeName).value)
    except ExtensionNotFound:
        return []


def _names_certificate(reply: bytes, der: bytes) -> bool:
    """Whether what is signed says by the certificate's own digest which one it is; if it says two, by both."""
    said = list(_named_certificates(reply))
    return bool(said) and all(new(how, der, usedforsecurity=False).digest() == digest for how, digest in said)


def _named_certificates(reply: bytes) -> Iterator[tuple[str, bytes]]:
    *_, signers = children(reply, _signed_data(reply))
    (signer,) = children(reply, signers)
    signed = [one for one in children(reply, signer) if one.tag == CONTEXT_0]
    for attribute in chain.from_iterable(children(reply, one) for one in signed):
        kind, values = children(reply, attribute)
        oid = reply[kind.content : kind.end]
        if oid in (_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_2):
            (value,) = children(reply, values)
            first = _first(reply, _first(reply, value))
            yield _digest(reply, first, "sha1" if oid == _SIGNING_CERTIFICATE else "sha256")


def _digest(reply: bytes, named: Element, usual: str) -> tuple[str, bytes]:
    how, digest = usual, _first(reply, named)
    if digest.tag == SEQUENCE:
        oid = _first(reply, digest)
        how = _HASH_BYTES.get(reply[oid.content : oid.end], "")
        _, digest, *_ = children(reply, named)
    if not how:
        raise ValueError("a certificate is named by a hash that is not known here")
    return how, reply[digest.content : digest.end]


def _signed_data(reply: bytes) -> Element:
    _, token = children(reply, element(reply))
    _, content = children(reply, token)
    return _first(reply, content)


def _first(reply: bytes, within: Element) -> Element:
    for one in children(reply, within):
        return one
    raise ValueError("something is empty that is not to be")


def _name(signer: Certificate) -> str:
    for what in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for one in signer.subject.get_attributes_for_oid(what):
            name = _NO_NAME.sub("-", str(one.value)).strip("-._()")[:_LONGEST_NAME]
            if name:
                return name
    return "unnamed"


def _brief(error: Exception) -> str:
    """What matters of what OpenSSL or the reader says."""
    said = str(error)
    found = re.search(r'data: "(?:Verify error: ?)?([^"]*)"', said) or re.search(r'reason: "([^"]*)"', said)
    return (found.group(1) if found else said).rstrip(".")
