"""`docs/formats.md` by itself is enough: its worked record is made again here with nothing but hashlib and json.

Nothing of the product is used before the last tests, which hold the product to the same values.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import rfc8785

from meterward.adapters import ustar
from meterward.adapters.bundle_names import LONGEST_NAME, MOST_PARTS
from meterward.adapters.bundle_names import MOST_FILES as MOST_IN_BUNDLE
from meterward.adapters.engine import engine_digest
from meterward.adapters.journal import LARGEST_FILE, LONGEST_LINE
from meterward.core.base.canonical import LARGEST_INTEGER
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.law import Pack
from meterward.core.records.body import LONGEST_TEXT, MOST_FILES
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.line import read_object
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Dossier, Evaluated
from meterward.usecases.read_ledger import read_ledger
from tests.docs.generate import ROOT

if TYPE_CHECKING:
    from meterward.core.obligations.evaluate import DutyResult
    from meterward.core.obligations.position import DutyPosition

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def block(name: str) -> list[str]:
    """The lines of the fenced block of that name."""
    found = re.search(rf"^```{name}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/formats.md has no block “{name}”"
    return found[1].splitlines()


LINES: list[dict[str, Any]] = [json.loads(line) for line in block("ledger")]
ERASED: dict[str, Any] = json.loads(block("erased")[0])
EXPECTED = dict(line.split(" = ", 1) for line in block("vector"))


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def salts_of(given: str | dict[str, str], names: list[str]) -> dict[str, bytes]:
    if isinstance(given, dict):
        return {name: bytes.fromhex(salt) for name, salt in given.items()}
    stream = hashlib.shake_128(b"meterward field salts 1\n" + bytes.fromhex(given)).digest(16 * len(names))
    return {name: stream[16 * place : 16 * place + 16] for place, name in enumerate(names)}


def digests_of(line: dict[str, Any], part: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The salts of the fields that are there, and the digest of every field, by name in order."""
    values: dict[str, object] = line.get(part, {})
    salts = salts_of(line["salts"][part], sorted(values)) if values else {}
    digests = {name: sha256(salts[name], name.encode(), b"\0", canonical(value)) for name, value in values.items()}
    if part == "text":
        digests |= {name: bytes.fromhex(digest) for name, digest in line.get("erased", {}).items()}
    return salts, dict(sorted(digests.items()))


def commitment(line: dict[str, Any], part: str) -> bytes:
    _, digests = digests_of(line, part)
    return sha256(b"meterward part 1\n", *(name.encode() + b"\0" + digest for name, digest in digests.items()))


def payload(line: dict[str, Any]) -> bytes:
    named = [(part, commitment(line, part).hex()) for part in ("facts", "text")]
    named += [(f"files/{name}", digest) for name, digest in sorted(line.get("files", {}).items())]
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "urn:meterward:record:1",
        "predicate": line["statement"],
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in named],
    }
    return canonical(statement)


def leaves(lines: list[dict[str, Any]]) -> list[bytes]:
    counters: dict[str, int] = {}
    found = []
    for index, line in enumerate(lines):
        stream = line["statement"]["licensee"] + "/" + line["statement"]["kind"].split(".")[0]
        counter = counters.get(stream, 0)
        counters[stream] = counter + 1
        entry = {"counter": counter, "index": index, "recorded": line["recorded"], "stream": stream}
        found.append(canonical({**entry, "statement": sha256(payload(line)).hex()}))
    return found


def root(hashes: list[bytes]) -> bytes:
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01", root(hashes[:split]), root(hashes[split:]))


def vector() -> dict[str, str]:
    """Every value that the page's vector names."""
    line = LINES[-1]
    found: dict[str, str] = {}
    for part in ("facts", "text"):
        salts, digests = digests_of(line, part)
        for name, digest in digests.items():
            found[f"salt of {part}.{name}"] = salts[name].hex()
            found[f"digest of {part}.{name}"] = digest.hex()
        found[f"commitment to {part}"] = commitment(line, part).hex()
    found["payload"] = payload(line).decode()
    found["id"] = sha256(payload(line)).hex()
    hashes = []
    for index, leaf in enumerate(leaves(LINES)):
        found[f"leaf {index}"] = leaf.decode()
        hashes.append(sha256(b"\x00", leaf))
        found[f"hash of leaf {index}"] = hashes[-1].hex()
    found["root"] = root(hashes).hex()
    return found


def test_the_worked_record_comes_out_as_the_page_says() -> None:
    assert vector() == EXPECTED


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["statement"]["kind"])
def test_each_line_bears_its_id(line: dict[str, Any]) -> None:
    assert sha256(payload(line)).hex() == line["id"]


def test_an_erasure_leaves_the_id() -> None:
    assert ERASED["id"] == EXPECTED["id"]
    assert set(ERASED["text"]) | set(ERASED["erased"]) == set(LINES[-1]["text"])
    assert payload(ERASED) == payload(LINES[-1])


def test_canonical_json_is_that_of_rfc_8785() -> None:
    assert rfc8785.dumps(json.loads(payload(LINES[-1]))) == payload(LINES[-1])


def test_any_other_value_gives_another_id() -> None:
    line = LINES[-1]
    for part in ("facts", "text"):
        for name in line[part]:
            other = {**line, part: {**line[part], name: "other"}}
            assert payload(other) != payload(line), name
    assert payload({**line, "files": {"policy-1.pdf": "00" * 32}}) != payload(line)


def test_the_product_reads_the_ledger_to_the_same_ids_and_root() -> None:
    loaded = read_ledger([json.dumps(line).encode() for line in LINES])
    assert loaded.problems == []
    assert [record.id.hex() for record in loaded.records] == [line["id"] for line in LINES]
    assert loaded.root == EXPECTED["root"]


def test_the_product_reads_the_erased_line_to_the_same_id() -> None:
    sealed = read_object(ERASED)
    assert not isinstance(sealed, list), sealed
    assert sealed.statement.digest().hex() == EXPECTED["id"]


def keys(heading: str) -> set[str]:
    """The keys that the tables under a heading explain."""
    firsts = re.findall(r"^\| (`[^|]*`) \|", section(heading), flags=re.MULTILINE)
    return {key for first in firsts for key in re.findall(r"`(\w+)`", first)}


@pytest.fixture(scope="module")
def evaluated() -> Evaluated:
    """The position that the product makes of the page's ledger."""
    loaded = read_ledger([json.dumps(line).encode() for line in LINES])
    index = Index("electricity")
    for record in loaded.records:
        index.append(record)
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack)
    return Dossier("northlight", "electricity", Reader(index)).position(pack, loaded.records[-1].occurred, "engine")


def duty_as_json(result: DutyResult, stands: DutyPosition) -> dict[str, Any]:
    """What came out for a duty, as the page says that it is hashed."""
    return {
        "status": stands.status,
        "since": stands.since.isoformat(),
        "readings": {
            one.reading: {
                "status": one.status,
                "since": one.since.isoformat(),
                "records": sorted({record.hex() for node in one.nodes for record in node.cited()}),
            }
            for one in stands.readings
        },
        "deadlines": [[one.day.isoformat(), one.source] for one in stands.deadlines],
        "history": [[one.day.isoformat(), one.source] for one in stands.history],
        "timeline": [[span.first.isoformat(), span.value] for span in result.timeline.spans()],
        "timelines": {
            one.reading.id: [[span.first.isoformat(), span.value] for span in one.timeline.spans()]
            for one in result.readings
        },
    }


def test_a_receipt_is_made_as_the_page_says(evaluated: Evaluated) -> None:
    body = evaluated.receipt.body()
    ids = sorted(bytes.fromhex(line["id"]) for line in LINES)
    assert (body["records"], body["count"]) == (sha256(*ids).hex(), len(ids))
    assert evaluated.receipt.digest == sha256(canonical(body)).hex()


def test_a_result_is_hashed_as_the_page_says(evaluated: Evaluated) -> None:
    position = evaluated.position
    pairs = zip(position.evaluation.duties, position.duties, strict=True)
    bodies = {stands.duty.id: duty_as_json(result, stands) for result, stands in pairs}
    assert len(bodies) > 20
    digests = {duty: sha256(canonical(body)).hex() for duty, body in bodies.items()}
    assert evaluated.receipt.result == sha256(canonical(digests)).hex()
    assert keys("The receipt") == set(evaluated.receipt.body()) | set(bodies["Z.4"])


def test_a_pack_is_hashed_as_the_page_says() -> None:
    law = ROOT / "src" / "meterward" / "law"
    files = (law / "condition_z_2012" / "pack.toml", law / "calendars" / "england_and_wales.toml")
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack)
    assert pack.digest == sha256(b"\0".join(file.read_bytes() for file in files)).hex()


def test_the_engine_is_hashed_as_the_page_says() -> None:
    package = ROOT / "src" / "meterward"
    paths = [path for part in ("core", "law") for path in (package / part).rglob("*")]
    sources = [path for path in paths if path.suffix in (".py", ".toml")]
    engine = [path for path in sources if path.name != "cases.toml" and path.parent.name != "cases"]
    assert len(engine) < len(sources), "there are worked cases to leave out"
    named = {path.relative_to(package).as_posix(): path.read_bytes().replace(b"\r\n", b"\n") for path in engine}
    lines = (f"{sha256(content).hex()} {name}\n" for name, content in sorted(named.items()))
    assert engine_digest() == sha256("".join(lines).encode()).hex()


def test_the_limits_are_those_of_the_product() -> None:
    limits = (LARGEST_INTEGER, LONGEST_TEXT, MOST_FILES, MOST_ITEMS, LONGEST_LINE, LARGEST_FILE)
    assert [limit for limit in limits if f"{limit:,}" not in PAGE] == []


def test_the_limits_of_a_bundle_are_those_of_the_product() -> None:
    said = " ".join(section("A bundle").split())
    limits = (LONGEST_NAME, MOST_PARTS, MOST_IN_BUNDLE, ustar.LARGEST)
    assert [limit for limit in limits if f" {limit:,} " not in said] == []


FIELDS = re.findall(r"^\| (\d+)\u2013(\d+) \| [^|]*\| (.*) \|$", PAGE, flags=re.MULTILINE)
"""The fields of a header: where each begins and ends, and what the page says that it is."""


@pytest.mark.parametrize(
    ("name", "front", "last"),
    [
        ("checkpoint", "", "checkpoint"),
        ("a" * 100, "", "a" * 100),
        (f"{'b' * 50}/{'c' * 100}", "b" * 50, "c" * 100),
        (f"{'b' * 155}/{'c' * 99}", "b" * 155, "c" * 99),
        (f"b/{'c' * 9}/{'d' * 99}", f"b/{'c' * 9}", "d" * 99),
    ],
)
def test_the_header_of_a_file_in_a_tar_is_as_the_page_says(name: str, front: str, last: str) -> None:
    made = bytearray(512)
    for start, end, says in FIELDS:
        values = "".join(re.findall(r"`([^`]*)`", says)).replace("·", "\0")
        told = {"0": last, "124": "00000002345\0", "345": front}.get(start, values)
        made[int(start) : int(end) + 1] = told.encode().ljust(int(end) + 1 - int(start), b"\0")
    made[156:157] = b"0"
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made)
    assert made == ustar.header(name, 0o2345)


def section(heading: str) -> str:
    """What stands under a heading."""
    found = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/formats.md has no heading “{heading}”"
    return found[1]
