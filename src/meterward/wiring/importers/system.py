"""Import of the system: elements, links and populations of any inventory, and bills of materials."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Problem
from meterward.core.records.kinds import system_described
from meterward.core.records.roles import Role
from meterward.core.system.difference import Difference, row_of
from meterward.core.system.model import together
from meterward.present.system_differs import SystemDiffers
from meterward.usecases.attach_bill import attach_bill
from meterward.usecases.describe_system import compare_system, lines_of
from meterward.usecases.draw_inventory import draw
from meterward.usecases.map_columns import SYSTEM
from meterward.usecases.say_lines import Saying
from meterward.wiring.bringing import statement_of
from meterward.wiring.describing import Wanted, system_told
from meterward.wiring.importers.importer import Act, Compared, Given, Importing, Says, Taken

if TYPE_CHECKING:
    from meterward.core.system.model import Drawn
    from meterward.usecases.ports import Head, PersonKept
    from meterward.usecases.ports.inventories import Read, Tables

_BILL = "cyclonedx"
_TABLE = (
    "A row for each element, link or group of devices, with one row of headers. What each column is you can say on the "
    "next page."
)


class SystemImporter:
    """See `Importer`."""

    kind = system_described.KIND
    layout = SYSTEM
    says = Says(
        section="system",
        macros="system_macros.html",
        sub="Tell of the system from the lists that you have. You see what changes before anything is told.",
        day="The day of which the file tells; from then on the system is as it says.",
        reads=(
            (
                "A table (CSV, XLSX)",
                _TABLE,
            ),
            ("A threat model (Open Threat Model, Threagile)", "Its components, zones and flows."),
            (
                "A bill of materials (CycloneDX, JSON)",
                "For one element: its digest, and how many components it lists.",
            ),
        ),
        accept=".csv,.tsv,.txt,.xlsx,.json,.yaml,.yml,.otm",
        home=("system/map", "To the map"),
        compared="the system as it is told so far",
    )

    def take(self, given: Given) -> Taken:
        """See `Importer.take`."""
        wanted = given.wanted
        systems = {licence: system_told(given.store, given.head, licence) for licence in wanted.licences}
        told = systems[wanted.licences[0]].told(wanted.day)
        tables = AnyFormat().tables(given.file, wanted.name)
        given.file.seek(0)
        if isinstance(tables, list):
            return Taken("", (), tables)
        read = _read(given, tables, told)
        given.was_read()
        taken = Taken(tables.source, tables.tables, [], whose=_whose(tables, told))
        if isinstance(read, list):
            return taken._replace(result=read)
        read = read._replace(drawn=together((told, read.drawn))) if wanted.leaves else read
        found = compare_system(systems, wanted.day, read.drawn, read.spaces)
        if isinstance(found, list):
            return taken._replace(result=found, notes=read.notes)
        return taken._replace(result=Compared(found, SystemDiffers(found, told), _mark(found, told)), notes=read.notes)

    def act(self, head: Head, wanted: Importing, owner: PersonKept, taken: Taken) -> Act | list[Problem]:
        """See `Importer.act`."""
        if isinstance(taken.result, list):
            return taken.result
        saying_of = Wanted(head.keeper, Path(wanted.name), wanted.day, licences=wanted.licences)
        statement = statement_of(head, saying_of, owner, Role(wanted.role))
        salts = lambda: (fresh_salt(), fresh_salt())  # noqa: E731 - two of them, each time
        saying = Saying(statement, taken.source, salts, wanted.note, {wanted.name: wanted.file})
        return Act(lines_of(taken.result.found, saying))


def _read(given: Given, tables: Tables, told: Drawn) -> Read | list[Problem]:
    wanted = given.wanted
    if tables.source != _BILL:
        return draw(tables, wanted.mapping_of(tables.tables), told.elements)
    bill = AnyFormat().read(given.file, wanted.name)
    if isinstance(bill, list) or not wanted.element:
        return bill if isinstance(bill, list) else []
    attached = attach_bill(bill, told, wanted.element)
    return [attached] if isinstance(attached, Problem) else attached


def _whose(tables: Tables, told: Drawn) -> dict[str, str]:
    elements = told.elements if tables.source == _BILL else {}
    return {name: elements[name].label or name for name in sorted(elements)}


def _mark(found: Difference, before: Drawn) -> str:
    mark = sha256(repr((found.added, found.changed, found.gone)).encode())
    for name in found.added:
        mark.update(repr(row_of(found.now, name)).encode())
    for one in found.changed:
        mark.update(repr((row_of(before, one.name), row_of(found.now, one.name))).encode())
    return mark.hexdigest()
