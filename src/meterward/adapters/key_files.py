"""Keys in files of a folder, encrypted (PKCS #8) with a secret that lies apart, or is given by the environment.

What is made here is written whole to another name, synced and then renamed, so that a crash leaves a key or none. A
name that is taken is never written over: of two processes that make the same key, one makes it and both use it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from meterward.adapters.signing import Secret, SecretKey
from meterward.usecases.ports import LogSigners

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meterward.core.ledger.keys import Signer

_SECRET_FILE = "secret"  # noqa: S105 - the name of a file
_SUFFIX = ".pem"
_NAME = re.compile(r"[A-Za-z0-9._()-]{1,64}", re.ASCII)
_ONLY_OWNER = 0o600
_FOLDER_ONLY_OWNER = 0o700


class KeyFileError(Exception):
    """A key file cannot be used. Says which, and why; never what is in it."""


@dataclass(slots=True)
class KeyFiles:
    """See `Keys`. A `passphrase` encrypts them; without one, a secret that lies beside them."""

    folder: Path
    passphrase: str = field(default="", repr=False)
    _held: dict[str, SecretKey] = field(default_factory=dict, repr=False)
    """By file name."""

    def first(self, organisation: str) -> Signer:
        """See `Keys.first`."""
        return self._made(f"statements-{_fit(organisation)}-1", Ed25519PrivateKey.generate)

    def another(self, organisation: str) -> Signer:
        """See `Keys.another`."""
        number = 1
        while (self.folder / f"statements-{_fit(organisation)}-{number}{_SUFFIX}").exists():
            number += 1
        return self._made(f"statements-{_fit(organisation)}-{number}", Ed25519PrivateKey.generate)

    def held(self, identity: str) -> Signer | None:
        """See `Keys.held`."""
        if not any(one.public.id == identity for one in self._held.values()) and self.folder.is_dir():
            for path in sorted(self.folder.glob(f"statements-*{_SUFFIX}")):
                self._loaded(path.stem)
        return next((one for one in self._held.values() if one.public.id == identity), None)

    def of_log(self, ledger: str) -> LogSigners:
        """See `Keys.of_log`."""
        return LogSigners(
            self._made(f"log-{_fit(ledger)}-ed25519", Ed25519PrivateKey.generate),
            self._made(f"log-{_fit(ledger)}-ml-dsa-44", MLDSA44PrivateKey.generate),
        )

    def _made(self, name: str, generate: Callable[[], Secret]) -> SecretKey:
        if name not in self._held and not (self.folder / f"{name}{_SUFFIX}").exists():
            cipher = BestAvailableEncryption(self._password())
            self._keep(f"{name}{_SUFFIX}", generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, cipher))
        return self._loaded(name)

    def _loaded(self, name: str) -> SecretKey:
        if name not in self._held:
            path = self.folder / f"{name}{_SUFFIX}"
            try:
                secret = load_pem_private_key(path.read_bytes(), self._password())
            except (ValueError, TypeError) as error:
                raise KeyFileError(f"The key “{path.name}” does not open with this secret, or is damaged") from error
            if not isinstance(secret, Ed25519PrivateKey | MLDSA44PrivateKey):
                raise KeyFileError(f"“{path.name}” is a key of another kind")
            self._held[name] = SecretKey(secret)
        return self._held[name]

    def _password(self) -> bytes:
        if self.passphrase:
            return self.passphrase.encode()
        path = self.folder / _SECRET_FILE
        if not path.exists():
            self._keep(_SECRET_FILE, f"{token_hex(32)}\n".encode())
        return path.read_bytes().strip()

    def _keep(self, name: str, data: bytes) -> None:
        """Write a file durably, unless it is there."""
        self.folder.mkdir(mode=_FOLDER_ONLY_OWNER, parents=True, exist_ok=True)
        place = self.folder / f".{name}.{token_hex(8)}"
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(place, self.folder / name)
            except FileExistsError:
                return
        finally:
            place.unlink(missing_ok=True)
        _sync(self.folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fit(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise KeyFileError(f"No key is kept for “{name}”")
    return name
