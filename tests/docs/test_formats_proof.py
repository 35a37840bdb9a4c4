"""A proof that is put together by hand as `docs/formats.md` says is one that the product reads and follows."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.proof_text import LONGEST_LEAF, read_proof
from tests.docs.test_formats import EXPECTED, PAGE

HASHES = [bytes.fromhex(EXPECTED[f"hash of leaf {place}"]) for place in range(3)]
ROOT = bytes.fromhex(EXPECTED["root"])
NOTE = f"a.example\n3\n{b64encode(ROOT).decode()}\n\n— a.example {b64encode(b'1234' + b's' * 64).decode()}\n"


def test_a_proof_is_written_as_the_page_says() -> None:
    leaf = EXPECTED["leaf 0"].encode()
    beside = b64encode(HASHES[1]).decode(), b64encode(HASHES[2]).decode()
    lines = ("c2sp.org/tlog-proof@v1", f"extra {b64encode(leaf).decode()}", "index 0", *beside, "", NOTE)
    proof = read_proof("\n".join(lines).encode())
    assert proof
    assert proof.leaf == leaf
    assert proof.leads_to(Checkpoint("a.example", 3, ROOT))
    assert str(proof) == "\n".join(lines)
    assert sha256(b"\0" + proof.leaf).digest() == HASHES[0]


def test_the_limits_of_a_proof_are_those_of_the_product() -> None:
    assert f"from 1 to {LONGEST_LEAF:,} bytes" in PAGE
