"""`meterward records show`: one record with everything that is known of it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, cast

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option, law_option
from meterward.cli.output import say_json
from meterward.cli.progress import Watch
from meterward.cli.refusal import misused, unreadable
from meterward.cli.source import sourced
from meterward.cli.terminal import console, error_console
from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Problem
from meterward.core.records.keyring import Keyring, Signed
from meterward.core.records.line import read_object
from meterward.present.ledger_words import signed_in_words
from meterward.present.phrases import clean
from meterward.usecases.explain_words import record_in_brief
from meterward.usecases.find_record import begin_search, find_record
from meterward.usecases.tell_signers import vouching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

    from meterward.cli.source import Source
    from meterward.core.base.canonical import Json
    from meterward.usecases.find_record import Found, Link
    from meterward.usecases.read_ledger import Loaded

FORMAT = "meterward.record/1"
_LABEL = 12
_MOST_LINKS = 12


@click.command()
@click.argument("identity", metavar="ID")
@sourced
@law_option("By whose duties it is read.")
@format_option("table", "json")
def show(source: Source, identity: str, law: str, output_format: str) -> int:
    r"""Show the record of FILE whose id begins with ID: facts, text, links both ways, who reads it, and its entry.

    Its id is the digest of what was said; it stays the same whatever ledger the record is entered in. Its leaf is the
    digest of the entry, from which the root of the ledger is made.

    \b
    Examples:
      meterward records show 7849352063f2 northlight.jsonl
      meterward records show 7849 northlight.jsonl --format json
      meterward records show 7849 --licensee northlight
    """
    pack, search = wiring.load_pack(law), begin_search(identity)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    if isinstance(search, Problem):
        return misused(search).show(output_format)
    with Watch() as watch:
        loaded = source.read(watch, see=search.see)
    if isinstance(loaded, Problem):
        return unreadable(loaded).show(output_format)
    found = find_record(search, loaded.records, pack)
    if isinstance(found, Problem):
        return misused(found).show(output_format)
    if output_format == "json":
        say_json(_json(found, _signed(loaded, found)))
    else:
        _show(console(), found, _signed(loaded, found))
    if loaded.problems:
        count = plural(len(loaded.problems) + loaded.more_problems, "problem")
        print_text(
            error_console(), Text(f"The ledger has {count}: meterward records check {clean(shlex.join(source.words))}")
        )
        return Exit.DATA
    return Exit.IN_ORDER


def _signed(loaded: Loaded, found: Found) -> Signed:
    """How the statement of a record is signed, by what the ledger's records tell of keys."""
    sealed = read_object(found.line)
    ring = Keyring(loaded.licensee).take(loaded.records)
    return Signed.NOT if isinstance(sealed, list) else vouching(ring, sealed, found.record.index).how


def _show(on: Console, found: Found, how: Signed) -> None:
    record, line = found.record, found.line
    print_text(on, Text.assemble((record.kind.name, "bold"), f"  {record.kind.summary}"))
    signed = [("Signed", signed_in_words(how, record, found.entry.stream.partition("/")[0]))]
    _section(on, "", [*_head(found), *(signed if how is not Signed.NOT else ())])
    for name, section in (("Facts", "facts"), ("Text", "text"), ("Erased", "erased"), ("Files", "files")):
        values = cast("Mapping[str, Json]", line.get(section) or {})
        _section(on, name, [(field, _value(value)) for field, value in values.items()])
    _section(on, "What it acts on, is about or refers to", _links(found.links))
    _section(on, "What acts on it, is about it or refers to it", _links(found.linked))
    uses = [(use.duty.id, f"{use.role}: {use.duty.title}") for use in found.uses]
    _section(on, "Read by", uses or [("no duty", "none names such a record among its inputs")])


def _section(on: Console, title: str, items: list[tuple[str, str]]) -> None:
    if items:
        on.print(Text(f"\n{title}" if title else "", "bold"))
        print_items(on, [(clean(label), clean(said)) for label, said in items], least=_LABEL)


def _head(found: Found) -> Iterator[tuple[str, str]]:
    record = found.record
    yield "Id", record.id.hex()
    yield "Subject", record.subject or "none"
    yield "Licences", ", ".join(record.licences)
    yield "Occurred", in_words(record.occurred)
    yield "Actor", f"{record.actor.person}, {record.actor.role}, {record.actor.organisation}"
    yield "Recorded", found.entry.recorded
    entry = found.entry
    places = f"index {entry.index}, and {entry.counter} in the stream {entry.stream}"
    yield "Entry", f"{entry.index + 1:,} of the ledger: {places}"
    yield "Leaf", found.leaf


def _links(links: Sequence[Link]) -> list[tuple[str, str]]:
    shown = [(link.verb, f"{link.other.short}  {record_in_brief(link.other)}") for link in links[:_MOST_LINKS]]
    more = len(links) - _MOST_LINKS
    return [*shown, ("…", f"and {plural(more, 'more record')}")] if more > 0 else shown


def _value(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json(found: Found, how: Signed) -> dict[str, Any]:
    record, entry = found.record, found.entry
    return {
        "format": FORMAT,
        "entry": {
            "counter": entry.counter,
            "index": entry.index,
            "leaf": found.leaf,
            "recorded": entry.recorded,
            "stream": entry.stream,
        },
        "id": record.id.hex(),
        "line": dict(found.line),
        "linked": [_link_json(link) for link in found.linked],
        "links": [_link_json(link) for link in found.links],
        "signed": how.value,
        "read_by": [{"duty": use.duty.id, "role": use.role} for use in found.uses],
    }


def _link_json(link: Link) -> dict[str, str]:
    return {"id": link.other.id.hex(), "kind": link.other.kind.name, "verb": link.verb}
