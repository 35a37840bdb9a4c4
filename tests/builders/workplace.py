"""A person at a desk in the browser's place: asks for pages of the example licensee and reads them as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import html5lib

from meterward.wiring.example_store import LEDGER
from tests.builders.desks import browser_of
from tests.builders.stores import EXAMPLE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from django.test.client import _MonkeyPatchedWSGIResponse

HTML = "{http://www.w3.org/1999/xhtml}"
AS_AT = EXAMPLE_DAY.isoformat()


class Page:
    """An answer, read as strictly as a validator would."""

    def __init__(self, response: _MonkeyPatchedWSGIResponse) -> None:
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.text = response.content.decode()
        self.tree: ET.Element = html5lib.HTMLParser(strict=bool(self.text)).parse(self.text)

    def all(self, name: str, /, **attributes: str) -> Iterator[ET.Element]:
        """Every element of a name with some attributes (`class_` for class: one of its names)."""
        for element in self.tree.iter(f"{HTML}{name}"):
            classes = element.get("class", "").split()
            others = {key: value for key, value in attributes.items() if key != "class_"}
            if attributes.get("class_") in (None, *classes) and all(element.get(k) == v for k, v in others.items()):
                yield element

    def one(self, name: str, /, **attributes: str) -> ET.Element:
        """The only element of a name with some attributes."""
        (found,) = self.all(name, **attributes)
        return found

    def texts(self, name: str, /, **attributes: str) -> list[str]:
        """The words of every such element."""
        return [words(element) for element in self.all(name, **attributes)]

    def links(self, within: str = "main") -> dict[str, str]:
        """Address by words of every link; of several with the same words the last."""
        inside = next(self.all(within))
        return {words(link): link.get("href", "") for link in inside.iter(f"{HTML}a")}


class Seat:
    """Somebody who is signed in."""

    def __init__(self, name: str = "security") -> None:
        self.client = browser_of(name)

    def get(self, path: str = "", **query: object) -> Page:
        """A page of the ledger."""
        return self.at(f"/{LEDGER}/{path}", **query)

    def at(self, address: str, **query: object) -> Page:
        """A page."""
        asked = f"{'&' if '?' in address else '?'}{urlencode(query, doseq=True)}" if query else ""
        return Page(self.client.get(f"{address}{asked}"))

    def post(self, address: str, **said: str) -> Page:
        """What is answered to a form."""
        return Page(self.client.post(address, said))


def words(element: ET.Element) -> str:
    """The text of an element, spaces evened out."""
    return " ".join("".join(element.itertext()).split())


def shown(page: Page) -> str:
    """The page in words."""
    assert page.status == 200, words(page.one("main"))
    return words(page.one("main"))


def typed(page: Page) -> dict[str, str]:
    """What a form has in its fields; of what can be chosen, what is."""
    found = {one.get("name", ""): one.get("value", "") for one in page.all("input") if one.get("type") != "checkbox"}
    for select in page.all("select"):
        chosen = [one.get("value", "") for one in select.iter() if one.get("selected") is not None]
        found[select.get("name", "")] = chosen[0] if chosen else ""
    return found | {one.get("name", ""): words(one) for one in page.all("textarea")}


def sent(seat: Seat, address: str, **said: object) -> Page:
    """What comes of a form, where it leads."""
    answer = Page(seat.client.post(address, said))
    return seat.at(answer.location) if answer.status == 302 else answer
