"""What the engine is asked, in its language: how each table is declared, what is wrong in it, and how both compare."""

from __future__ import annotations

from typing import NamedTuple

_FUEL = "ENUM('gas', 'electricity')"
_STATE = "ENUM('trial', 'live', 'suspended', 'decommissioned')"
_NAMED = "regexp_full_match({0}, '[A-Za-z0-9][A-Za-z0-9._:/()-]{{0,63}}')"
_NAME_HINT = "A name begins with a letter or a digit, and has at most 64 of these, or of ._:/()-."
_DAY_HINT = "Write a day as YYYY-MM-DD."
_FUEL_HINT = "Write gas or electricity."


class Wrong(NamedTuple):
    """What a row must not have: in which column, when, and what is said of it."""

    column: str
    when: str
    message: str
    hint: str


class Declared(NamedTuple):
    """A table: its columns with their types, and what would be wrong."""

    name: str
    columns: dict[str, str]
    wrong: tuple[Wrong, ...]

    @property
    def hints(self) -> dict[str, str]:
        """What would be right in each column, by its type."""
        said = {_FUEL: _FUEL_HINT, _STATE: "Write trial, live, suspended or decommissioned.", "DATE": _DAY_HINT}
        return {column: said.get(kind, _NAME_HINT) for column, kind in self.columns.items()}


def _empty(column: str, hint: str) -> Wrong:
    return Wrong(column, f"{column} IS NULL", "There is nothing readable in it.", hint)


def _no_name(column: str) -> Wrong:
    return Wrong(column, f"NOT {_NAMED.format(column)}", "“{0}” is no name.", _NAME_HINT)


FEED = Declared(
    "feed",
    {"premises": "VARCHAR", "fuel": _FUEL, "gained": "DATE", "lost": "DATE"},
    (
        _empty("premises", _NAME_HINT),
        _no_name("premises"),
        _empty("fuel", _FUEL_HINT),
        _empty("gained", _DAY_HINT),
        Wrong("lost", "lost < gained", "“{0}” is before the day of gain.", "Nobody is lost before being gained."),
    ),
)
INVENTORY = Declared(
    "inventory",
    {
        "premises": "VARCHAR",
        "device": "VARCHAR",
        "fuel": _FUEL,
        "state": _STATE,
        "installed": "DATE",
        "removed": "DATE",
    },
    (
        _no_name("premises"),
        _empty("device", _NAME_HINT),
        _no_name("device"),
        _empty("fuel", _FUEL_HINT),
        _empty("state", "Write trial, live, suspended or decommissioned."),
        _empty("installed", _DAY_HINT),
        Wrong("removed", "removed < installed", "“{0}” is before the day of installation.", "Mend one of both days."),
    ),
)

COMPARE = (
    # The day of gain counts, the day of loss does not. Spells that overlap are one supply.
    """
    CREATE TABLE supplied AS
    SELECT premises, fuel, count(*) AS spells,
           min(gained) = max(gained) AND min(coalesce(lost, 'infinity')) = max(coalesce(lost, 'infinity')) AS alike
    FROM feed
    WHERE gained <= $day AND (lost IS NULL OR $day < lost) AND list_contains($fuels, fuel::VARCHAR)
    GROUP BY premises, fuel
    """,
    # What was removed on the day is no longer there on it.
    """
    CREATE TABLE there AS
    SELECT premises, fuel, device
    FROM inventory
    WHERE installed <= $day AND (removed IS NULL OR $day < removed)
      AND state <> 'decommissioned' AND list_contains($fuels, fuel::VARCHAR)
    """,
    # A device that is listed twice at one place is one device.
    """
    CREATE TABLE fitted AS
    SELECT premises, fuel, min(device) <> max(device) AS several
    FROM there
    WHERE premises IS NOT NULL
    GROUP BY premises, fuel
    """,
    """
    CREATE TABLE served AS
    SELECT premises, fuel, spells, alike, several
    FROM supplied LEFT JOIN fitted USING (premises, fuel)
    """,
    "CREATE TABLE nobody AS SELECT premises, fuel, device FROM there ANTI JOIN supplied USING (premises, fuel)",
)

COUNT = """
    SELECT count(*), count(*) FILTER (NOT several), count(*) FILTER (several IS NULL), count(*) FILTER (several),
           (SELECT count(*) FROM there WHERE fuel = $fuel),
           (SELECT count(*) FROM nobody WHERE fuel = $fuel)
    FROM served WHERE fuel = $fuel
"""

SPELLS = "SELECT count(*) FILTER (spells > 1 AND alike), count(*) FILTER (spells > 1 AND NOT alike) FROM served"

UNMATCHED = """
    COPY (
        SELECT 'no_metering_system' AS reason, fuel::VARCHAR AS fuel, premises, NULL AS devices
        FROM served WHERE several IS NULL
        UNION ALL
        SELECT 'several_metering_systems', fuel::VARCHAR, premises, string_agg(DISTINCT device, ' ' ORDER BY device)
        FROM there SEMI JOIN (FROM served WHERE several) USING (premises, fuel) GROUP BY ALL
        UNION ALL
        SELECT 'supplies_nobody', fuel::VARCHAR, premises, device FROM nobody
        ORDER BY ALL
    ) TO {file} (FORMAT csv, HEADER, DELIMITER ',')
"""

PARQUET_ROWS = """
    SELECT greatest(
        (SELECT sum(num_rows::HUGEINT) FROM parquet_file_metadata($path)),
        (SELECT sum(rows::HUGEINT)
         FROM (SELECT DISTINCT row_group_id, row_group_num_rows AS rows FROM parquet_metadata($path)))
    )
"""
"""How many rows a Parquet file says it has, as a whole or group by group, whichever is more."""

PROBLEMS = """
    SELECT line, column_name, error_type::VARCHAR
    FROM {table}_errors ORDER BY line, column_name LIMIT {most}
"""


def read_csv(table: Declared, columns: tuple[str, ...]) -> str:
    """Read a CSV, of which everything is said: the engine guesses nothing, and keeps what it cannot read."""
    types = [(one if one in table.columns else f"other_{place}") for place, one in enumerate(columns)]
    declared = ", ".join(
        "'{}': '{}'".format(one, table.columns.get(one, "VARCHAR").replace("'", "''")) for one in types
    )
    return f"""
        CREATE TABLE {table.name} AS SELECT {", ".join(table.columns)}
        FROM read_csv($path, auto_detect = false, header = true, compression = 'none', delim = $delimiter, quote = '"',
                      escape = '"', nullstr = '', dateformat = '%Y-%m-%d', max_line_size = $longest,
                      store_rejects = true, rejects_limit = $most, rejects_table = '{table.name}_errors',
                      rejects_scan = '{table.name}_scans', columns = {{{declared}}})
    """  # noqa: S608 - names of columns that are declared here


def read_parquet(table: Declared) -> str:
    """Read a Parquet file, whose types were looked at; what is none of the choices becomes nothing."""
    columns = ", ".join(
        f"TRY_CAST({one} AS {kind}) AS {one}" if kind.startswith("ENUM") else one for one, kind in table.columns.items()
    )
    return f"CREATE TABLE {table.name} AS SELECT {columns} FROM read_parquet($path)"  # noqa: S608 - as above


def find_wrong(table: Declared, wrong: Wrong) -> str:
    """The first rows in which something is wrong, by their place in the file."""
    return f"""
        SELECT rowid, {wrong.column}::VARCHAR FROM {table.name} WHERE {wrong.when} ORDER BY rowid LIMIT $most
    """  # noqa: S608 - names and conditions that are declared here
