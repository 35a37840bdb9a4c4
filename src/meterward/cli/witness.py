"""`meterward witness`: a small witness that anybody can run, to see that a log shows all the same."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward.cli.columns import print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.output import say_whole
from meterward.cli.refusal import misused, unreadable
from meterward.cli.terminal import console
from meterward.core.base.problem import Code, Problem
from meterward.present.notices import in_groups
from meterward.present.phrases import clean, entries

if TYPE_CHECKING:
    from types import FrameType

    from rich.console import Console

    from meterward.usecases.cosign_checkpoints import Witness

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
_HIGHEST_PORT = 65_535


class Address(click.ParamType[tuple[str, int]]):
    """An address to listen on: HOST:PORT."""

    name = "HOST:PORT"

    def convert(
        self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Host and port, whose host may stand in brackets."""
        if isinstance(value, tuple):
            return value
        host, _, port = value.rpartition(":")
        if not host or not (port.isascii() and port.isdecimal() and 0 < int(port) <= _HIGHEST_PORT):
            self.fail(f"“{value}” is no address: write HOST:PORT, such as 127.0.0.1:8100.", param, ctx)
        return host.strip("[]"), int(port)


@click.group()
def witness() -> None:
    r"""Be a witness: cosign the checkpoints of logs that only grew, so that nobody is shown another history.

    A witness knows some logs by their keys. It signs a checkpoint only if it follows from the one that it signed last
    (C2SP tlog-witness). A licensee whose checkpoint you cosigned can show you, and everybody who trusts you, one
    history of its ledger and no other. A witness that the licensee runs itself proves little.

    \b
    Examples:
      meterward witness init w1 --name witness.example/w1 --log "$KEY"
      meterward witness serve w1 --listen 127.0.0.1:8100
      meterward witness show w1
    """


@witness.command(short_help="Make a witness, or let it know another log.")
@_FOLDER
@click.option("--name", default="", help="What it is called, such as witness.example/w1. A name is for good.")
@click.option("--log", "logs", metavar="VKEY", multiple=True, help="A key of a log that it is to know. Several can be.")
def init(folder: Path, name: str, logs: tuple[str, ...]) -> int:
    r"""Make a witness in DIR, with keys of its own, and print the lines by which a policy names it.

    VKEY is a key as `meterward ledger policy` prints it, without the word “log”. Get it from the licensee by a way that
    you trust. Once more for a witness that is there lets it know more logs.

    \b
    Examples:
      meterward witness init w1 --name witness.example/w1 --log "$KEY"
      meterward witness init w1 --log "$OTHER"
    """
    from meterward.wiring import witnessing  # noqa: PLC0415 - help needs none of it

    made = witnessing.init(folder, name, logs)
    if isinstance(made, Problem):
        return (misused if made.code in (Code.FIELD_VALUE, Code.POLICY_INVALID) else unreadable)(made).show()
    lines = (
        f"# The witness {clean(made.name)}. With an address after each key a licensee's own server asks it;",
        "# in the policy of a reader the quorum says whether it has to have seen a checkpoint.",
        *witnessing.policy_lines(made),
    )
    say_whole("".join(f"{line}\n" for line in lines))
    return Exit.IN_ORDER


@witness.command(short_help="Show what it cosigned last.")
@_FOLDER
def show(folder: Path) -> int:
    r"""Show the witness in DIR, its keys, and what it cosigned last of each log.

    \b
    Example:
      meterward witness show w1
    """
    from meterward.wiring import witnessing  # noqa: PLC0415 - help needs none of it

    found = witnessing.show(folder)
    if isinstance(found, Problem):
        return unreadable(found).show()
    on = console()
    print_text(on, Text(f"The witness {clean(found.name)}", "bold"))
    _show_logs(on, found)
    on.print()
    say_whole("".join(f"{line}\n" for line in witnessing.policy_lines(found)))
    problem = found.problem()
    return unreadable(problem).show() if problem else Exit.IN_ORDER


@witness.command(short_help="Answer logs that ask for cosignatures.")
@_FOLDER
@click.option("--listen", type=Address(), default="127.0.0.1:8100", show_default=True, help="The address to listen on.")
def serve(folder: Path, listen: tuple[str, int]) -> int:
    r"""Serve the witness in DIR, until you press Ctrl-C. A line says how each request was answered.

    Logs ask at /add-checkpoint, and anybody may look at what it cosigned last. For others than this machine put a proxy
    in front that speaks https.

    \b
    Examples:
      meterward witness serve w1
      meterward witness serve w1 --listen 0.0.0.0:8100
    """
    from meterward.wiring import witnessing  # noqa: PLC0415 - help needs none of it

    on, (host, port) = console(), listen
    found = witnessing.serve(folder, host, port, lambda said: on.print(Text(said), soft_wrap=True))
    if isinstance(found, Problem):
        return unreadable(found).show()
    logs = len(found.witness.origins)
    print_text(on, Text(f"The witness {clean(found.witness.name)} answers at http://{clean(host)}:{port}", "bold"))
    print_text(on, Text(f"It knows {logs} log{'' if logs == 1 else 's'}. Ctrl-C stops it."))
    signal.signal(signal.SIGTERM, _stop)
    try:
        found.server.serve_forever()
    except KeyboardInterrupt:
        on.print(Text("Stopped."))
    finally:
        found.server.server_close()
        found.hold.release()
    return Exit.IN_ORDER


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _show_logs(on: Console, found: Witness) -> None:
    if not found.origins:
        print_text(on, Text("It knows no log yet: “meterward witness init DIR --log VKEY” lets it know one."))
    for origin in found.origins:
        seen = found.last(origin)
        if seen is None:
            said = "cannot be relied upon"
        else:
            said = f"{entries(seen.size)}, root {in_groups(seen.root.hex())}" if seen.size else "nothing cosigned yet"
        print_items(on, [(origin, said)], least=12)
