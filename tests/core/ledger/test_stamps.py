"""Time stamps hold for one checkpoint and one root only, and what is taken here `openssl ts` takes too."""

from __future__ import annotations

import subprocess
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from meterward.core.ledger.der import CONTEXT_0, children, element, number, written
from meterward.core.ledger.stamps import (
    LARGEST_NONCE,
    LONGEST,
    Stamp,
    read_certificates,
    stamp_request,
    verify_stamp,
)
from tests.builders.authorities import CHECKPOINT, NONCE, NOW, Authority, information_of, request_of_sha1

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.ledger.checkpoints import Checkpoint


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority in order."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def good(authority: Authority) -> bytes:
    """What it says of the checkpoint."""
    return authority.reply()


def test_a_token_says_by_when_and_who_says_so(authority: Authority, good: bytes) -> None:
    found = verify_stamp(good, CHECKPOINT, authority.roots, NONCE)
    assert isinstance(found, Stamp), found
    assert found.authority == "Time-co"
    instant = datetime.fromisoformat(found.instant)
    assert abs(instant - NOW) < timedelta(hours=2)
    assert authority.openssl_takes(good)


@pytest.mark.parametrize("nonce", [16, 127, 128, 255, 2**63, LARGEST_NONCE])
def test_a_request_is_the_one_that_openssl_reads(nonce: int, tmp_path: Path) -> None:
    (tmp_path / "request").write_bytes(stamp_request(CHECKPOINT, nonce))
    command = ("openssl", "ts", "-query", "-in", "request", "-text")
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "Hash Algorithm: sha256" in said
    assert f"Nonce: 0x{nonce:02X}" in said
    assert "Certificate required: yes" in said


@pytest.mark.parametrize("nonce", [-1, LARGEST_NONCE + 1])
def test_a_nonce_has_64_bits(nonce: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        stamp_request(CHECKPOINT, nonce)


@pytest.mark.parametrize(
    "other",
    [
        replace(CHECKPOINT, size=641),
        replace(CHECKPOINT, root=bytes(32)),
        replace(CHECKPOINT, origin="meterward/brightwater/0123abcd"),
    ],
)
def test_a_token_of_another_checkpoint_is_none_of_this_one(
    authority: Authority, good: bytes, other: Checkpoint
) -> None:
    assert verify_stamp(good, other, authority.roots) == "It stamps something else."


def test_another_request_was_answered(authority: Authority, good: bytes) -> None:
    assert verify_stamp(good, CHECKPOINT, authority.roots, NONCE + 1) == "It answers another request."


def test_nobody_is_believed_but_whom_the_reader_names(authority: Authority, good: bytes, tmp_path: Path) -> None:
    other = Authority(tmp_path)
    assert "Nobody who is trusted" in str(verify_stamp(good, CHECKPOINT, other.roots))
    assert verify_stamp(good, CHECKPOINT, []) == "Nobody is trusted."
    for both in ([*other.roots, *authority.roots], [*authority.roots, *other.roots, *authority.roots]):
        assert isinstance(verify_stamp(good, CHECKPOINT, both), Stamp), "though both roots have one name"


def test_whatever_bit_is_flipped_the_token_is_refused_or_says_the_same(authority: Authority, good: bytes) -> None:
    """Some bits nobody signs: versions, and what the kind of signature is called. They change nothing."""
    whole, found = verify_stamp(good, CHECKPOINT, authority.roots), Counter[object]()
    for place in range(len(good) * 8):
        flipped = bytearray(good)
        flipped[place // 8] ^= 1 << place % 8
        said = verify_stamp(bytes(flipped), CHECKPOINT, authority.roots)
        assert isinstance(said, str) or said == whole
        found[isinstance(said, Stamp)] += 1
    assert found[True] < 120
    assert found[False] > 5_000


@pytest.mark.parametrize("length", [0, 1, 2, 9, 100, -1])
def test_a_token_that_is_cut_cannot_be_read(authority: Authority, good: bytes, length: int) -> None:
    assert isinstance(verify_stamp(good[:length], CHECKPOINT, authority.roots), str)


@pytest.mark.parametrize("junk", [b"", b"\0", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"no token", b"\x30" * 60_000])
def test_what_is_no_token_is_told_as_that(authority: Authority, junk: bytes) -> None:
    assert verify_stamp(junk, CHECKPOINT, authority.roots) == "The authority did not grant it: no reply."


def test_a_giant_is_not_read(authority: Authority, good: bytes) -> None:
    assert "more than" in str(verify_stamp(good + bytes(LONGEST), CHECKPOINT, authority.roots))


@pytest.mark.parametrize(
    "wrong",
    [
        {"purposes": ()},
        {"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)},
        {"purposes": (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
        {"critical": False},
        {"signs": False},
    ],
)
def test_a_certificate_for_anything_but_time_stamps_is_refused(
    good: bytes, wrong: dict[str, object], tmp_path: Path
) -> None:
    made = Authority(tmp_path, **wrong)  # type: ignore[arg-type]  # as they are named above
    reply = made.signed(information_of(good), "-cades")
    assert "unsuitable certificate purpose" in str(verify_stamp(reply, CHECKPOINT, made.roots))
    assert not made.openssl_takes(reply)


def test_a_certificate_must_have_been_good_at_the_instant_and_need_not_be_today(tmp_path: Path) -> None:
    expired = Authority(tmp_path / "expired", until=NOW - timedelta(days=1))
    reply = expired.reply()
    assert "expired" in str(verify_stamp(reply, CHECKPOINT, expired.roots))
    assert not expired.openssl_takes(reply)
    then = _set_back(information_of(reply))
    assert isinstance(verify_stamp(expired.signed(then, "-cades"), CHECKPOINT, expired.roots), Stamp)


def _set_back(information: bytes) -> bytes:
    """The same information about time, two days earlier."""
    now = next(one for one in children(information, element(information)) if one.tag == 0x18)
    then = f"{datetime.now() - timedelta(days=2):%Y%m%d%H%M%SZ}".encode()  # noqa: DTZ005 - two days, not a zone
    return information[: now.content] + then + information[now.end :]


def test_a_certificate_that_is_not_valid_yet_is_refused(authority: Authority, good: bytes) -> None:
    information = information_of(good)
    now = next(one for one in children(information, element(information)) if one.tag == 0x18)
    early = information[: now.content] + b"20010101000000Z" + information[now.end :]
    assert "not yet valid" in str(verify_stamp(authority.signed(early, "-cades"), CHECKPOINT, authority.roots))


def test_sha1_is_refused_wherever_it_is(authority: Authority, good: bytes) -> None:
    reply = authority.reply(request_of_sha1())
    assert verify_stamp(reply, CHECKPOINT, authority.roots) == "What it stamps is not a SHA-256."
    reply = authority.signed(information_of(good), "-cades", "-md", "sha1")
    assert "too weak" in str(verify_stamp(reply, CHECKPOINT, authority.roots))
    assert authority.openssl_takes(reply)


def test_a_token_that_does_not_name_its_certificate_is_refused_as_openssl_refuses_it(
    authority: Authority, good: bytes
) -> None:
    bare = authority.signed(information_of(good))
    assert verify_stamp(bare, CHECKPOINT, authority.roots) == "It does not name the certificate of its signer."
    assert not authority.openssl_takes(bare)
    assert isinstance(
        verify_stamp(authority.signed(information_of(good), "-cades"), CHECKPOINT, authority.roots), Stamp
    )


def test_an_authority_under_another_name_is_refused_as_openssl_refuses_it(authority: Authority, good: bytes) -> None:
    renamed = information_of(good).replace(b"Time & co.", b"Tide & co.")
    reply = authority.signed(renamed, "-cades")
    assert "called something else" in str(verify_stamp(reply, CHECKPOINT, authority.roots))
    assert not authority.openssl_takes(reply)


@pytest.mark.parametrize("how", ["sha1", "sha256", "sha384", "sha512"])
def test_the_certificate_may_be_named_by_any_hash_that_is_usual(how: str, tmp_path: Path) -> None:
    made = Authority(tmp_path, settings=f"ess_cert_id_alg = {how}\n")
    reply = made.reply()
    assert isinstance(verify_stamp(reply, CHECKPOINT, made.roots), Stamp)
    assert made.openssl_takes(reply)


@pytest.mark.parametrize("between", [1, 2, 3])
def test_the_chain_comes_along_in_any_order(between: int, tmp_path: Path) -> None:
    """DER sorts a set; OpenSSL leaves certificates as they were configured, and nothing signs their order."""
    made = Authority(tmp_path, between=between, settings="certs = between.pem\n")
    reply = made.reply()
    for one in (reply, _turned(reply)):
        assert isinstance(verify_stamp(one, CHECKPOINT, made.roots), Stamp)
        assert made.openssl_takes(one)
    assert not _is_sorted(reply) or not _is_sorted(_turned(reply))


def _certificates(reply: bytes) -> tuple[list[bytes], int, int]:
    _, token = children(reply, element(reply))
    _, content = children(reply, token)
    (signed,) = children(reply, content)
    those = next(one for one in children(reply, signed) if one.tag == CONTEXT_0)
    return [reply[one.start : one.end] for one in children(reply, those)], those.content, those.end


def _is_sorted(reply: bytes) -> bool:
    found, _, _ = _certificates(reply)
    return found == sorted(found)


def _turned(reply: bytes) -> bytes:
    found, start, end = _certificates(reply)
    return reply[:start] + b"".join(reversed(found)) + reply[end:]


@pytest.mark.parametrize(
    ("status", "told"), [(1, "granted with changes"), (2, "refused"), (3, "put off"), (5, "revoc")]
)
def test_nothing_but_plainly_granted_will_do(authority: Authority, good: bytes, status: int, told: str) -> None:
    reply = good.replace(bytes.fromhex("3003020100"), bytes.fromhex("30030201") + bytes((status,)), 1)
    assert told in str(verify_stamp(reply, CHECKPOINT, authority.roots))
    assert authority.openssl_takes(reply) is (status == 1)


def test_what_openssl_takes_and_is_refused_here(authority: Authority, good: bytes) -> None:
    """The strict reader's side, as docs/trust.md lists it."""
    for reply in (good + b"more", good.replace(bytes.fromhex("3003020100"), bytes.fromhex("3003020101"), 1)):
        assert authority.openssl_takes(reply)
        assert isinstance(verify_stamp(reply, CHECKPOINT, authority.roots), str)


def test_a_reply_without_its_certificate_is_refused(authority: Authority) -> None:
    request = stamp_request(CHECKPOINT, NONCE)
    bare = written(0x30, request[2:].removesuffix(b"\x01\x01\xff"))
    assert "signer certificate not found" in str(verify_stamp(authority.reply(bare), CHECKPOINT, authority.roots))


@pytest.mark.parametrize(
    "pem", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_none(pem: bytes) -> None:
    assert not read_certificates(pem)


def test_only_short_elements_are_written() -> None:
    assert number(0) == b"\x02\x01\x00"
    assert number(128) == b"\x02\x02\x00\x80"
    with pytest.raises(ValueError, match="short"):
        written(4, bytes(128))


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\x85\0\0\0\0\1\0", b"\x30\x02\x04"])
def test_what_is_no_element_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="element"):
        element(data)


def test_an_element_is_no_longer_than_what_it_is_in() -> None:
    data = b"\x30\x03\x04\x04\0\0\0\0"
    with pytest.raises(ValueError, match="longer"):
        list(children(data, element(data)))
