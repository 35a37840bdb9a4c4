"""Opening a bundle by its path, be it a folder or a tar, and choosing how one is written."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from meterward.adapters.bundle_folder import FolderSink, open_folder
from meterward.adapters.bundle_names import Handle, unreadable, wrong
from meterward.adapters.bundle_tar import TarSink, open_tar
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.usecases.ports.bundles import Bundle, Sink

SUFFIX = ".tar"
"""What the name of an archive ends with when it is written; read is whatever is there."""
_OTHER_ARCHIVES = {".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z"}


def open_bundle(path: Path) -> Bundle | Problem:
    """The bundle at a path, or why there is none, or the first item in it that no bundle has.

    The path itself may lead over links, for it is named by whoever verifies; nothing within is followed.
    """
    try:
        # A pipe in its place must not keep anybody waiting.
        handle = Handle(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
    except FileNotFoundError:
        return Problem(Code.FILE_MISSING, f"There is no bundle “{path}”.", "Check the path.")
    except OSError as error:
        return unreadable(str(path), error)
    except ValueError:
        return Problem(Code.FILE_MISSING, "No file can have that name.", "Check the path.", str(path))
    called = path.name or str(path)
    mode = os.fstat(handle.number).st_mode
    if stat.S_ISDIR(mode):
        return open_folder(handle, called)
    if stat.S_ISREG(mode):
        return open_tar(handle, called)
    hint = "A bundle is a folder, or a tar. A tar that is piped in has to be saved first."
    return wrong(called, "It is neither a folder nor a file.", hint)


def misnamed(path: Path) -> Problem | None:
    """What is wrong with the name of a bundle that is to be written: a folder would bear that of another archive."""
    if path.suffix.lower() not in _OTHER_ARCHIVES:
        return None
    hint = "Let the name end with .tar for an archive, or with no such ending for a folder."
    return Problem(Code.FILE_UNWRITABLE, f"A bundle is a folder or a plain tar, and “{path.name}” is neither.", hint)


def sink_at(path: Path) -> Sink:
    """Where a bundle is written: as a canonical tar if the path ends with `.tar`, else as a folder."""
    return TarSink(path) if path.suffix == SUFFIX else FolderSink(path)
