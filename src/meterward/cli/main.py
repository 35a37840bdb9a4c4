"""The command `meterward`: its commands, and how whatever happens ends in an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import Any, cast

import click

from meterward.cli.exits import Exit
from meterward.cli.help import keep_lines
from meterward.cli.plain import speak_plainly

_COMMANDS = {
    "position": ("position", "Show where every duty stands."),
    "explain": ("explain", "Explain a clause, down to the records."),
    "deadlines": ("deadlines", "List what is due, and what is overdue."),
    "records": ("records", "Check a ledger, show a record, learn about kinds."),
    "system": ("system", "Compare the system with the files that tell of it."),
    "risk": ("risk", "List the risk register, and bring it in and out."),
    "threats": ("threats", "Match advisories with the system."),
    "law": ("law", "Show a law pack, and run its worked cases."),
    "example": ("example", "Write the example licensees' ledgers."),
    "serve": ("serve", "Serve the workplaces to browsers."),
    "init": ("init", "Open a licensee's ledger in the store."),
    "append": ("append", "Append records to a ledger in the store."),
    "import": ("import_", "Append the many records of a file."),
    "export": ("export", "Write a ledger of the store to a file."),
    "restore": ("restore", "Bring a whole ledger back from a file."),
    "ledger": ("ledger", "Show a ledger's log and keys, and change them."),
    "bundle": ("bundle", "Hand over evidence, and verify what was."),
    "deliver": ("deliver", "Exchange records with another installation."),
    "proof": ("proof", "Verify the proof of a single record."),
    "witness": ("witness", "Be a witness of somebody's log."),
    "tidy": ("tidy", "Clear what nothing refers to any more."),
    "person": ("person", "Say who can sign in."),
    "doctor": ("doctor", "Check this installation."),
    "completion": ("completion", "Print a completion script for your shell."),
}
"""Each command, the module that has it, and what it does: known here, so that help loads none of them."""


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Lazy(click.Group):
    """A group that loads a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, in the order in which one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load a command."""
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        return keep_lines(cast("click.Command", getattr(import_module(f"meterward.cli.{module}"), module)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in _COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meterward", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where a fault in Meterward itself arose.")
def cli(debug: bool) -> None:  # noqa: FBT001 - a flag of the command line
    r"""Keep an energy supplier's smart metering security duties: records in, the position against the licence out.

    A ledger is a list of records: what was done, by whom in which role, on which day. It lies in a file, one record a
    line, or in the store, where a browser reaches it too. From it Meterward computes where the licensee stands against
    every clause, on any day, and why.

    \b
    Begin with an example:
      meterward example demo
      meterward position demo/northlight.jsonl
      meterward explain Z.14 demo/northlight.jsonl

    \b
    Or with a licensee of your own:
      meterward init brightwater --licence gas=2013-03-04 \
        --security-manager security
      meterward serve

    \b
    Exit codes:
      0 in order · 1 open, contested or asking for attention · 2 a breach
      64 misused · 65 the ledger has problems · 66 no such file or ledger
      69 the store cannot be used · 70 a fault in Meterward
      73 cannot write · 75 the store is busy
    """


keep_lines(cli)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command; the exit code."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        speak_plainly(stream)
    try:
        result: Any = cli.main(arguments, prog_name="meterward", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _complain(error)
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return Exit.STOPPED
    except OSError as error:
        return _unwritten(error, debug="--debug" in arguments)
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, a person gets a sentence
        return _fault(error, debug="--debug" in arguments)
    return int(result or 0)


def _complain(error: click.ClickException) -> None:
    """Show a misuse, which quotes what was typed, with nothing in it that a terminal would obey."""
    from meterward.present.phrases import clean  # noqa: PLC0415 - help, which is asked for most, needs no terminal

    said = io.StringIO()
    error.show(file=said)
    _say(clean(said.getvalue().rstrip()))


def _unwritten(error: OSError, *, debug: bool) -> int:
    """What an error of the system means for the answer: nobody reads it, there is no room for it, or a fault."""
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return Exit.PIPE_CLOSED
    if error.errno not in _NO_ROOM:
        return _fault(error, debug=debug)
    _drop_output()
    _say(f"The answer cannot be written: {error.strerror}. What is there of it is not whole; choose another place.")
    return Exit.CANNOT_WRITE


def _open_closed_streams() -> None:
    """A caller may have closed the streams; the exit code is an answer too."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end


def _drop_output() -> None:
    """Lead standard output nowhere: the interpreter would flush once more on its way out, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(words: str) -> None:
    """Say something on standard error, if anything can be said there."""
    with suppress(OSError):
        click.echo(words, err=True)


def _fault(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    said = " ".join(str(error).split())[:200]
    _say(
        f"Meterward has a fault ({type(error).__name__}: {said}), and the answer would not be reliable; "
        "please report what you did, with what “meterward --debug …” shows."
    )
    return Exit.INTERNAL
