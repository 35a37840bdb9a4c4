"""The home of an installation: the folder that holds its database, its files, and the secret that signs sessions."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

HOME, DATABASE, EXAMPLE_MODE = "METERWARD_HOME", "METERWARD_DATABASE", "METERWARD_EXAMPLE"
"""The environment variables that say where a store is, and whether it is an example."""
HTTPS = "METERWARD_HTTPS"
"""The environment variable that says whether a proxy speaks https in front."""
KEYS_SECRET = "METERWARD_KEYS_SECRET"  # noqa: S105 - the name of a variable
"""The environment variable with the secret that opens the keys; without it the secret lies beside them."""
TIME_AUTHORITY, TIME_CERTIFICATES = "METERWARD_TSA", "METERWARD_TSA_CERTS"
"""The environment variables with the address of a time-stamping authority, and the file with its root certificate."""
DATABASE_FILE, SECRET_FILE = "meterward.sqlite3", "session.key"
EXAMPLE_FOLDER = "example"
"""Where in a home an example is kept, apart from everything that is real."""
KEYS, CHECKPOINTS = "keys", "checkpoints"
WITNESSES = "witnesses.policy"
"""The file that says which witnesses are asked, and where."""


def usual_home() -> Path:
    """The home that is meant where nobody names one."""
    return Path(os.environ.get(HOME) or Path.home() / ".local" / "share" / "meterward").absolute()


def turn_to_home(home: Path, *, example: bool = False) -> None:
    """Let this process, and those that it starts, work in the store of one home."""
    os.environ[HOME] = str(home.absolute())
    if example:
        os.environ[EXAMPLE_MODE] = "1"


def is_elsewhere() -> bool:
    """Whether the database is kept by a server that is named, and not in a file of the home."""
    return bool(os.environ.get(DATABASE)) and os.environ.get(EXAMPLE_MODE) != "1"


def is_behind_https() -> bool:
    """Whether a proxy speaks https with those who are served."""
    return os.environ.get(HTTPS) == "1"


def free_space(home: Path) -> int:
    """So many bytes are free where a home is, or would be."""
    place = home.absolute()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
