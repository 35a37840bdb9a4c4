"""Every link between documents leads somewhere, and every document is led to."""

from __future__ import annotations

import pytest

from tests.docs.documents import Document, documents
from tests.docs.generate import ROOT

DOCUMENTS = documents()
BY_PATH = {document.path: document for document in DOCUMENTS}
OUTSIDE = ("https://",)


def dead(document: Document, target: str) -> str:
    """What is wrong with a link; empty if nothing is."""
    path, _, fragment = target.partition("#")
    found = (document.path.parent / path).resolve() if path else document.path
    if not found.exists():
        return f"{document.name}: {target} is not there"
    if found not in BY_PATH:
        return f"{document.name}: {target} has headings only in a document" if fragment else ""
    if fragment and fragment not in BY_PATH[found].anchors():
        return f"{document.name}: {target} has no such heading"
    return ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Document) -> None:
    inside = [target for target in document.links() if not target.startswith(OUTSIDE)]
    assert [found for target in inside if (found := dead(document, target))] == []


def test_every_document_is_led_to() -> None:
    reached = {
        (document.path.parent / target.partition("#")[0]).resolve()
        for document in DOCUMENTS
        for target in document.links()
        if not target.startswith((*OUTSIDE, "#"))
    }
    assert [document.name for document in DOCUMENTS if document.path not in {*reached, ROOT / "README.md"}] == []


def test_the_documents_that_everybody_looks_for_are_there() -> None:
    wanted = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"}
    assert wanted - {document.name for document in DOCUMENTS} == set()
