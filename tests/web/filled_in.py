"""A form as a browser would send it: every field of a page with what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser


class Filled(HTMLParser):
    """Collects the fields of the form that a record is written in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pairs: dict[str, list[str]] = {}
        self._inside = False
        self._select, self._textarea = "", ""
        self._text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "write" in given.get("class", "")
        if not self._inside:
            return
        if tag == "input" and "name" in given:
            box = given.get("type") in ("checkbox", "radio")
            if (not box or "checked" in given) and given.get("type") != "file":
                self._add(given["name"], given.get("value", "on" if box else ""))
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given["value"])
        elif tag == "textarea":
            self._textarea, self._text = given["name"], []

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self._add(self._textarea, "".join(self._text).removeprefix("\n").replace("\n", "\r\n"))
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def _add(self, name: str, value: str) -> None:
        self.pairs.setdefault(name, []).append(value)
