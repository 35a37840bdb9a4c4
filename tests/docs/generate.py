"""Write the generated pages anew: `make docs`, or `python -m tests.docs.generate`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.docs.facts_page import facts_page
from tests.docs.kinds_page import kinds_page
from tests.docs.law_page import law_page
from tests.docs.scenarios_page import scenarios_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/kinds.md": kinds_page,
    "docs/law.md": law_page,
    "docs/facts.md": facts_page,
    "docs/scenarios.md": scenarios_page,
}


SHOWING = ("docs/commands.md", "docs/guide/first-hour.md", "docs/guide/system.md")
"""The pages that show commands with their output."""


def main() -> None:
    """Write every page."""
    from tests.docs.transcripts import renewed  # noqa: PLC0415 - it needs the command line, which the pages do not

    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
    for name in SHOWING:
        with TemporaryDirectory() as folder:
            page = ROOT / name
            page.write_text(renewed(page.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
