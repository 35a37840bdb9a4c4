"""A witness that somebody runs: its folder made, looked at, and served. It has no store, and needs none."""

from __future__ import annotations

import os
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters import clock, holding
from meterward.adapters.home import KEYS, KEYS_SECRET
from meterward.adapters.key_files import KeyFileError, KeyFiles
from meterward.adapters.witness_files import WitnessFiles, replace_durably
from meterward.adapters.witness_server import PLAIN, Reply, WitnessServer
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.notes import COSIGNATURE, is_name, read_key
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.ledger.witness import LONGEST, SIZE_TYPE, Refusal
from meterward.usecases.cosign_checkpoints import Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_POLICY, _VIEWS = "witness.policy", "cosigned"
_BEGINNING = "beginning"
"""There while a witness is made for the first time, so that one that was broken off can be gone on with."""
_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")
_LONGEST_NAME = 255


class Served(NamedTuple):
    """A witness that is about to be served."""

    witness: Witness
    server: WitnessServer
    hold: holding.Hold


def init(folder: Path, name: str, logs: Sequence[str]) -> Witness | Problem:
    """Make a witness in a folder, or let the one that is there know more logs."""
    return _alone(folder, "sets this witness up", lambda: _init(folder, name, logs))


def show(folder: Path) -> Witness | Problem:
    """The witness of a folder. Nothing is made or changed."""
    return _opened(folder)


def serve(folder: Path, host: str, port: int, tell: Callable[[str], None]) -> Served | Problem:
    """The witness of a folder, ready to answer: it listens already."""
    witness = _opened(folder)
    if isinstance(witness, Problem):
        return witness
    held = _held(folder, f"serves this witness at {host}:{port}")
    if isinstance(held, Problem):
        return held
    if problem := witness.problem():
        held.release()
        return problem
    try:
        _begun(folder)
        server = WitnessServer(host, port, lambda *asked: _answer(witness, tell, *asked), LONGEST)
    except OSError as error:
        held.release()
        hint = "Stop what uses it, or choose another with --listen."
        return Problem(Code.PORT_TAKEN, f"Port {port} of {host} cannot be used: {error.strerror or error}.", hint)
    return Served(witness, server, held)


def policy_lines(witness: Witness, url: str = "") -> list[str]:
    """The lines by which a policy names a witness: its keys, and a group that has seen what one of them signed."""
    names = [f"{witness.name}/{_kind(key.type)}" for key in witness.keys]
    keys = (f"witness {name} {key} {url}".rstrip() for name, key in zip(names, witness.keys, strict=True))
    return [*keys, f"group {witness.name} any {' '.join(names)}"]


def _answer(witness: Witness, tell: Callable[[str], None], method: str, path: str, body: bytes) -> Reply:
    if path == "/add-checkpoint":
        if method != "POST":
            return Reply(HTTPStatus.METHOD_NOT_ALLOWED, b"Only POST goes here.\n")
        reply = _reply(witness.answer(body))
        tell(f"{clock.now()} {reply.status.value} {reply.status.phrase}")
        return reply
    found = _CHECKPOINT.fullmatch(path) if method == "GET" else None
    note = witness.shown(found[1]) if found else None
    return Reply(HTTPStatus.OK, note) if note else Reply(HTTPStatus.NOT_FOUND, b"There is nothing here.\n")


def _reply(answer: str | Refusal) -> Reply:
    if isinstance(answer, str):
        return Reply(HTTPStatus.OK, answer.encode())
    if answer.size is not None:
        return Reply(answer.status, f"{answer.size}\n".encode(), SIZE_TYPE)
    return Reply(answer.status, f"{answer.says}\n".encode(), PLAIN)


def _init(folder: Path, name: str, logs: Sequence[str]) -> Witness | Problem:
    there = _opened(folder) if (folder / _POLICY).exists() else None
    if isinstance(there, Problem):
        return there
    if there and (problem := there.problem()):
        return problem
    if there and name not in ("", there.name):
        return Problem(
            Code.FIELD_VALUE, f"The witness there is “{there.name}”.", "Leave out --name, or take a new folder."
        )
    begun = (folder / KEYS).exists() or (folder / _VIEWS).exists()
    if not there and begun and not (folder / _BEGINNING).exists():
        return _unusable(f"In “{folder}” are keys of a witness, or what it cosigned, but not the file “{_POLICY}”.")
    if not there and not (is_name(name) and len(name.encode()) <= _LONGEST_NAME):
        hint = "Give it a name such as witness.example/w1 with --name: without spaces and plus signs."
        return Problem(Code.FIELD_VALUE, f"A witness cannot be called “{name}”.", hint)
    known = [str(key) for key in there.known.logs] if there else []
    return _written(folder, there.name if there else name, [*known, *(one for one in logs if one not in known)])


def _written(folder: Path, name: str, logs: Sequence[str]) -> Witness | Problem:
    """Keys and room come before the file that says so, so that what it says is there."""
    hint = "“meterward ledger policy” prints the keys of a log, after the word “log”."
    if wrong := next((one for one in logs if read_key(one) is None), None):
        return Problem(Code.POLICY_INVALID, f"“{wrong}” is not the key of a log.", hint)
    if not (folder / _POLICY).exists():
        replace_durably(folder / _BEGINNING, b"This witness is being made, and has cosigned nothing.\n")
    signers, views = _keys(folder).of_witness(), WitnessFiles(folder / _VIEWS)
    made = Witness(name, signers, Policy(), views, clock.seconds)
    lines = [*(f"log {one}" for one in logs), *policy_lines(made), f"quorum {name}"]
    text = "".join(f"{line}\n" for line in lines)
    known = read_policy(text.encode())
    if isinstance(known, Problem):
        what = logs[known.line - 1] if 0 < known.line <= len(logs) else name
        return Problem(known.code, f"“{what}”: {known.message}", hint)
    for key in known.logs:
        views.begin(key.name)
    replace_durably(folder / _POLICY, text.encode())
    _begun(folder)
    return _opened(folder)


def _begun(folder: Path) -> None:
    """From here on keys without a policy are those of a witness that lost it."""
    (folder / _BEGINNING).unlink(missing_ok=True)


def _opened(folder: Path) -> Witness | Problem:
    try:
        known = read_policy((folder / _POLICY).read_bytes())
        if isinstance(known, Problem):
            return _unusable(f"“{folder / _POLICY}” is damaged: {known.message}")
        return _with_keys(folder, known)
    except FileNotFoundError:
        hint = "“meterward witness init” makes one."
        return Problem(Code.FILE_MISSING, f"There is no witness in “{folder}”.", hint)
    except (OSError, KeyFileError) as error:
        return _unusable(f"The witness in “{folder}” cannot be used: {error}")


def _with_keys(folder: Path, known: Policy) -> Witness | Problem:
    """The witness of which a policy speaks, if its keys are here: none are made in their place."""
    keys, name = _keys(folder), next((key.name for key in known.witnesses.values()), "")
    if not keys.has_witness():
        return _unusable(f"The keys of the witness in “{folder}” are not there.")
    witness = Witness(name, keys.of_witness(), known, WitnessFiles(folder / _VIEWS), clock.seconds)
    if set(witness.keys) != set(known.witnesses.values()):
        return _unusable(f"The keys in “{folder}” are not those of the witness “{name}”.")
    return witness


def _keys(folder: Path) -> KeyFiles:
    return KeyFiles(folder / KEYS, os.environ.get(KEYS_SECRET, ""))


def _alone(folder: Path, doing: str, work: Callable[[], Witness | Problem]) -> Witness | Problem:
    held = _held(folder, doing)
    if isinstance(held, Problem):
        return held
    try:
        return work()
    except (KeyFileError, OSError) as error:
        return _unusable(str(error))
    finally:
        held.release()


def _held(folder: Path, doing: str) -> holding.Hold | Problem:
    try:
        found = holding.hold(folder, doing)
    except OSError as error:
        return _unusable(f"“{folder}” cannot be used: {error.strerror}.")
    if isinstance(found, holding.Hold):
        return found
    hint = "Nothing was changed. Stop that first, or name another folder."
    return Problem(Code.STORE_IN_USE, f"“{folder}” is in use: {found}.", hint)


def _unusable(message: str) -> Problem:
    hint = "Put the whole folder back as it was last. A witness that forgot what it cosigned is another witness."
    return Problem(Code.WITNESS_UNUSABLE, message, hint)


def _kind(kind: int) -> str:
    return "ed25519" if kind == COSIGNATURE else "ml-dsa-44"
