"""YAML of unknown origin as plain values: texts, lists and groups, within bounds of size, depth and what aliases do.

It is made from the events of the parser, so that nothing is ever built that the bounds forbid, and no tag makes an
object of anything. A value stays the text that it is: “no” is not false here, and a day is not read by YAML's rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from meterward.adapters.inventories.json_tree import MOST_DEPTH, MOST_VALUES, too_deep, too_many
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_ALIASES = 10_000
_NOTHING = {"", "~", "null", "Null", "NULL"}
_MERGE = "<<"
_OWN = "tag:yaml.org,2002:"


class _RefusedError(Exception):
    """The file is refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Open:
    """A list or a group that is being read."""

    def __init__(self, anchor: str | None, before: int, *, group: bool) -> None:
        self.anchor, self.before, self.group = anchor, before, group
        self.items: list[Tree] = []
        self.keys: dict[str, Tree] = {}
        self.key: str | None = None


class _Reading:
    """The values as the events tell them, and how many they unfold to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[_Open] = []
        self.named: dict[str, tuple[Tree, int]] = {}
        self.values = self.aliases = self.documents = 0
        self.found: Tree = None

    def take(self, event: yaml.Event) -> None:
        """One event."""
        self.line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(str(event.anchor))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(Code.INVENTORY_DAMAGED, "A second document begins.", "Keep one model in one file.")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._untagged(event.tag)
        self.values += 1
        value = None if not event.style and event.value in _NOTHING else event.value
        if event.anchor:
            self.named[event.anchor] = (value, 1)
        self._put(value)

    def _begin(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        self._untagged(event.tag)
        if len(self.open) >= MOST_DEPTH:
            raise _RefusedError(too_deep(self.name, self.line))
        self.open.append(_Open(event.anchor, self.values, group=isinstance(event, yaml.MappingStartEvent)))
        self.values += 1

    def _end(self) -> None:
        one = self.open.pop()
        value: Tree = self._merged(one.keys) if one.group else one.items
        if one.anchor:
            self.named[one.anchor] = (value, self.values - one.before)
        self._put(value)

    def _alias(self, anchor: str) -> None:
        self.aliases += 1
        if anchor not in self.named:
            self._refuse(Code.INVENTORY_DAMAGED, f"The alias *{anchor} stands for nothing yet.", "Write it out.")
        value, weight = self.named[anchor]
        self.values += weight
        if self.values > MOST_VALUES or self.aliases > MOST_ALIASES:
            what = f"Its aliases unfold to more than {MOST_VALUES:,} values, as those of “billion laughs” do."
            if self.aliases > MOST_ALIASES:
                what = f"It has more than {MOST_ALIASES:,} aliases, as files of “billion laughs” have."
            self._refuse(Code.INVENTORY_BOUNDS, what, "Write out what the aliases stand for.")
        self._put(value)

    def _put(self, value: Tree) -> None:
        if self.values > MOST_VALUES:
            raise _RefusedError(too_many(self.name))
        if not self.open:
            self.found = value
            return
        one = self.open[-1]
        if not one.group:
            one.items.append(value)
        elif one.key is None:
            one.key = self._key(value, one.keys)
        else:
            one.keys[one.key], one.key = value, None

    def _key(self, value: Tree, keys: dict[str, Tree]) -> str:
        if not isinstance(value, str):
            self._refuse(Code.INVENTORY_DAMAGED, "A key is no text.", "Write each key as one text.")
        if value in keys:
            what = f"The key {short(str(value))} stands twice in one group."
            self._refuse(Code.INVENTORY_DAMAGED, what, "Keep the one that is meant.")
        return str(value)

    def _merged(self, keys: dict[str, Tree]) -> dict[str, Tree]:
        """A group with those that it merges by “<<”: what it says itself comes first, then the first of them."""
        if _MERGE not in keys:
            return keys
        merged = keys.pop(_MERGE)
        for one in merged if isinstance(merged, list) else [merged]:
            if not isinstance(one, dict):
                self._refuse(Code.INVENTORY_DAMAGED, "What “<<” merges is no group.", "Name groups of fields there.")
            else:
                self.values += len(one)
                keys = one | keys
        return keys

    def _untagged(self, tag: str | None) -> None:
        if tag and tag != "!" and not tag.startswith(_OWN):
            self._refuse(Code.INVENTORY_BOUNDS, f"It has the tag {short(tag)}.", "A model has no tags: remove it.")
        if tag and tag.startswith(f"{_OWN}python"):
            self._refuse(Code.INVENTORY_BOUNDS, f"The tag {short(tag)} would run a program.", "Remove it.")

    def _refuse(self, code: Code, what: str, hint: str) -> None:
        raise _RefusedError(Problem(code, what, hint, self.name, self.line))


def read_yaml(text: str, name: str) -> Tree | Problem:
    """The values of a YAML text."""
    reading = _Reading(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reading.take(event)
    except _RefusedError as refused:
        return refused.problem
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
        line = mark.line + 1 if mark else 0
        return Problem(Code.INVENTORY_DAMAGED, f"It is not sound YAML: {why}.", "Mend it there.", name, line)
    return reading.found
