"""`docs/problems.md` explains every code that a problem can carry, and no other."""

from __future__ import annotations

import re

from meterward.core.base.problem import Code
from tests.docs.generate import ROOT

PAGE = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `([a-z0-9.-]+)`\n\n(.*?)(?=^#|\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))


def test_every_code_is_explained_and_no_other() -> None:
    assert set(SECTIONS) == {code.value for code in Code}


def test_every_code_is_carried_by_some_problem() -> None:
    sources = (ROOT / "src").rglob("*.py")
    carried = set(re.findall(r"\bCode\.([A-Z0-9_]+)", "".join(path.read_text(encoding="utf-8") for path in sources)))
    assert carried == set(Code.__members__)


def test_every_explanation_says_more_than_the_message() -> None:
    short = {code: text for code, text in SECTIONS.items() if len(text.split()) < 14}
    assert short == {}
