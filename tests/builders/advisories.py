"""Advisories, catalogues and bundles, small and as their formats want them; and what is read of files of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterward.adapters.threats.any_source import AnySource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.base.problem import Problem
    from meterward.usecases.ports.threats import Intelligence

PUBLISHED = Path(__file__).parents[1] / "vectors" / "threats"
KEV = PUBLISHED / "kev.json"
SINEC = PUBLISHED / "icsa-22-069-03.json"


def named(product: str = "P1", name: str = "Head End", **helper: str) -> dict[str, Any]:
    """A product by its full name, with what identifies it."""
    return {"product_id": product, "name": name, "product_identification_helper": helper}


def branch(category: str, name: str, *inner: dict[str, Any], product: str = "") -> dict[str, Any]:
    """A branch of a tree of products."""
    ends = {"product": named(product, name)} if product else {}
    return {"category": category, "name": name, "branches": [*inner], **ends}


def advisory(name: str = "A-1", products: Iterable[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """An advisory about products, by their full names; `status` says which are how of one weakness."""
    status = more.pop("status", {"known_affected": ["P1"]})
    return {
        "document": {"csaf_version": "2.0", "title": f"Title of {name}", "tracking": {"id": name}},
        "product_tree": {"full_product_names": [*products] or [named()]},
        "vulnerabilities": [{"cve": "CVE-2024-0001", "product_status": status}],
        **more,
    }


def entry(cve: str = "CVE-2024-0001", vendor: str = "Maker", product: str = "Head End") -> dict[str, Any]:
    """An entry of the catalogue of what is exploited."""
    return {"cveID": cve, "vendorProject": vendor, "product": product, "vulnerabilityName": f"{product} Weakness"}


def catalogue(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """That catalogue."""
    return {"catalogVersion": "2024.01.01", "count": len(entries), "vulnerabilities": [*entries], **more}


def technique(key: str, external: str, kind: str = "attack-pattern", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A technique of ATT&CK, or a mitigation."""
    references = [{"source_name": "mitre-attack", "external_id": external}]
    return {
        "type": kind,
        "id": f"{kind}--{key}",
        "name": f"Name of {external}",
        "external_references": references,
        **more,
    }


def related(kind: str, source: str, target: str) -> dict[str, Any]:
    """What joins two objects."""
    ends = {"source_ref": source, "target_ref": target}
    return {"type": "relationship", "id": f"relationship--{kind}-{source}-{target}", "relationship_type": kind, **ends}


def bundle(*objects: dict[str, Any]) -> dict[str, Any]:
    """A STIX bundle."""
    return {"type": "bundle", "id": "bundle--1", "objects": [*objects]}


def written(path: Path, value: object) -> Path:
    """A file with a value as JSON, or with bytes or a text as they are."""
    raw = (
        value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def read(*paths: Path) -> tuple[Intelligence, ...]:
    """What sound files come to."""
    found = AnySource().read(paths)
    assert not isinstance(found, list), found
    return found


def refused(*paths: Path) -> list[Problem]:
    """What is wrong with files that are not."""
    found = AnySource().read(paths)
    assert isinstance(found, list)
    return found
