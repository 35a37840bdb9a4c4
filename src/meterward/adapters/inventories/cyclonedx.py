"""CycloneDX 1.4 to 1.6 as JSON: the bill of materials of one element, read component by component.

Only the list of components is decoded, one at a time; whatever else a bill holds is stepped over, so that memory stays
near the size of the file.
"""

from __future__ import annotations

import re
from hashlib import sha256
from json.decoder import scanstring  # type: ignore[attr-defined]  # the decoder's own reader of texts
from typing import TYPE_CHECKING

from meterward.adapters.inventories.json_tree import loads
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short
from meterward.usecases.ports.inventories import Bill, Component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.adapters.inventories.json_tree import Tree

VERSIONS = "1.4", "1.5", "1.6"
MARK = re.compile(r'"bomFormat"\s*:\s*"CycloneDX"')
MOST_COMPONENTS = 500_000
_LARGEST_ONE = 8 * 2**20
_DEEPEST = 200
_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = re.compile(r'"(?:[^"\\]++|\\.)*+"|["\[\]{}]', re.DOTALL)
"""A text, or a bracket; a quotation mark alone if it is never closed, so that nobody looks for its end again."""
_PLAIN = re.compile(r"[-+.0-9A-Za-z]+")


class _BrokenError(Exception):
    """The file is no sound JSON, or beyond bounds."""

    def __init__(self, what: str, code: Code = Code.INVENTORY_DAMAGED, path: str = "") -> None:
        super().__init__(what)
        self.code, self.path = code, path


def read_bill(raw: bytes, text: str, name: str) -> Bill | list[Problem]:
    """The bill of materials that a file is, or what is wrong with it."""
    walk = _Walk(text)
    try:
        walk.take()
    except _BrokenError as broken:
        where = f"{name}, {broken.path}" if broken.path else name
        hint = "Export the bill of materials again, with the components of one element."
        return [Problem(broken.code, str(broken), hint, where)]
    if walk.head.get("bomFormat") != "CycloneDX" or walk.head.get("specVersion") not in VERSIONS:
        what = f"It is of CycloneDX {short(str(walk.head.get('specVersion', '')))}, and {', '.join(VERSIONS)} are read."
        return [Problem(Code.INVENTORY_UNKNOWN, what, "Export it in one of these versions, as JSON.", name)]
    return Bill(sha256(raw).hexdigest(), tuple(walk.components))


class _Walk:
    """A walk through the text of a bill."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.head: dict[str, Tree] = {}
        self.components: list[Component] = []

    def take(self) -> None:
        """Go through the fields of the bill, one by one."""
        place, keys = self._after("{", self._on(0)), set[str]()
        while not self._is("}", place):
            key, place = self._key(place)
            if key in keys:
                raise _BrokenError(f"It is not sound JSON: {short(key)} stands in it twice.")
            keys.add(key)
            place = self._value(key, place)
            place = self._on(self._after(",", place)) if self._is(",", place) else place
            if not self._is("}", place) and not self._is('"', place):
                raise _BrokenError(f"It is not sound JSON at character {place + 1:,}.")
        if self._on(place + 1) != len(self.text):
            raise _BrokenError("Something follows the end of the bill.")

    def _value(self, key: str, place: int) -> int:
        if key == "components" and self._is("[", place):
            return self._list(place)
        end = self._end(place)
        if key in ("bomFormat", "specVersion"):
            self.head[key] = self._decoded(place, end)
        return self._on(end)

    def _list(self, place: int) -> int:
        place = self._on(place + 1)
        count = 0
        while not self._is("]", place):
            end = self._end(place)
            for one in self._flat(self._decoded(place, end), f"components[{count}]"):
                self.components.append(one)
                if len(self.components) > MOST_COMPONENTS:
                    raise _BrokenError(f"It lists more than {MOST_COMPONENTS:,} components.", Code.INVENTORY_BOUNDS)
            place, count = self._on(end), count + 1
            if not self._is("]", place):
                place = self._on(self._after(",", place))
        return self._on(place + 1)

    def _flat(self, found: Tree, path: str) -> Iterator[Component]:
        """A component, and those that it is made of."""
        waiting = [(found, path)]
        while waiting:
            one, where = waiting.pop()
            if not isinstance(one, dict) or not isinstance(name := one.get("name"), str):
                raise _BrokenError("A component has no name.", Code.INVENTORY_VALUE, where)
            inner = one.get("components") or []
            if not isinstance(inner, list):
                raise _BrokenError("Its components are not a list.", Code.INVENTORY_VALUE, where)
            version, purl, cpe = (str(one.get(field) or "") for field in ("version", "purl", "cpe"))
            yield Component(name, version, purl, cpe, _supplier(one))
            waiting += [(part, f"{where}.components[{at}]") for at, part in enumerate(inner)][::-1]

    def _decoded(self, place: int, end: int) -> Tree:
        if end - place > _LARGEST_ONE:
            raise _BrokenError("One component is larger than 8 MiB.", Code.INVENTORY_BOUNDS)
        try:
            return loads(self.text[place:end])
        except (ValueError, RecursionError) as error:
            raise _BrokenError(f"It is not sound JSON after character {place + 1:,}: {error}.") from None

    def _end(self, place: int) -> int:
        """Where the value that begins here ends; nothing of it is kept."""
        if not self._is("{", place) and not self._is("[", place):
            return self._text(place)[1] if self._is('"', place) else self._plain(place)
        depth = 0
        for step in _STEP.finditer(self.text, place):
            mark = self.text[step.start()]
            if mark == step[0] == '"':
                raise _BrokenError("It breaks off: a quotation mark is never closed.")
            depth += (mark in "[{") - (mark in "]}")
            if depth > _DEEPEST:
                raise _BrokenError("Its groups lie too deep within each other.", Code.INVENTORY_BOUNDS)
            if depth == 0:
                return step.end()
        raise _BrokenError("It breaks off: a bracket is never closed.")

    def _plain(self, place: int) -> int:
        found = _PLAIN.match(self.text, place)
        if not found:
            raise _BrokenError(f"It is not sound JSON at character {place + 1:,}.")
        return found.end()

    def _key(self, place: int) -> tuple[str, int]:
        key, place = self._text(place)
        return key, self._on(self._after(":", self._on(place)))

    def _text(self, place: int) -> tuple[str, int]:
        self._after('"', place)
        try:
            found: tuple[str, int] = scanstring(self.text, place + 1)
        except ValueError as error:
            raise _BrokenError(f"It is not sound JSON: {error}.") from None
        return found

    def _is(self, mark: str, place: int) -> bool:
        return self.text.startswith(mark, place)

    def _after(self, mark: str, place: int) -> int:
        if not self._is(mark, place):
            raise _BrokenError(f"It is not sound JSON: no “{mark}” at character {place + 1:,}.")
        return self._on(place + 1)

    def _on(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found else place


def _supplier(one: dict[str, Tree]) -> str:
    """Who supplies a component; if nobody is said to, who publishes it."""
    found = one.get("supplier")
    name = found.get("name") if isinstance(found, dict) else None
    return str(name or one.get("publisher") or "")
