"""Time stamps of the ledgers of the installation: made when asked for, and each hour where an authority is set."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters import clock
from meterward.adapters.certificates import certificates_in
from meterward.adapters.home import TIME_AUTHORITY, TIME_CERTIFICATES
from meterward.adapters.local_authority import ROOT, make_authority, serve
from meterward.adapters.salts import fresh_salt
from meterward.adapters.time_authority import HttpAuthority
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import origin_of
from meterward.usecases.stamp_checkpoint import Stamped, Stamping, is_due, stamp_checkpoint
from meterward.wiring.store import head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.append_record import Appended, Line
    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

_NAME = "Meterward local authority"


class Authority(NamedTuple):
    """An authority that is to be asked: its address, and the file with the certificates of those who are believed."""

    url: str
    certificates: str

    @property
    def is_named(self) -> bool:
        """Whether there is one."""
        return bool(self.url)


def usual_authority() -> Authority:
    """The authority that the environment names."""
    return Authority(os.environ.get(TIME_AUTHORITY, ""), os.environ.get(TIME_CERTIFICATES, ""))


def stamp(home: Path, licensee: str, authority: Authority) -> Stamped | list[Problem]:
    """Have a ledger stamped now."""

    def stamped(store: Installation) -> Stamped | list[Problem]:
        head = head_of(store.ledgers, licensee)
        return [head] if isinstance(head, Problem) else _stamp(store, head, authority)

    done = within(home, stamped)
    return [done] if isinstance(done, Problem) else done


def stamp_all_due(store: Installation, authority: Authority) -> None:
    """Have each ledger stamped that grew since it was last. What fails is told in a line, and tried again later."""
    for name in store.ledgers.names():
        head = store.ledgers.head(name)
        if head is None or not is_due(store.ledgers, head):
            continue
        done = _stamp(store, head, authority)
        # Another process of this server may have been faster.
        if isinstance(done, list) and done[0].code is not Code.KEY_USED:
            logging.getLogger(__name__).error("No time stamp of %s; it is tried again in an hour: %s", name, done[0])


def run_local_authority(folder: Path, port: int, tell: Callable[[str, Path], None]) -> Problem | None:
    """Serve a time-stamping authority of one's own until interrupted; `tell` hears its address and its root."""
    authority = make_authority(folder.absolute(), _NAME)
    if isinstance(authority, Problem):
        return authority
    try:
        server = serve(authority, port)
    except OSError as error:
        message = f"Port {port} cannot be had: {error.strerror}."
        return Problem(Code.PORT_TAKEN, message, "Name another with --port.")
    with server:
        tell(f"http://127.0.0.1:{server.server_address[1]}", folder / ROOT)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return None
    return None


def _stamp(store: Installation, head: Head, authority: Authority) -> Stamped | list[Problem]:
    from meterward.wiring import keeping  # noqa: PLC0415 - rows can be loaded only within a store
    from meterward.wiring.appending import append  # noqa: PLC0415 - the same
    from meterward.wiring.entering import introduce_first_key  # noqa: PLC0415 - the same

    if not authority.url or not authority.certificates:
        lacking = "address" if not authority.url else "root certificate"
        hint = f"Set {TIME_AUTHORITY} and {TIME_CERTIFICATES}, or say --authority and --certs."
        return [Problem(Code.STAMP_UNAVAILABLE, f"No {lacking} of a time-stamping authority is set.", hint)]
    roots = certificates_in(Path(authority.certificates))
    if isinstance(roots, Problem):
        return [roots]
    if problem := keeping.ready(store, head.ledger) or introduce_first_key(head.ledger):
        return [problem]

    def keep(token: bytes) -> str | Problem:
        put = store.blobs.put([token], len(token))
        return put if isinstance(put, Problem) else put.digest

    def entered(ledger: str, line: Line, key: str) -> Appended | list[Problem]:
        return append(ledger, [line], key)

    origin = origin_of(head.ledger, store.keys.of_log(head.ledger).ed25519.public)
    means = Stamping(HttpAuthority(authority.url), roots, keep, entered, clock.today(), fresh_salt)
    return stamp_checkpoint(store.ledgers, store.ledgers.head(head.ledger) or head, origin, means)
