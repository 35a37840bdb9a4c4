"""Write the generated pages anew: `make docs`, or `python -m tests.docs.generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.docs.facts_page import facts_page
from tests.docs.kinds_page import kinds_page
from tests.docs.law_page import law_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/kinds.md": kinds_page,
    "docs/law.md": law_page,
    "docs/facts.md": facts_page,
}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
