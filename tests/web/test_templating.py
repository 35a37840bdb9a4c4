"""Words in templates: names between backticks are shown as code, and nothing else becomes markup."""

from __future__ import annotations

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.present.kind_words import domains
from meterward.web.templating import with_code
from tests.web.writers import Writer, words_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("see `law show` and `x`.", "see <code>law show</code> and <code>x</code>."),
        ("`<b>` & more", "<code>&lt;b&gt;</code> &amp; more"),
        ("one ` alone", "one ` alone"),
        ("", ""),
    ],
)
def test_names_between_backticks_are_code(text: str, shown: str) -> None:
    assert with_code(text) == shown


@pytest.mark.usefixtures("example_store")
def test_no_form_and_no_record_shows_a_backtick() -> None:
    writer = Writer()
    kinds = [kind for domain in domains() for kind in domain.kinds if "security_manager" in all_kinds()[kind].by]
    pages = [*(f"/append/{kind}" for kind in kinds), "/append", "/records/551", "/records/552"]
    found = [page for page in pages if "`" in words_of(writer.get(page))]
    assert len(pages) > 10
    assert found == []
