"""Keys in files of a folder, encrypted (PKCS #8) with a secret that lies apart, or is given by the environment.

What is made here is written whole to another name, synced and then linked to its own, so that a crash leaves a key or
none. A name that is taken is never written over: of two processes that make the same key, one makes it and both use it.
A key opens under its own name only, so that one file put in the place of another is told.

The secret must be for its owner's eyes alone: whoever reads it has every key, and nothing later shows it. Key files may
be readable, as a copy or a mounted volume makes them: without the secret they say nothing.
"""

from __future__ import annotations

import hmac
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from stat import S_IRWXG, S_IRWXO
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from meterward.adapters.files import sync
from meterward.adapters.home import KEYS_SECRET
from meterward.adapters.signing import Secret, SecretKey
from meterward.core.ledger.keys import Algorithm
from meterward.usecases.ports import LogSigners

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.ledger.keys import Signer

SHORTEST = 20
"""A secret of the environment has so many characters at least."""
_SECRET_FILE = "secret"  # noqa: S105 - the name of a file
_STATEMENTS, _SUFFIX = "statements-", ".pem"
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
    _by_id: dict[str, SecretKey] = field(default_factory=dict, repr=False)
    """Those that sign statements, by the ids of their public keys."""

    def first(self, organisation: str) -> Signer:
        """See `Keys.first`."""
        return self._made(f"{_STATEMENTS}{_fit(organisation)}-1", Algorithm.ED25519)

    def another(self, organisation: str) -> Signer:
        """See `Keys.another`."""
        number = 1
        while not self._make(name := f"{_STATEMENTS}{_fit(organisation)}-{number}", Algorithm.ED25519):
            number += 1
        return self._loaded(name, Algorithm.ED25519)

    def held(self, identity: str) -> Signer | None:
        """See `Keys.held`. A file that does not open matters only if the key is in no other."""
        unusable: list[KeyFileError] = []
        if not self._among_held(identity) and self.folder.is_dir():
            for path in sorted(self.folder.glob(f"{_STATEMENTS}*{_SUFFIX}")):
                try:
                    self._loaded(path.stem, Algorithm.ED25519)
                except KeyFileError as error:
                    unusable.append(error)
        found = self._among_held(identity)
        if found is None and unusable:
            raise unusable[0]
        return found

    def has_log(self, ledger: str) -> bool:
        """See `Keys.has_log`."""
        return (self.folder / f"log-{_fit(ledger)}-ed25519{_SUFFIX}").exists()

    def of_log(self, ledger: str) -> LogSigners:
        """See `Keys.of_log`."""
        return LogSigners(
            self._made(f"log-{_fit(ledger)}-ed25519", Algorithm.ED25519),
            self._made(f"log-{_fit(ledger)}-ml-dsa-44", Algorithm.ML_DSA_44),
        )

    def has_witness(self) -> bool:
        """Whether there are keys of a witness."""
        return all((self.folder / f"{name}{_SUFFIX}").exists() for name in ("witness-ed25519", "witness-ml-dsa-44"))

    def of_witness(self) -> LogSigners:
        """The keys of the witness whose folder this is."""
        return LogSigners(
            self._made("witness-ed25519", Algorithm.ED25519), self._made("witness-ml-dsa-44", Algorithm.ML_DSA_44)
        )

    def _among_held(self, identity: str) -> SecretKey | None:
        if identity not in self._by_id:
            there = (one for name, one in self._held.items() if name.startswith(_STATEMENTS))
            self._by_id.update((one.public.id, one) for one in there)
        return self._by_id.get(identity)

    def _made(self, name: str, algorithm: Algorithm) -> SecretKey:
        if name not in self._held:
            self._make(name, algorithm)
        return self._loaded(name, algorithm)

    def _make(self, name: str, algorithm: Algorithm) -> bool:
        """Make a key, unless there is one of that name; whether it was made."""
        if (self.folder / f"{name}{_SUFFIX}").exists():
            return False
        cipher = BestAvailableEncryption(self._password(name))
        made = _generated(algorithm).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, cipher)
        return self._keep(f"{name}{_SUFFIX}", made)

    def _loaded(self, name: str, algorithm: Algorithm) -> SecretKey:
        if name not in self._held:
            path, password = self.folder / f"{name}{_SUFFIX}", self._password(name)
            try:
                secret = load_pem_private_key(path.read_bytes(), password)
            except OSError as error:
                raise KeyFileError(f"The key “{path.name}” cannot be read: {error.strerror}.") from None
            except (ValueError, TypeError, UnsupportedAlgorithm):
                # What was raised may quote the file.
                said = f"The key “{path.name}” does not open with the secret that is here, or is damaged."
                raise KeyFileError(said) from None
            if not isinstance(secret, Ed25519PrivateKey | MLDSA44PrivateKey) or _way_of(secret) is not algorithm:
                raise KeyFileError(f"“{path.name}” is a key of another kind.")
            self._held[name] = SecretKey(secret)
        return self._held[name]

    def _password(self, name: str) -> bytes:
        """What encrypts a key: made of the secret and of the key's name, so that no other file opens in its place."""
        return hmac.digest(self._secret(), name.encode(), "sha256").hex().encode()

    def _secret(self) -> bytes:
        if self.passphrase:
            # Whoever has the files can try secrets as fast as their machines allow.
            if len(self.passphrase.strip()) < SHORTEST:
                said = f"The secret in {KEYS_SECRET} is too short: it needs {SHORTEST} characters or more."
                raise KeyFileError(f"{said} “openssl rand -hex 32” makes one.")
            return self.passphrase.encode()
        path = self.folder / _SECRET_FILE
        # The secret comes before every key: where there is a key, it was there.
        if not path.exists() and any(self.folder.glob(f"*{_SUFFIX}")) and not path.exists():
            raise KeyFileError(f"The file “{_SECRET_FILE}”, which opens the keys beside it, is not there.")
        if not path.exists():
            self._keep(_SECRET_FILE, f"{token_hex(32)}\n".encode())
        try:
            if path.stat().st_mode & (S_IRWXG | S_IRWXO):
                said = f"Others than its owner may use the file “{_SECRET_FILE}”, which opens the keys."
                raise KeyFileError(
                    f"{said} Let nobody else (chmod 600); if somebody may have read it, rotate the keys."
                )
            secret = path.read_bytes().strip()
        except OSError as error:
            raise KeyFileError(f"The file “{_SECRET_FILE}” cannot be read: {error.strerror}.") from None
        if not secret:
            raise KeyFileError(f"The file “{_SECRET_FILE}”, which opens the keys, is empty.")
        return secret

    def _keep(self, name: str, data: bytes) -> bool:
        """Write a file durably, unless it is there; whether it was written."""
        self.folder.mkdir(mode=_FOLDER_ONLY_OWNER, parents=True, exist_ok=True)
        place, kept = self.folder / f".{name}.{token_hex(8)}", False
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(place, self.folder / name)
                kept = True
        finally:
            place.unlink(missing_ok=True)
        # Also where somebody else made it just now: nothing is signed by a key that a power cut could take away.
        sync(self.folder)
        return kept


def _generated(algorithm: Algorithm) -> Secret:
    return Ed25519PrivateKey.generate() if algorithm is Algorithm.ED25519 else MLDSA44PrivateKey.generate()


def _way_of(secret: Secret) -> Algorithm:
    return SecretKey(secret).public.algorithm


def _fit(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise KeyFileError(f"No key is kept for “{name}”.")
    return name
