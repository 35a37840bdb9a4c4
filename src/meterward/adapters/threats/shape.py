"""Values of JSON that have to be of some shape: taken as that, or told as a problem with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree

Group: TypeAlias = "dict[str, Tree]"
MOST_TOLD = 20
"""So many problems are told of one file: what made one made them all."""
LONGEST_TEXT = 2_000


class Shape:
    """What is taken from one file, and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def wrong(self, path: str, what: str, hint: str, code: Code = Code.THREATS_VALUE) -> None:
        """Keep a problem, unless there are enough."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(code, what, hint, f"{self.name}, {path}" if path else self.name))

    def group(self, value: Tree, path: str) -> Group:
        """A group of named values."""
        if isinstance(value, dict):
            return value
        self.wrong(path, f"A group of named values is expected here, and there is {_said(value)}.", _AS_PUBLISHED)
        return {}

    def groups(self, value: Tree, path: str) -> list[tuple[Group, str]]:
        """Each group of a list with its path; nothing where there is no list."""
        return [(self.group(one, f"{path}[{place}]"), f"{path}[{place}]") for place, one in self._list(value, path)]

    def texts(self, value: Tree, path: str) -> list[str]:
        """The texts of a list."""
        return [self.text(one, f"{path}[{place}]") for place, one in self._list(value, path)]

    def text(self, value: Tree, path: str, *, needed: bool = True) -> str:
        """A text; if it is needed, one that says something."""
        if value is None and not needed:
            return ""
        if isinstance(value, str) and (value.strip() or not needed):
            return value.strip()[:LONGEST_TEXT]
        self.wrong(path, f"A text is expected here, and there is {_said(value)}.", _AS_PUBLISHED)
        return ""

    def _list(self, value: Tree, path: str) -> list[tuple[int, Tree]]:
        if value is None:
            return []
        if isinstance(value, list):
            return [*enumerate(value)]
        self.wrong(path, f"A list is expected here, and there is {_said(value)}.", _AS_PUBLISHED)
        return []


_AS_PUBLISHED = "Give the file as it was published."


def _said(value: Tree) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "a text" if value.strip() else "an empty text"
    if isinstance(value, dict | list):
        return "a group" if isinstance(value, dict) else "a list"
    return "a truth value"
