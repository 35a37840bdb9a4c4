"""Import of the risk register: tables of risks with their estimates, of measures, and of treatments."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.records.kinds import risk_identified
from meterward.core.records.roles import Role
from meterward.present.register_differs import RegisterDiffers
from meterward.usecases.compare_register import placed
from meterward.usecases.read_register import shows_context
from meterward.usecases.register_columns import LAYOUT
from meterward.wiring.bringing import Author
from meterward.wiring.importers.importer import Act, Compared, Given, Importing, Says, Taken
from meterward.wiring.installed import installation
from meterward.wiring.registering import differing, said_by

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem
    from meterward.usecases.ports import Head, PersonKept

_SPREADSHEET = (
    "A sheet of risks with their estimates, one of measures, one of treatments: such as the register page gives away, "
    "changed wherever you like. The sheet of the scales is there to be looked at, and not read back."
)


class RegisterImporter:
    """See `Importer`."""

    kind = risk_identified.KIND
    layout = LAYOUT
    says = Says(
        section="risks",
        macros="risk_macros.html",
        sub="Tell of risks, estimates and measures from a spreadsheet. You see what changes before anything is told.",
        day="From then on the register is as the file says; its estimates are those of that day.",
        reads=(
            (
                "A spreadsheet (XLSX)",
                _SPREADSHEET,
            ),
            (
                "A table (CSV)",
                "One of the three, with a row of headers. What each column is you can say on the next page.",
            ),
            (
                "What it leaves out",
                "Stays as it is: a risk leaves the register by a reason in its row, under “ended because”.",
            ),
        ),
        accept=".csv,.tsv,.txt,.xlsx",
        home=("risks", "To the register"),
        compared="the register as it is told so far",
        whole=False,
        noted=False,
    )

    def take(self, given: Given) -> Taken:
        """See `Importer.take`."""
        tables = AnyFormat().tables(given.file, given.wanted.name)
        given.was_read()
        if isinstance(tables, list):
            return Taken("", (), tables)
        found = differing(given.store, given.head, given.wanted, tables, given.wanted.mapping_of(tables.tables))
        taken = Taken(tables.source, [one for one in tables.tables if not shows_context(one)], [])
        if isinstance(found, list):
            return taken._replace(result=found)
        read, difference = found
        mark = sha256(
            repr(
                [(one.what, one.kind.name, one.subject, one.facts, one.text, one.link) for one in difference.changes]
            ).encode()
        ).hexdigest()
        notes = (*read.notes, *difference.notes)
        return taken._replace(result=Compared(difference, RegisterDiffers(difference), mark), notes=notes)

    def act(self, head: Head, wanted: Importing, owner: PersonKept, taken: Taken) -> Act | list[Problem]:
        """See `Importer.act`."""
        if isinstance(taken.result, list):
            return taken.result
        author = Author(owner, Role(wanted.role), frozenset(installation().roles(head.ledger, owner)))
        lines = said_by(head, wanted, author, taken.result.found, {wanted.name: wanted.file})
        if isinstance(lines, list):
            return lines
        return Act([*lines], partial(placed, taken.result.found))
