"""The only module that knows everyone: it joins the use cases to this machine's clock, files and chance."""

from __future__ import annotations

import json
from importlib import metadata
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from meterward.adapters import clock, cores
from meterward.adapters.engine import answers_digest, engine_digest
from meterward.adapters.files import make_folders, write_whole
from meterward.adapters.home import free_space, is_behind_https, usual_home
from meterward.adapters.journal import Journal, open_journal
from meterward.adapters.memory import at_rest
from meterward.adapters.salts import fresh_salt
from meterward.catalogues import examples
from meterward.core.base.problem import Problem
from meterward.law import pack as packs
from meterward.usecases.check_itself import check_itself
from meterward.usecases.check_records import check_records
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.make_template import make_template
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import Kind
    from meterward.core.records.record import Record
    from meterward.usecases.evaluate_position import Dossier, Evaluated
    from meterward.usecases.read_ledger import Loaded
    from meterward.wiring.store import StoreFound
    from meterward.wiring.stored import Stored

DEFAULT_PACK = packs.DEFAULT
EXAMPLE = "northlight"
"""The example licensee that is served."""
DISTRIBUTIONS = (
    *("meterward", "click", "rich", "jinja2", "tzdata", "django", "granian"),
    *("duckdb", "openpyxl", "pyyaml"),
)

Hear: TypeAlias = "Callable[[int, float | None], None]"
"""Hears how far reading has come: how many lines, and which share of all, if that can be told."""

today = clock.today
engine = engine_digest
answers = answers_digest
write = write_whole
free = free_space
salt = fresh_salt
behind_https = is_behind_https
make_folder = make_folders
pack_names = packs.names
load_pack = packs.load
load_cases = packs.cases
example_names = examples.names


def read(
    name: str,
    known_at: date | int | None = None,
    hear: Hear = lambda _number, _share: None,
    see: Callable[[Record[Any], bytes], None] | None = None,
    root_at: int | None = None,
) -> Loaded | Problem:
    """Read the ledger in a file (`-`: what is piped in), or say why there is none to read."""
    journal = open_journal(name)
    if isinstance(journal, Problem):
        return journal
    with journal, at_rest(for_good=True):
        read_lines = cores.reading(journal.size)
        loaded = read_ledger(journal, known_at, lambda number: hear(number, journal.share), see, root_at, read_lines)
        loaded.problems[:0] = journal.problems
        return loaded


def stored(home: Path | None, name: str, tell: Callable[[int, int], None]) -> Stored:
    """A ledger of the store in a home, the usual one if none is named. Files are read without loading any of this."""
    from meterward.wiring.stored import Stored  # noqa: PLC0415 - a database takes a third of a second to load

    return Stored(home_of(home), name, tell)


def unlike(home: Path | None, name: str) -> Problem | None:
    """In what a ledger of the store does not fit the checkpoint that is kept outside, for whoever only reads it."""
    from meterward.wiring.keeping import unlike as compared  # noqa: PLC0415 - a file needs no store

    return compared(home_of(home), name)


def look(home: Path) -> StoreFound | Problem:
    """What store there is in a home."""
    from meterward.wiring.store import look  # noqa: PLC0415 - as above

    return look(home)


def home_of(named: Path | None) -> Path:
    """The home that was named, else the usual one."""
    return named.absolute() if named else usual_home()


def dossiers(
    loaded: Loaded, wanted: str | None = None, hypothesis: Mapping[str, str] = MappingProxyType({})
) -> list[Dossier] | Problem:
    """The dossiers of the licences that a ledger is about, or of the one that is wanted."""
    with at_rest(for_good=True):
        return dossiers_of(loaded.licensee, loaded.records, wanted, hypothesis)


def check(loaded: Loaded, held: Sequence[Dossier], pack: Pack) -> None:
    """Refuse what is wrong with the records of some licences beside a law pack, as far as nobody took it back."""
    for problem in check_records(pack, packs_here(), [one.reader for one in held]):
        loaded.refuse(problem, loaded.line_of(problem.line - 1))
    loaded.problems.sort(key=lambda problem: problem.line)


def usual_pack() -> Pack:
    """The law pack that comes with the product. Raises `LookupError` where it is not there, or broken."""
    pack = load_pack(DEFAULT_PACK)
    if isinstance(pack, Problem):
        raise LookupError(pack)  # noqa: TRY004 - no type of ours is wrong
    return pack


def packs_here() -> dict[str, Pack]:
    """The law packs that can be read, by name."""
    return {name: found for name in pack_names() if not isinstance(found := load_pack(name), Problem)}


def positions(held: Sequence[Dossier], pack: Pack, as_at: date) -> list[Evaluated]:
    """The position of each licence, with its receipt."""
    with at_rest(for_good=True):
        return [one.position(pack, as_at, engine()) for one in held]


def template(kind: Kind[Any]) -> dict[str, Json]:
    """A line of a kind to fill in, of today, with fresh salts."""
    return make_template(kind, today(), clock.now(), (fresh_salt(), fresh_salt()))


def example(name: str, day: date) -> str:
    """An example licensee's ledger as the text of a file."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in examples.tell(name, day))


def first_lines(name: str, count: int) -> list[bytes]:
    """The first lines of a file, as far as it can be read; for completion, which says nothing of problems."""
    journal = open_journal(name)
    if isinstance(journal, Problem):
        return []
    with journal:
        return [line for line in islice(journal, count) if isinstance(line, bytes)]


def all_lines(name: str, most: int) -> list[bytes | Problem] | Problem:
    """The lines of a file, one more than `most` at the most; or why there are none to read."""
    journal = open_journal(name)
    if isinstance(journal, Problem):
        return journal
    with journal:
        return list(islice(told(journal), most + 1))


def told(journal: Journal) -> Iterator[bytes | Problem]:
    """The lines of a journal, with what is wrong with the file as such in place of the line that showed it."""
    for line in journal:
        yield journal.problems.pop() if journal.problems else line


def self_test(pack: Pack) -> str:
    """What is wrong with this installation's computing; empty if nothing is."""
    day = today()
    return next((found for name in example_names() if (found := _test(name, pack, day))), "")


def versions() -> dict[str, str]:
    """What is installed, by name; empty for what is not."""
    return {name: _version(name) for name in DISTRIBUTIONS}


def _test(name: str, pack: Pack, day: date) -> str:
    found = check_itself(examples.tell(name, day), pack, day, engine())
    return f"{name}: {found}" if found else ""


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
