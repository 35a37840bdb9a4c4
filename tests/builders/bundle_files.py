"""Bundles made of a few files, and what is read from them."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from meterward.adapters.bundle_names import folders_of
from meterward.adapters.bundles import open_bundle, sink_at
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from meterward.usecases.ports.bundles import Bundle

_FIRST = f"{string.ascii_letters}{string.digits}_-"
# Few letters, and such as stand beside “/” in the alphabet: names begin alike and their order is put to the test.
_PARTS = st.one_of(
    st.from_regex(r"[ab-][ab.-]{0,2}", fullmatch=True),
    st.builds(str.__add__, st.sampled_from(_FIRST), st.text(f"{_FIRST}.", max_size=90)),
)
_NAMES = st.lists(_PARTS, min_size=1, max_size=5).map("/".join).filter(lambda name: len(name) <= 240)
_CONTENTS = st.one_of(st.binary(max_size=20), st.integers(0, 1100).map(lambda size: b"x" * size))


def _without_clashes(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Less those that would be a file where another needs a folder."""
    folders = {folder for name in files for folder in folders_of(name)}
    return {name: content for name, content in files.items() if name not in folders}


FILES = st.dictionaries(_NAMES, _CONTENTS, min_size=1, max_size=8).map(_without_clashes)
"""Some files that fit into a bundle, in any order."""


def write(target: Path, files: Mapping[str, bytes]) -> Path:
    """Write a bundle, each content in two pieces."""
    with sink_at(target) as sink:
        for name, content in files.items():
            sink.put(name, (content[:3], content[3:]))
    return target


def opened(path: Path) -> Bundle:
    """A bundle that has to open."""
    found = open_bundle(path)
    assert not isinstance(found, Problem), found
    return found


def contents(bundle: Bundle) -> dict[str, bytes]:
    """All that is in a bundle, in its order."""
    found = {}
    for name in bundle.names():
        with bundle.open(name) as file:
            found[name] = file.read()
        assert len(found[name]) == bundle.size(name)
    return found


def refused(path: Path) -> Problem:
    """What is said of a bundle that has to be refused as such."""
    found = open_bundle(path)
    assert isinstance(found, Problem)
    assert found.code is Code.BUNDLE_INVALID
    return found
