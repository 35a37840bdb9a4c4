"""Serving the workplaces: the store made ready, then one process that answers on several threads."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from meterward import wiring
from meterward.adapters import marked
from meterward.adapters.holding import Hold
from meterward.adapters.home import EXAMPLE_FOLDER, turn_to_home
from meterward.adapters.sockets import address_of, is_loopback, why_not_listen
from meterward.core.base.problem import Code, Problem
from meterward.wiring.store import absent, closed, in_use, take, within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meterward.wiring.installed import Installation

THREADS = 8
"""So many requests are answered at a time; more wait their turn."""
HEADERS_WITHIN = 5_000
"""So many milliseconds a client has for the headers of a request. Of a body the server bounds the size alone."""


class Ready(NamedTuple):
    """A home that can be served: what keeps it for this server, and who can sign in if it is an example."""

    hold: Hold
    people: list[SignIn]


class SignIn(NamedTuple):
    """An example sign-in."""

    name: str
    password: str
    title: str
    does: str


def cannot_serve(home: Path, host: str, port: int, *, example: bool) -> Problem | None:
    """Why a home cannot be served at an address; one with no store is told first, since no other port would help."""
    return (None if example else absent(home)) or cannot_listen(host, port)


def cannot_listen(host: str, port: int) -> Problem | None:
    """Why nobody can listen on a port, and what to do."""
    why = why_not_listen(host, port)
    if not why:
        return None
    hint = f"Stop what uses it, or choose another, such as --port {port + 1} (make run PORT={port + 1})."
    return Problem(Code.PORT_TAKEN, f"Port {port} of {host} cannot be used: {why}.", hint)


def make_ready(home: Path, at: str) -> Ready | Problem:
    """Bring a store that is there up to date. A store with nobody in it would serve nobody."""
    return _held(home, at, lambda: within(home, _whole, make=True))


def _whole(store: Installation) -> list[SignIn] | Problem:
    """Nobody is served a ledger that lost entries."""
    from meterward.wiring import keeping  # noqa: PLC0415 - rows can be loaded only within a store

    return keeping.all_ready(store) or []


def example_home(home: Path) -> Path:
    """Where the example lies whose home nobody names: apart from everything that is real."""
    return home / EXAMPLE_FOLDER


def make_example(home: Path, at: str) -> Ready | Problem:
    """Have an example in a folder, as of today: the one that is there, or made anew. Its sign-ins."""
    try:
        strange = marked.is_strange(home)
    except OSError as error:
        return closed(home, error)
    if strange:
        hint = "Name an empty folder with --home; an example is thrown away every day."
        return Problem(Code.STORE_UNAVAILABLE, f"“{home}” has files in it, and no example.", hint)
    return _held(home, at, lambda: _make_example(home))


def _held(home: Path, at: str, make: Callable[[], list[SignIn] | Problem]) -> Ready | Problem:
    """A home that was made ready while nobody else had it, and that others who serve it can have from then on."""
    taken = take(home, f"serves it at {at}")
    if isinstance(taken, Problem):
        return taken
    found = make()
    if isinstance(found, list) and taken.share():
        return Ready(taken, found)
    taken.release()
    return found if isinstance(found, Problem) else in_use(home, "another process took it at the same time")


def _make_example(home: Path) -> list[SignIn] | Problem:
    day = wiring.today()
    made_of = f"{day.isoformat()} {sha256(wiring.example(wiring.EXAMPLE, day).encode()).hexdigest()}"
    anew = marked.mark_of(home) != made_of
    try:
        if anew:
            marked.begin(home)
        turn_to_home(home, example=True)
        found = within(home, lambda _: _fill(anew=anew), make=True)
        if anew and not isinstance(found, Problem):
            marked.finish(home, made_of)
    except OSError as error:
        hint = "Choose a folder that may be written to, with --home."
        return Problem(Code.STORE_UNAVAILABLE, f"“{home}” cannot be written to: {error.strerror or error}.", hint)
    return found


def serve(host: str, port: int, ready: Callable[[], None]) -> bool:
    """Serve until somebody stops it; whether somebody did. `ready` is called when the port is open."""
    server = Granian(
        "meterward.web.wsgi:application",
        address=address_of(host),
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    server.on_startup(ready)
    try:
        server.serve()
    except SystemExit:
        return False
    return True


def reaches_others(host: str) -> bool:
    """Whether other machines can reach a server that listens there."""
    return not is_loopback(host)


def _fill(*, anew: bool) -> list[SignIn] | Problem:
    from meterward.wiring import example_store, keeping  # noqa: PLC0415 - rows can be loaded only within a store
    from meterward.wiring.installed import installation  # noqa: PLC0415 - the same

    problems = example_store.make_example(wiring.today()) if anew else []
    if problems:
        return problems[0]
    if problem := keeping.all_ready(installation()):
        return problem
    return [
        SignIn(one.person.sign_in, example_store.EXAMPLE_PASSWORD, one.title, one.does)
        for one in example_store.example_people()
    ]
