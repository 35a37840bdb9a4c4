"""Threagile: technical assets become elements, trust boundaries zones, communication links links.

What a field of ours has no place for in Threagile stands in a tag of the form “field:value”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.adapters.inventories.tree_table import Model
from meterward.core.base.nearest import listed
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.system_described import ELEMENT, LINK
from meterward.core.records.unfit import short
from meterward.usecases.map_columns import FIELDS
from meterward.usecases.ports.inventories import Tables

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree

_LEFT = ("data_assets", "shared_runtimes", "individual_risk_categories", "risk_tracking")
UNKNOWN = "unknown-technology", "unknown-protocol"


def read_threagile(model: dict[str, Tree], name: str) -> Tables | list[Problem]:
    """The tables of a Threagile model."""
    reading = _Model(name)
    assets = [*reading.named(model.get("technical_assets"), "technical_assets")]
    zones = reading.zones(model.get("trust_boundaries"))
    ids = {reading.key(one, path): reading.subject(one, path) for path, _, one in assets}
    elements = [(path, reading.element(path, title, one, zones)) for path, title, one in assets]
    links = [
        (where, reading.link(where, title, link, ids, reading.subject(one, path)))
        for path, _, one in assets
        for where, title, link in reading.named(one.get("communication_links"), f"{path} / communication_links")
    ]
    tables = (reading.table(ELEMENT, "technical_assets", elements), reading.table(LINK, "links", links))
    left = [part for part in _LEFT if model.get(part)]
    boundaries = reading.named(model.get("trust_boundaries"), "trust_boundaries")
    if any(one.get("trust_boundaries_nested") for _, _, one in boundaries):
        left.append("trust_boundaries_nested")
    notes = [f"{name}: not taken, because no field has it: {', '.join(left)}."] if left else []
    if reading.other_tags:
        tags = listed([short(tag) for tag in sorted(reading.other_tags)])
        notes.append(f"{name}: tags that name no field were not taken: {tags}.")
    return reading.problems.told() or Tables("threagile", tables, tuple(notes))


class _Model(Model):
    """A Threagile model as it is read."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.other_tags: set[str] = set()

    def key(self, one: dict[str, Tree], path: str) -> str:
        """The id that a model refers to an asset by."""
        return self.text(one.get("id"), f"{path} / id")

    def subject(self, one: dict[str, Tree], path: str) -> str:
        """What names an asset here: its tag, else its id."""
        return self.tagged(one, path, ELEMENT).get(ELEMENT) or self.key(one, path)

    def tagged(self, one: dict[str, Tree], path: str, space: str) -> dict[str, str]:
        """The fields that tags name; a field that several tags name is a list."""
        found: dict[str, str] = {}
        for tag in self.texts(one.get("tags"), f"{path} / tags"):
            field, _, value = tag.partition(":")
            if field in FIELDS[space] and value:
                found[field] = f"{found[field]}; {value}" if field in found else value
            else:
                self.other_tags.add(tag)
        return found

    def zones(self, boundaries: Tree) -> dict[str, str]:
        """The title of the trust boundary around each asset, by the asset's id."""
        found: dict[str, str] = {}
        for path, title, one in self.named(boundaries, "trust_boundaries"):
            for asset in self.texts(one.get("technical_assets_inside"), f"{path} / technical_assets_inside"):
                if asset in found:
                    what = f"{short(asset)} lies in {short(found[asset])} too."
                    self.wrong(path, what, "Name each asset in one boundary.", Code.INVENTORY_NAME)
                found[asset] = title
        return found

    def element(self, path: str, title: str, one: dict[str, Tree], zones: dict[str, str]) -> dict[str, str]:
        """What is said of an asset."""
        tags, key = self.tagged(one, path, ELEMENT), self.key(one, path)
        technology = self.text(one.get("technology"), f"{path} / technology")
        native = {
            ELEMENT: key,
            "label": "" if title == tags.get(ELEMENT, key) else title,
            "type": "" if technology in UNKNOWN else technology,
            "party": self.text(one.get("owner"), f"{path} / owner"),
            "zone": zones.get(key, ""),
        }
        return native | tags

    def link(self, path: str, title: str, one: dict[str, Tree], ids: dict[str, str], source: str) -> dict[str, str]:
        """What is said of a communication link."""
        target = self.text(one.get("target"), f"{path} / target")
        protocol = self.text(one.get("protocol"), f"{path} / protocol")
        tags = self.tagged(one, path, LINK)
        native = {
            LINK: f"{source.removeprefix(f'{ELEMENT}/')} {title}",
            "source": source,
            "target": ids.get(target, target),
            "label": "" if title == tags.get(LINK) else title,
            "protocol": "" if protocol in UNKNOWN else protocol,
        }
        return native | tags
